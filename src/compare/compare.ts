import { resolve } from 'node:path';
import { verdictSentence } from '../report/words/headline.js';
import { versionsOf } from '../report/words/versions.js';
import type { Result } from '../results/result.js';
import { differencesOf } from './circumstances.js';
import { comparedFigures, type ComparedFigure } from './figures.js';
import type { Comparison, FigureComparison, Side } from './comparison.js';
import { regressionSentences } from './sentences.js';
import { spreadOf, type Spread } from '../report/side-by-side/spread.js';
import { machineShortage } from './machine.js';
import { compareReproduction, compareVerdicts, standingOf } from './standing.js';
import type { Tolerance, Tolerances } from './tolerances.js';

/** The runs on one side of a comparison: one run, or several repetitions of it. */
export interface Measured {
  /** The name of the scenario, or of the run in its suite. */
  name: string;
  from: Pick<Side, 'kind' | 'name'>;
  /** The results. All have the same scenario and settings, except the seed. */
  results: readonly [Result, ...Result[]];
  /** The directories of these runs, where they are known. */
  directories?: readonly string[];
}

/**
 * Compares the figures of a run with those of its baseline. Repetitions are compared by their medians, and a value
 * within the baseline's own spread is no regression. Counts of violations are compared by the largest count. A run
 * that can't tell, or whose machine fell short, does not count for percentages, latency and rate. It still counts for
 * violations.
 */
export function compareMeasured(run: Measured, baseline: Measured, tolerances: Tolerances): Comparison {
  const [here, there] = [readingsOf(run, tolerances), readingsOf(baseline, tolerances)];
  const isKnown = here.isKnown && there.isKnown;
  const isMeasured = here.isMeasured && there.isMeasured;
  const isControl = run.results.every(({ expectedVerdict }) => expectedVerdict === 'fail');
  const figures = [...new Map([...there.figures, ...here.figures])].map(([place, figure]) => {
    if (figure.tolerance.kind === 'none')
      return compareCount(figure, here.all(place), there.all(place), isControl);
    const spreads = [here.known(place), there.known(place)] as const;
    return isKnown && isMeasured ? compareFigure(figure, ...spreads) : notCompared(figure, ...spreads);
  });
  const lacking = isKnown ? lackingIn(run, figures, isMeasured) : [];
  const verdict = compareVerdicts(run.results, baseline.results);
  const reproduction = compareReproduction(run.results, baseline.results);
  const regressions = regressionSentences({ verdict, reproduction, figures });
  return {
    name: run.name,
    outcome:
      regressions.length > 0
        ? 'regression'
        : isKnown && lacking.length === 0
          ? 'no-regression'
          : 'not-comparable',
    onlyCounts: isKnown && !isMeasured,
    regressions,
    run: sideOf(run),
    baseline: sideOf(baseline),
    differences: differencesOf(run.results[0], baseline.results[0]),
    reasons: [
      ...lacking,
      ...openReasons('the run', run),
      ...openReasons('the baseline', baseline),
      ...(isKnown ? machineReasons(run, baseline) : []),
      ...(verdict.word === 'not-compared'
        ? verdict.reasons.map((reason) => `the run is not as expected: ${reason}`)
        : []),
    ],
    verdict,
    reproduction,
    figures,
  };
}

/**
 * What the baseline has and the run lacks: cases, or answers whose latency could be measured. Other figures are absent where
 * there is nothing to count, such as refused clients that were served later.
 */
function lackingIn(
  { results }: Measured,
  figures: readonly FigureComparison[],
  isMeasured: boolean,
): string[] {
  const cases = new Set(results.flatMap((result) => result.cases.map(({ name }) => name)));
  const lacking = figures.filter(({ run, baseline }) => run === null && baseline !== null);
  const places = lacking.flatMap(({ case: name, phase, unit }) => {
    if (!cases.has(name)) return [`no case ${name}`];
    return isMeasured && unit === 'ms' ? [`no answers of ${[name, phase].join(' ').trim()}`] : [];
  });
  return [...new Set(places)].map((what) => `the run has ${what}, which the baseline has`);
}

interface Readings {
  /** Whether at least one of the runs can tell. */
  isKnown: boolean;
  /** Whether at least one of the runs that can tell was made on a machine without shortage. */
  isMeasured: boolean;
  figures: ReadonlyMap<string, ComparedFigure>;
  /** The spread of the figure at `place` over all runs. */
  all: (place: string) => Spread | undefined;
  /** The spread of the figure at `place` over the runs that can tell and whose machine had no shortage. */
  known: (place: string) => Spread | undefined;
}

