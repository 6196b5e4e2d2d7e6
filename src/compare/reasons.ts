import { verdictSentence } from '../report/words/headline.js';
import type { Result } from '../results/result.js';
import type { Comparison } from './comparison.js';
import { machineShortage } from './machine.js';
import type { Measured } from './measured.js';
import { missingOf, standingOf, whyNotAsExpected, whyNotReproduced } from './standing.js';

/** Why not everything was compared, or why a run without a regression is no good news. */

/** Why the run is not as its scenario expects, where that is no regression: the baseline was not as expected either. */
export function notAsExpected(
  run: readonly Result[],
  verdict: Comparison['verdict'],
  reproduction: Comparison['verdict'] | null,
): string[] {
  return [
    ...(verdict.word === 'regression' ? [] : whyNotAsExpected(run)),
    ...(reproduction === null || reproduction.word === 'regression' ? [] : whyNotReproduced(run)),
  ].map((why) => `the run is not as expected: ${why}`);
}

/**
 * Why percentages, latency and rate are not compared: a shortage on the machine of the run, the baseline, or both.
 * One sentence for both.
 */
export function machineReasons(run: Measured, baseline: Measured): string[] {
  const short = [
    { side: 'the run', of: run },
    { side: 'the baseline', of: baseline },
  ].flatMap(({ side, of: { results } }) => {
    const those = results.filter((one) => standingOf(one) !== 'open');
    const reasons = those.flatMap((one) => machineShortage(one) ?? []);
    const [first] = reasons;
    if (first === undefined) return [];
    const isAll = reasons.length === those.length;
    return [`of ${isAll ? side : `${reasons.length} of ${results.length} runs of ${side}`}, as ${first}`];
  });
  if (short.length === 0) return [];
  const what = 'percentages, latency and rate are not compared';
  return [`${what} ${short.join(', and ')}`];
}

/** Why runs of a side say nothing about the scenario. */
export function openReasons(side: string, { results }: Measured): string[] {
  const open = results.filter((one) => standingOf(one) === 'open');
  const [first] = open;
  if (first === undefined) return [];
  const which =
    open.length === results.length ? side : `${open.length} of the ${results.length} runs of ${side}`;
  const cut = missingOf(first);
  const why =
    cut !== undefined
      ? `it is not whole: ${cut}`
      : first.verdict === 'inconclusive'
        ? verdictSentence(first)
        : 'it ended early';
  return [`${which} can't be compared: ${why}`];
}
