import type { StatedCheck } from '../../scenario/checks/model.js';
import { matches, matchesPhase } from '../../scenario/checks/patterns.js';
import { hasScopes } from '../../scenario/checks/figures.js';
import type { CaseFigures } from '../case-figures.js';
import type { Check, PhaseJudgement } from '../model.js';
import { isUnsound } from '../soundness.js';
import { holds } from './holds.js';
import { read } from './read.js';
import { actualText, expectedText } from './text.js';

/** A check, and the name that its rows bear: its text as it was stated. */
export interface NamedCheck {
  readonly name: string;
  readonly check: StatedCheck;
}

/**
 * Sets one check against a run: a row for every case and phase that it is about. What the run can't tell
 * (`soundness`), as it measured badly or not to the end, is not held against the cluster: a figure out of bounds
 * is then inconclusive, and so is one that is null.
 */
export function evaluate(
  { name, check }: NamedCheck,
  cases: readonly CaseFigures[],
  soundness: readonly Check[],
): Check[] {
  const rows = cases
    .filter((figures) => matches(check.case, figures.name))
    .flatMap((figures) =>
      placesOf(check, figures).map(({ phase, label }): Check => {
        const reading = read(check, figures, phase);
        const kept = reading.value !== null && holds(check.criterion, reading.value);
        const cannotTell = reading.value === null || isUnsound(soundness, figures.name);
        return {
          name,
          case: figures.name,
          phase: label,
          expected: expectedText(check),
          actual: actualText(check, reading),
          verdict: kept ? 'pass' : cannotTell ? 'inconclusive' : 'fail',
        };
      }),
    );
  return rows.length > 0 ? rows : [notThere(name, check)];
}

interface Place {
  /** Null: the case itself. */
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
    // Only what is given by attempts differs by lease type; the rest is the same for each.
    if (its.length === 1 || !hasScopes(check.figure)) return [{ phase: first, label: name }];
    return its.map((phase) => ({ phase, label: `${name} ${phase.leaseType}` }));
  });
}

/** A run of other cases than the scenario states, such as imported observations, must not pass by silence. */
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
