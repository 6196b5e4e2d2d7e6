import { checkSentences } from '../report/text/check-rows.js';
import { isSourceWhole, lackOf } from '../results/source-whole.js';
import type { Result } from '../results/result.js';
import { type Light, meaningOf } from '../results/run-outcome.js';
import type { Comparison } from './comparison.js';

/**
 * Whether a run's conformance is as its scenario expects. A negative control that fails is good. `open`: the run
 * can't tell, was interrupted, ended early or is not whole, so its figures say nothing about the scenario.
 */
export function standingOf(result: Pick<Result, 'outcome' | 'checks'>): Light {
  const { outcome } = result;
  if (outcome === 'could not be run' || !isSourceWhole(result)) return 'open';
  // These two outcomes concern the reproduction half. Conformance passes in both.
  const passes = outcome === 'not reproduced' || outcome === 'not comparable';
  return passes ? 'good' : meaningOf(outcome).light;
}

/** What is missing of what was recorded, as its check says. */
export function missingOf({ checks }: Pick<Result, 'checks'>): string | undefined {
  return lackOf({ checks })?.actual;
}

type Compared = Comparison['verdict'];

/**
 * Compares the verdicts of repetitions with those of the baseline. A red run is a regression if no run of the
 * baseline is red. If no run on one side can tell, the verdicts are not compared; the reasons of a red run are given
 * all the same.
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

/** Compares the reproduction halves. Null if neither side expects any figures. */
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

/** The light of the reproduction half. `open`: it can't tell, so it is neither better nor worse. */
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

/** Such as `pass`; for several runs `4 pass, 1 fail`. */
function wordsText(words: readonly string[]): string {
  const [only, ...others] = [...new Set(words)];
  if (only === undefined) return 'none';
  if (others.length === 0) return only;
  return [only, ...others].map((word) => `${words.filter((one) => one === word).length} ${word}`).join(', ');
}

/** Why the first run that is not as expected is not. Empty where all are, or can't tell. */
export function whyNotAsExpected(runs: readonly Result[]): string[] {
  const bad = runs.find((one) => standingOf(one) === 'red');
  return bad === undefined ? [] : whyBad(bad);
}

/** Why the first run that did not show the expected figures did not. */
export function whyNotReproduced(runs: readonly Result[]): string[] {
  const bad = runs.find((one) => reproductionLight(one) === 'red');
  return bad?.reproduction ? [`not reproduced: ${bad.reproduction.reason}`] : [];
}

const NAMED = 3;

function whyBad({ verdict, checks, scenario }: Result): string[] {
  if (verdict === 'pass') return [`the negative control ${scenario.name} passed`];
  const broken = checks.filter((check) => check.verdict === verdict);
  const more = broken.length - NAMED;
  return [
    ...broken.slice(0, NAMED).map((check) => checkSentences(check).join(': ')),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}
