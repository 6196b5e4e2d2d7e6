import { OUTCOMES } from '../../results/outcomes.js';
import type { Marked } from './marked.js';
import type { RunRequests } from './run-requests.js';
import type { SeriesIndex } from './series.js';

/** What is counted in each bin. A request has exactly one outcome, and counts where it was first sent. */
export const COUNTED = [...OUTCOMES, 'again', 'shared', 'witnessed', 'further', 'unmatched'] as const;
export type Counted = (typeof COUNTED)[number];

/** The most bins of a run: a little more than a wide window has columns of pixels to draw them with. */
const MOST_BINS = 600;
/** The most numbers of all series together, so that the page stays small. */
const MOST_NUMBERS = 120_000;

export interface Bins {
  /** The beginning of the first bin, microseconds of the run. */
  fromUs: number;
  binUs: number;
  length: number;
  /** For each series, the counts that are not all zero. */
  series: Partial<Record<Counted, number[]>>[];
}

/** Counts all requests of a run in bins of equal length. */
export function binsOf(requests: RunRequests, series: SeriesIndex, marked: Marked): Bins {
  const { fromUs: firstUs, untilUs } = requests;
  // Most series have requests of two or three outcomes.
  const most = Math.min(MOST_BINS, Math.max(60, Math.floor(MOST_NUMBERS / (3 * series.all.length || 1))));
  const binUs = roundUp(Math.max(1, untilUs - firstUs) / (most - 1));
  const fromUs = Math.floor(firstUs / binUs) * binUs;
  const length = Math.floor((untilUs - fromUs) / binUs) + 1;
  const counts: Bins['series'] = series.all.map(() => ({}));
  const count = (place: number, what: Counted, atUs: number, by = 1): void => {
    const its = counts[place];
    if (its === undefined || by === 0) return;
    const values = (its[what] ??= Array.from({ length }, () => 0));
    const bin = Math.min(length - 1, Math.max(0, Math.floor((atUs - fromUs) / binUs)));
    values[bin] = (values[bin] ?? 0) + by;
  };
  for (const { caseIndex, transaction } of requests.inOrder()) {
    const its = requests.cases[caseIndex];
    if (its === undefined) continue;
    const place = series.placeOf(caseIndex, its.server(transaction), its.phase(transaction));
    const atUs = its.sentAtUs(transaction);
    count(place, its.outcome(transaction), atUs);
    const further = its.further.of(transaction);
    const again = further.filter(({ kind }) => kind === 0).length;
    count(place, 'again', atUs, again);
    count(place, 'further', atUs, further.length - again);
    if (its.isShared(transaction)) count(place, 'shared', atUs);
    if (marked.of(caseIndex, its, transaction).length > 0) count(place, 'witnessed', atUs);
  }
  for (const { caseIndex, server, phase, atUs } of requests.unmatched())
    count(series.placeOf(caseIndex, server, phase), 'unmatched', atUs);
  return { fromUs, binUs, length, series: counts };
}

/** The next 1, 2 or 5 times a power of ten. */
function roundUp(us: number): number {
  const power = 10 ** Math.floor(Math.log10(us));
  return ([1, 2, 5, 10].find((factor) => factor * power >= us) ?? 10) * power;
}
