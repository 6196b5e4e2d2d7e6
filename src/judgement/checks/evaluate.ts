import type { StatedCheck } from '../../scenario/checks/stated-check.js';
import { matches, matchesPhase } from '../../scenario/checks/patterns.js';
import { hasScopes } from '../../results/registry/figures.js';
import type { CaseFigures } from '../../results/case.js';
import type { Check } from '../../results/check.js';
import type { PhaseJudgement } from '../../results/phase.js';
import { holds, isTooMuch } from './holds.js';
import { read } from './read.js';
import { actualText, expectedText } from './text.js';

/** A check, and the name of its rows: the text by which the check was stated. */
export interface NamedCheck {
  readonly name: string;
  readonly check: StatedCheck;
}

/**
 * Why a figure of a case that is outside its bounds does not fail the check, in words that may be empty. Undefined if
 * the figure fails the check.
 */
export type ExcuseOf = (caseName: string) => string | undefined;

/**
 * Evaluates one check on a run, with a row for every case and phase that the check is about. A run can't tell if it
 * measured badly, was not observed to its end, or ran on a machine that fell short. In such a run a figure outside
 * its bounds is inconclusive. A figure that is null is always inconclusive. Too much of what must never happen fails
 * in every run.
 */
export function evaluate(
  { name, check }: NamedCheck,
  cases: readonly CaseFigures[],
  excuseOf: ExcuseOf,
): Check[] {
  const rows = cases
    .filter((figures) => matches(check.case, figures.name))
    .flatMap((figures) =>
      placesOf(check, figures).map(({ phase, label }): Check => {
        const reading = read(check, figures, phase);
        const { value } = reading;
        const isKept = value !== null && holds(check.criterion, value);
        const isViolation = value !== null && !isKept && isTooMuchOfViolation(check, value, phase);
        const excuse = isKept || isViolation ? undefined : excuseOf(figures.name);
        const actual = actualText(check, reading);
        return {
          name,
          case: figures.name,
          phase: label,
          expected: expectedText(check),
          actual: excuse === undefined || excuse === '' ? actual : `${actual}; ${excuse}`,
          verdict: isKept ? 'pass' : value === null || excuse !== undefined ? 'inconclusive' : 'fail',
        };
      }),
    );
  return rows.length > 0 ? rows : [notThere(name, check)];
}

function isTooMuchOfViolation(
  { figure, criterion }: StatedCheck,
  value: number,
  phase: PhaseJudgement | null,
): boolean {
  if (figure.violation === undefined || !isTooMuch(criterion, value)) return false;
  return figure.violation === 'everywhere' || phase?.committing === true;
}

interface Place {
  /** The phase; null for the case itself. */
  readonly phase: PhaseJudgement | null;
  readonly label: string;
}

function placesOf(check: StatedCheck, { phases }: CaseFigures): Place[] {
  if (check.figure.of === 'case') return [{ phase: null, label: '' }];
  const names = [...new Set<string>(phases.map((phase) => phase.name))];
  return names.flatMap((name, index) => {
    const its = phases.filter((phase) => phase.name === name);
    const [first] = its;
    if (first === undefined || !matchesPhase(check.phase, { name, index, committing: first.committing }))
      return [];
    // Only figures of attempts differ by lease type. Every other figure is the same for each lease type.
    if (its.length === 1 || !hasScopes(check.figure)) return [{ phase: first, label: name }];
    return its.map((phase) => ({ phase, label: `${name} ${phase.leaseType}` }));
  });
}

/** A check must not pass because the run lacks the case that it is about, as imported observations may. */
function notThere(name: string, check: StatedCheck): Check {
  const actual = `the run has no ${check.phase === '*' ? 'case' : 'case and phase'} of this kind`;
  return {
    name,
    case: '',
    phase: '',
    expected: 'a figure to compare with',
    actual,
    verdict: 'inconclusive',
  };
}
