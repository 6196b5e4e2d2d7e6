import { CASE_KINDS, type CaseKind, familyOf, JUDGED_PHASES } from '../../protocol/cases.js';
import { firstPhasesOf, RENEWING_PHASES } from '../../protocol/phases.js';
import { PHASE_WORDS } from './model.js';

/** Whether a name fits a pattern, in which each `*` stands for any characters. */
export function matches(pattern: string, name: string): boolean {
  const parts = pattern.split(/\*+/).map((part) => part.replace(/[^\w-]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

/** Whether it names a case, or several, that a scenario may run. */
export function isCasePattern(text: string): boolean {
  return CASE_KINDS.some((name) => matches(text, name));
}

/** Whether it names a phase, or several, that some case has. */
export function isPhasePattern(text: string): boolean {
  return isPhaseWord(text) || JUDGED_PHASES.some((name) => matches(text, name));
}

/** Whether a phase of a case, at this place in its exchange, is meant. */
export function matchesPhase(
  pattern: string,
  phase: { name: string; index: number; committing: boolean },
): boolean {
  if (pattern === 'first') return phase.index === 0;
  if (pattern === 'committing') return phase.committing;
  if (pattern === 'renewing') return isRenewing(phase.name);
  return matches(pattern, phase.name);
}

/** Whether a pattern is about any of a case's phases: every case has a first one and a committing one. */
export function hasPhase(phases: readonly string[], pattern: string): boolean {
  if (pattern === 'renewing') return phases.some(isRenewing);
  return isPhaseWord(pattern) || phases.some((name) => matches(pattern, name));
}

/** The phase of a case that stands where a phase of another case does: REQUEST-ACK for REQUEST-REPLY. */
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
