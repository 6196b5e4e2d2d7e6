import { numberAt, valueOf } from '../../results/registry/figures.js';
import { WHOLES } from '../../results/registry/figure.js';
import type { CaseFigures } from '../../results/case.js';
import type { PhaseJudgement } from '../../results/phase.js';
import type { StatedCheck } from '../../scenario/checks/stated-check.js';

/** What a figure came to in a run, in the unit that the check is stated in. */
export type Reading =
  | { readonly value: number; readonly share: Share | null }
  /** The run has nothing to measure it by; `why` says so in a word or two. */
  | { readonly value: null; readonly share: null; readonly why: string };

/** For a count that is stated in percent: the count, and the whole that it is a share of. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

/**
 * Reads the figure of a check, in a case or in one phase of it.
 *
 * @param phase the phase, for a figure of a phase
 */
export function read(check: StatedCheck, figures: CaseFigures, phase: PhaseJudgement | null): Reading {
  const { figure } = check;
  const place = figure.of === 'case' ? figures : phase;
  const value = place && valueOf(figure, place, check.scope ?? undefined);
  // A violation that was found counts, even if the answers that the figure needs are missing.
  if (!value && figure.needs !== undefined && !measured(check, place, figure.needs))
    return nothing('no answers');
  if (value === null) return nothing(WHY_NULL[figure.unit]);
  if (figure.percentOf === undefined || !isInPercent(check)) return { value, share: null };
  const whole = WHOLES[figure.percentOf];
  const of =
    figure.percentOf === 'requests'
      ? numberAt(phase, `${check.scope ?? 'allAttempts'}.${whole}`)
      : numberAt(figures, whole);
  if (of === null || of === 0) return nothing(`no ${figure.percentOf}`);
  return { value: (100 * value) / of, share: { count: value, of } };
}

/** Counts are null where the source of the observations can't give them. */
const WHY_NULL = { count: 'not known', percent: 'no answers', ratio: 'no answers', ms: 'no times measured' };

function nothing(why: string): Reading {
  return { value: null, share: null, why };
}

/** Whether the check is stated in percent. A figure that is a count is then read as a share. */
export function isInPercent({ criterion }: StatedCheck): boolean {
  return (criterion.operator === 'in' ? criterion.to : criterion.value).unit === '%';
}

function measured(check: StatedCheck, place: object | null, needs: string): boolean {
  const path = check.scope === null ? needs : `${check.scope}.${needs}`;
  return numberAt(place, path) !== 0;
}
