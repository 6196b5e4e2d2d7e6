import { checkSentences } from '../check-rows.js';
import type { Result } from '../result.js';
import { meaningOf, type Light } from '../outcome.js';
import type { Comparison } from './model.js';

/**
 * How a run stands beside what its scenario expects: a negative control that fails has done what it is for. `open`: it
 * can't tell, was interrupted or ended early, so that its figures are not those of the scenario.
 */
export function standingOf(result: Result): Light {
  const { outcome } = result;
  return outcome === 'could not be run' ? 'open' : meaningOf(outcome).light;
}

/**
 * The verdicts of runs of the same beside those of the baseline: one that is red where none was is a regression. Beside runs
 * none of which can tell, nothing is better or worse; why a run is red is told all the same.
 */
export function compareVerdicts(runs: readonly Result[], baseline: readonly Result[]): Comparison['verdict'] {
  const [here, there] = [runs, baseline].map((results) => results.map(standingOf));
  const isBad = here?.includes('red') === true;
  const wasBad = there?.includes('red') === true;
  const isKnown =
    here?.some((one) => one !== 'open') === true && there?.some((one) => one !== 'open') === true;
  const broken = runs.find((one) => standingOf(one) === 'red');
  return {
    run: verdictsText(runs),
    baseline: verdictsText(baseline),
    word: !isKnown ? 'not-compared' : isBad === wasBad ? 'within' : isBad ? 'regression' : 'better',
    reasons: isBad && !wasBad && broken !== undefined ? whyBad(broken) : [],
  };
}

/** `pass`; of several `4 pass, 1 fail` */
function verdictsText(results: readonly Result[]): string {
  const verdicts = results.map(({ verdict }) => verdict);
  const [only, ...others] = [...new Set(verdicts)];
  if (only === undefined) return 'none';
  if (others.length === 0) return only;
  return [only, ...others]
    .map((verdict) => `${verdicts.filter((one) => one === verdict).length} ${verdict}`)
    .join(', ');
}

const NAMED = 3;

function whyBad({ verdict, checks, scenario }: Result): string[] {
  if (verdict === 'pass') return [`${scenario.name} is made to fail, and passed`];
  const broken = checks.filter((check) => check.verdict === verdict);
  const more = broken.length - NAMED;
  return [
    ...broken.slice(0, NAMED).map((check) => checkSentences(check).join(': ')),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}