function readingsOf({ results }: Measured, tolerances: Tolerances): Readings {
  const ofEach = results.map((result) => ({
    isKnown: standingOf(result) !== 'open',
    isMeasured: standingOf(result) !== 'open' && machineShortage(result) === undefined,
    figures: new Map(comparedFigures(result, tolerances).map((figure) => [placeOf(figure), figure])),
  }));
  const known = ofEach.filter(({ isMeasured }) => isMeasured);
  const spread = (runs: typeof ofEach) => (place: string) =>
    spreadOf(runs.map(({ figures }) => figures.get(place)?.value ?? null));
  return {
    isKnown: ofEach.some(({ isKnown }) => isKnown),
    isMeasured: known.length > 0,
    figures: new Map(ofEach.flatMap(({ figures }) => [...figures])),
    all: spread(ofEach),
    known: spread(known),
  };
}

function placeOf({ case: caseName, phase, figure }: ComparedFigure): string {
  return JSON.stringify([caseName, phase, figure]);
}

/**
 * Compares a count of violations. For a negative control, the number of its intended violations is chance, so it is
 * not compared; the verdict says whether there are any.
 */
function compareCount(
  figure: ComparedFigure,
  run: Spread | undefined,
  baseline: Spread | undefined,
  isControl: boolean,
): FigureComparison {
  const isMeant = isControl && baseline !== undefined && baseline.max > 0;
  return (isMeant ? notCompared : compareFigure)(figure, run, baseline);
}

function compareFigure(
  figure: ComparedFigure,
  run: Spread | undefined,
  baseline: Spread | undefined,
): FigureComparison {
  if (run === undefined || baseline === undefined) return notCompared(figure, run, baseline);
  const { worse, tolerance } = figure;
  const [here, there] = tolerance.kind === 'none' ? [run.max, baseline.max] : [run.median, baseline.median];
  const change = rounded(here - there);
  const { allowed, allowedPercent } = allowedOf(tolerance, there);
  const isOutside = here < baseline.min || here > baseline.max;
  const isWorse = worse === 'either' || (worse === 'more' ? change > 0 : change < 0);
  const word = Math.abs(change) <= allowed || !isOutside ? 'within' : isWorse ? 'regression' : 'better';
  return { ...notCompared(figure, run, baseline), change, allowed, allowedPercent, word };
}

function notCompared(
  { case: caseName, phase, figure, unit, worse }: ComparedFigure,
  run: Spread | undefined,
  baseline: Spread | undefined,
): FigureComparison {
  const head = { case: caseName, phase, figure, unit, worse, baseline: baseline ?? null, run: run ?? null };
  return { ...head, change: null, allowed: null, allowedPercent: null, word: 'not-compared' };
}

type Allowed = Pick<FigureComparison, 'allowedPercent'> & { allowed: number };

function allowedOf(tolerance: Tolerance, baseline: number): Allowed {
  switch (tolerance.kind) {
    case 'none':
      return { allowed: 0, allowedPercent: null };
    case 'points':
      return { allowed: tolerance.points, allowedPercent: null };
    case 'share': {
      const { percent, atLeast } = tolerance;
      const allowed = rounded((baseline * percent) / 100);
      return allowed < atLeast
        ? { allowed: atLeast, allowedPercent: null }
        : { allowed, allowedPercent: percent };
    }
  }
}

/** Rounds away floating-point errors, so that a change of exactly the allowed amount is allowed. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

export function sideOf({ from, results, directories }: Measured): Side {
  const [first] = results;
  return {
    ...from,
    startedAt: first.startedAt,
    runs: results.length,
    ...(directories === undefined ? {} : { directories: directories.map((one) => resolve(one)) }),
    versions: versionsOf(first),
  };
}

/**
 * Why percentages, latency and rate are not compared: a shortage on the machine of the run, the baseline, or both.
 * One sentence for both.
 */
function machineReasons(run: Measured, baseline: Measured): string[] {
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

function openReasons(side: string, { results }: Measured): string[] {
  const open = results.filter((one) => standingOf(one) === 'open');
  const [first] = open;
  if (first === undefined) return [];
  const which =
    open.length === results.length ? side : `${open.length} of the ${results.length} runs of ${side}`;
  const why = first.verdict === 'inconclusive' ? verdictSentence(first) : 'it ended early';
  return [`${which} can't be compared: ${why}`];
}
