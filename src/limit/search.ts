import { bracketOf, type Tried } from '../report/rates/bracket.js';

/** The bounds of the search. Rates are exchanges per second on each server. */
export interface SearchBounds {
  /** The first rate to try. */
  from: number;
  /** No higher rate is tried. */
  to: number;
  /**
   * The search ends when the lowest rate that did not hold is at most this much above the highest that held, in
   * percent.
   */
  resolutionPercent: number;
}

/** How often the first rate is halved at most, if it does not hold. */
const HALVINGS = 4;

/**
 * The next rate to try: twice the last rate while all hold, half of it while none has held, then the geometric mean
 * of the highest that held and the lowest that did not, until these two are near enough. A rate that could not be told
 * counts as one that did not hold here, so that the search ends: a lower rate may tell more.
 *
 * @returns undefined where the search is over
 */
export function nextRate(
  tried: readonly Tried[],
  { from, to, resolutionPercent }: SearchBounds,
): number | undefined {
  const { held, notHeld } = bracketOf(tried);
  if (held === undefined && notHeld === undefined) return from;
  if (held === undefined) {
    const half = threeDigits((notHeld ?? from) / 2);
    return half >= from / 2 ** HALVINGS && half < (notHeld ?? from) ? half : undefined;
  }
  if (notHeld === undefined) return held >= to ? undefined : Math.min(to, 2 * held);
  if (notHeld <= held * (1 + resolutionPercent / 100)) return undefined;
  const between = threeDigits(Math.sqrt(held * notHeld));
  return between > held && between < notHeld ? between : undefined;
}

/** The most runs that any search takes. */
export function mostTrials({ from, to, resolutionPercent }: SearchBounds): number {
  const doublings = Math.max(0, Math.ceil(Math.log2(to / from)));
  const bisections = Math.ceil(Math.log2(Math.LN2 / Math.log1p(resolutionPercent / 100))) + 1;
  return 1 + Math.max(doublings, HALVINGS) + Math.max(0, bisections);
}

function threeDigits(rate: number): number {
  return Number(rate.toPrecision(3));
}
