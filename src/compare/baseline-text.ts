import { environmentLine } from '../report/text/findings.js';
import { compareMeasured } from './compare.js';
import { placedFigure } from './figure-words.js';
import type { Measured } from './measured.js';
import { comparedValue, valueText } from './sentences.js';
import { DEFAULT_TOLERANCES } from './tolerances.js';

/**
 * Such as `published-galera  marked 2026-11-23  5 runs, Kea 2.2.0 (…) on galera …`, with the file in a second line.
 */
export function baselineHeading({ name, results, from }: Measured, markedAt: string): string {
  const runs = results.length === 1 ? '' : `${results.length} runs, `;
  return `${name}  marked ${markedAt.slice(0, 10)}  ${runs}${environmentLine(results[0])}\n  ${from.name}`;
}

/** A line for each figure that a comparison with this baseline uses. */
export function baselineFigures(baseline: Measured): string[] {
  return compareMeasured(baseline, baseline, DEFAULT_TOLERANCES).figures.flatMap((one) => {
    if (one.baseline === null) return [];
    const { values, min, max } = one.baseline;
    const spread = values.length > 1 ? ` (${valueText(min, one)} to ${valueText(max, one)})` : '';
    return [`  ${placedFigure(one)}: ${valueText(comparedValue(one, 'baseline'), one)}${spread}`];
  });
}
