import type { Difference } from './circumstances.js';
import { sideOf } from './compare.js';
import type { Measured } from './measured.js';
import type { Comparison } from './comparison.js';
import { compareVerdicts } from './standing.js';
import { ownCommand } from '../tool.js';

/**
 * The comparison of a run with a baseline that was made in other circumstances. No figure is compared, and each
 * difference is a reason.
 */
export function notRunAlike(
  run: Measured,
  baseline: Measured,
  differences: readonly Difference[],
): Comparison {
  return {
    name: run.name,
    outcome: 'not-comparable',
    regressions: [],
    run: sideOf(run),
    baseline: sideOf(baseline),
    differences: [...differences],
    reasons: [
      `its circumstances differ from those of its baseline ${baseline.from.name}`,
      ...differences.map(({ what, run: now, baseline: was }) => `${what} is ${now}, was ${was}`),
      `\`${ownCommand('compare RUN --anyway')}\` compares nevertheless, \`${ownCommand('baseline set RUN')}\` marks this run as a baseline too`,
    ],
    verdict: { ...compareVerdicts(run.results, baseline.results), word: 'not-compared', reasons: [] },
    reproduction: null,
    figures: [],
  };
}
