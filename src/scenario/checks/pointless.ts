import type { Phase } from '../../protocol/phases.js';
import { type CaseKind, judgedPhasesOf, type PhaseDeciding } from '../../protocol/cases.js';
import type { CheckProblem } from './stated-check.js';
import { parseCheck } from './parse.js';
import { counterpart, hasPhase, matches } from './patterns.js';

/**
 * Why a check can judge nothing in a scenario with these cases and this load; undefined where it can judge something.
 * Mistakes in the text of the check are reported elsewhere.
 *
 * @param keys the keys of the scenario on which it depends whether its runs have some figures
 */
export function findPointless(
  text: string,
  cases: readonly CaseKind[],
  load: PhaseDeciding,
  keys: { faults?: unknown; randomFaults?: unknown; kea?: { proxy?: unknown } } = {},
): CheckProblem | undefined {
  const { check, offsets } = parseCheck(text);
  if (check === undefined) return undefined;
  const { name, needsKeys, needsPinned } = check.figure;
  if (needsKeys?.every((key) => keys[key] === undefined) === true) {
    const either = needsKeys.join(' or ');
    return {
      offset: offsets.case,
      message: `no run of the scenario has ${name}, because it has no ${either}`,
      hint: `state ${either}, or leave the check out`,
    };
  }
  if (needsPinned === true && keys.kea?.proxy !== undefined) {
    return {
      offset: offsets.case,
      message: `no run of the scenario has ${name}, because with kea.proxy no server is pinned to its node`,
      hint: 'leave kea.proxy or the check out',
    };
  }
  const meant = cases.filter((name) => matches(check.case, name));
  const [first, ...others] = meant;
  if (first === undefined) {
    return {
      offset: offsets.case,
      message: `the scenario does not run ${check.case}`,
      hint: `cases: ${cases.join(', ')}`,
    };
  }
  const phasesOf = (name: CaseKind): readonly Phase[] => judgedPhasesOf(name, load);
  if (meant.some((name) => hasPhase(phasesOf(name), check.phase))) return undefined;
  const suggestion = others.length === 0 ? counterpart(check.phase, first) : undefined;
  const question = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
  const phases = new Set(meant.flatMap(phasesOf));
  return {
    offset: offsets.phase,
    message: `${meant.join(', ')} ${others.length === 0 ? 'has' : 'have'} no phase ${check.phase}${question}`,
    suggestion,
    hint: `phases: ${[...phases].join(', ')}`,
  };
}
