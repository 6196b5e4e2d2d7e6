import { HarnessError } from '../../errors.js';
import { WHOLES, type Figure } from '../../scenario/checks/figures.js';
import type { StatedCheck } from '../../scenario/checks/model.js';
import type { CaseFigures } from '../case-figures.js';
import type { PhaseJudgement } from '../model.js';

/** What a figure came to in a run, in the unit that the check is stated in. */
export type Reading =
  | { readonly value: number; readonly share: Share | null }
  /** The run has nothing to measure it by; `why` says so in a word or two. */
  | { readonly value: null; readonly share: null; readonly why: string };

/** Of a count that is stated in percent: the count itself, and what it is a share of. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

/**
 * The figure of a check, in a case, or in one phase of it.
 *
 * @param phase for a figure of a phase
 */
export function read(check: StatedCheck, figures: CaseFigures, phase: PhaseJudgement | null): Reading {
  const { figure } = check;
  const place = figure.of === 'case' ? figures : phase;
  const value = figureAt(place, pathOf(figure, check));
  // What was found was there to be found, whatever else was not.
  if (!value && figure.needs !== undefined && !measured(check, place, figure.needs))
    return nothing('no answers');
  if (value === null) return nothing(WHY_NULL[figure.unit]);
  if (figure.percentOf === undefined || !isInPercent(check)) return { value, share: null };
  const whole = WHOLES[figure.percentOf];
  const of =
    figure.percentOf === 'requests'
      ? figureAt(phase, `${check.scope ?? 'allAttempts'}.${whole}`)
      : figureAt(figures, whole);
  if (of === null || of === 0) return nothing(`no ${figure.percentOf}`);
  return { value: (100 * value) / of, share: { count: value, of } };
}

/** Counts are null where the source of the observations can't give them. */
const WHY_NULL = { count: 'not known', percent: 'no answers', ratio: 'no answers', ms: 'no times measured' };

function nothing(why: string): Reading {
  return { value: null, share: null, why };
}

/**
 * The number at a dotted path of the judgement; null where the run could not give it.
 *
 * @throws HarnessError INTERNAL when the judgement has no such figure
 */
export function figureAt(place: object | null, path: string): number | null {
  let value: unknown = place;
  for (const key of path.split('.')) {
    if (value === null) return null;
    value = typeof value === 'object' ? (value as Record<string, unknown>)[key] : undefined;
  }
  if (value === null || typeof value === 'number') return value;
  throw new HarnessError('INTERNAL', `the judgement has no figure ${path}`);
}

/** Whether the check is stated in percent: a figure that is a count is then a share. */
export function isInPercent({ criterion }: StatedCheck): boolean {
  return (criterion.operator === 'in' ? criterion.to : criterion.value).unit === '%';
}

function measured(check: StatedCheck, place: object | null, needs: string): boolean {
  const path = check.scope === null ? needs : `${check.scope}.${needs}`;
  return figureAt(place, path) !== 0;
}

/** Where a figure lives in a case or a phase, by the scope that is asked for. */
export function pathOf(figure: Figure, { scope }: Pick<StatedCheck, 'scope'>): string {
  return typeof figure.at === 'string' ? figure.at : figure.at[scope ?? 'firstAttempt'];
}
