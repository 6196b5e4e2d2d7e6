import { HarnessError } from '../../errors.js';
import { WHOLES, type Figure } from '../../scenario/checks/figures.js';
import type { StatedCheck } from '../../scenario/checks/model.js';
import type { CaseFigures, PhaseJudgement } from '../model.js';

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
  const value = figureAt(place, pathOf(figure, check));
  // A violation that was found counts, even if the answers that the figure needs are missing.
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

/** Whether the check is stated in percent. A figure that is a count is then read as a share. */
export function isInPercent({ criterion }: StatedCheck): boolean {
  return (criterion.operator === 'in' ? criterion.to : criterion.value).unit === '%';
}

function measured(check: StatedCheck, place: object | null, needs: string): boolean {
  const path = check.scope === null ? needs : `${check.scope}.${needs}`;
  return figureAt(place, path) !== 0;
}

/** The path of a figure in a case or a phase, for the scope that the check asks for. */
export function pathOf(figure: Figure, { scope }: Pick<StatedCheck, 'scope'>): string {
  return typeof figure.at === 'string' ? figure.at : figure.at[scope ?? 'firstAttempt'];
}
