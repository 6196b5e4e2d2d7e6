import { CASE_KINDS, type CaseKind, familyOf, JUDGED_PHASES } from '../../protocol/cases.js';
import { firstPhasesOf, RENEWING_PHASES } from '../../protocol/phases.js';
import { PHASE_WORDS } from './stated-check.js';

/** Whether a name matches a pattern. Each `*` in the pattern stands for any characters. */
export function matches(pattern: string, name: string): boolean {
  const parts = pattern.split(/\*+/).map((part) => part.replace(/[^\w-]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

/** Whether the pattern matches a case that a scenario may run. */
export function isCasePattern(text: string): boolean {
  return CASE_KINDS.some((name) => matches(text, name));
}

/** Whether the pattern matches a phase of some case. */
export function isPhasePattern(text: string): boolean {
  return isPhaseWord(text) || JUDGED_PHASES.some((name) => matches(text, name));
}

/** Whether the pattern means this phase of a case; `index` is its place in the exchange. */
export function matchesPhase(
  pattern: string,
  phase: { name: string; index: number; committing: boolean },
): boolean {
  if (pattern === 'first') return phase.index === 0;
  if (pattern === 'committing') return phase.committing;
  if (pattern === 'renewing') return isRenewing(phase.name);
  return matches(pattern, phase.name);
}

/** Whether the pattern means one of a case's phases. Every case has a first phase and a committing phase. */
export function hasPhase(phases: readonly string[], pattern: string): boolean {
  if (pattern === 'renewing') return phases.some(isRenewing);
  return isPhaseWord(pattern) || phases.some((name) => matches(pattern, name));
}

/** The phase of the given case at the same place in the exchange: REQUEST-ACK for REQUEST-REPLY. */
export function counterpart(phase: string, caseName: CaseKind): string | undefined {
  const places = CASE_KINDS.map((kind) => firstPhasesOf(familyOf(kind)).findIndex((name) => name === phase));
  return firstPhasesOf(familyOf(caseName))[Math.max(...places)];
}

/** Of a phase of a stored result too, which may be of another version. */
function isRenewing(phase: string): boolean {
  return [...RENEWING_PHASES].some((name) => name === phase);
}

function isPhaseWord(text: string): boolean {
  return PHASE_WORDS.some((word) => word === text);
}
