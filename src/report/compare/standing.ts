import { checkSentences } from '../check-rows.js';
import type { Result } from '../result.js';
import { meaningOf, type Light } from '../outcome.js';
import type { Comparison } from './model.js';

/**
 * How a run's conformance stands beside what its scenario expects: a negative control that fails has done what it is for.
 * `open`: it can't tell, was interrupted or ended early, so that its figures are not those of the scenario.
 */
export function standingOf({ outcome }: Result): Light {
  if (outcome === 'could not be run') return 'open';
  // These two are about the other half.
  const passes = outcome === 'not reproduced' || outcome === 'not comparable';
  return passes ? 'good' : meaningOf(outcome).light;
}

type Compared = Comparison['verdict'];

/**
 * The verdicts of runs of the same beside those of the baseline: one that is red where none was is a regression. Beside runs
 * none of which can tell, nothing is better or worse; why a run is red is told all the same.
 */
export function compareVerdicts(runs: readonly Result[], baseline: readonly Result[]): Compared {
  const of = ({ verdict }: Result) => verdict;
  return {
    ...comparedLights(runs.map(standingOf), baseline.map(standingOf)),
    run: wordsText(runs.map(of)),
    baseline: wordsText(baseline.map(of)),
    reasons: reasonsOf(runs, baseline, standingOf, whyBad),
  };
}

/** The same of the other half; null where neither side expects any figures. */
export function compareReproduction(runs: readonly Result[], baseline: readonly Result[]): Compared | null {
  const words = (results: readonly Result[]) =>
    results.flatMap(({ reproduction }) => reproduction?.verdict ?? []);
  if (words(runs).length + words(baseline).length === 0) return null;
  return {
    ...comparedLights(runs.map(reproductionLight), baseline.map(reproductionLight)),
    run: wordsText(words(runs)),
    baseline: wordsText(words(baseline)),
    reasons: reasonsOf(runs, baseline, reproductionLight, ({ reproduction }) => [reproduction?.reason ?? '']),
  };
}

/** One that can't tell is no better and no worse than any. */
function reproductionLight(result: Result): Light {
  if (standingOf(result) === 'open') return 'open';
  switch (result.reproduction?.verdict) {
    case 'reproduced':
      return 'good';
    case 'not reproduced':
      return 'red';
    case "can't tell":
    case undefined:
      return 'open';
  }
}

function comparedLights(here: readonly Light[], there: readonly Light[]): Pick<Compared, 'word'> {
  const [isBad, wasBad] = [here.includes('red'), there.includes('red')];
  const isKnown = [here, there].every((lights) => lights.some((one) => one !== 'open'));
  if (!isKnown) return { word: 'not-compared' };
  return { word: isBad === wasBad ? 'within' : isBad ? 'regression' : 'better' };
}

function reasonsOf(
  runs: readonly Result[],
  baseline: readonly Result[],
  lightOf: (result: Result) => Light,
  why: (bad: Result) => string[],
): string[] {
  const bad = runs.find((one) => lightOf(one) === 'red');
  return bad === undefined || baseline.some((one) => lightOf(one) === 'red') ? [] : why(bad);
}

/** `pass`; of several `4 pass, 1 fail` */
function wordsText(words: readonly string[]): string {
  const [only, ...others] = [...new Set(words)];
  if (only === undefined) return 'none';
  if (others.length === 0) return only;
  return [only, ...others].map((word) => `${words.filter((one) => one === word).length} ${word}`).join(', ');
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
