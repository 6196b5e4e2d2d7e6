import { verdictSentence } from '../headline.js';
import type { Result } from '../result.js';
import { differencesOf } from './circumstances.js';
import { comparedFigures, type ComparedFigure, type Tolerance } from './figures.js';
import type { Comparison, FigureComparison, Side } from './model.js';
import { regressionSentences } from './sentences.js';
import { spreadOf, type Spread } from '../spread.js';
import { machineShortage } from './machine.js';
import { compareReproduction, compareVerdicts, standingOf } from './standing.js';
import type { Tolerances } from './tolerances.js';

/** What is compared: a run, or several of the same. */
export interface Measured {
  /** The scenario's, or in a suite the run's. */
  name: string;
  from: Pick<Side, 'kind' | 'name'>;
  /** All of one scenario with one setting of everything but the seed. */
  results: readonly [Result, ...Result[]];
}

/**
 * Holds a run's figures against those of its baseline. Of several runs of the same the medians are compared, and what lies
 * within the baseline's own spread is no regression; of counts of what must not happen the largest counts. A run that can't
 * tell, or whose machine fell short, says nothing of percentages, latency and rate, and still of what must not happen.
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
  const verdict = compareVerdicts(run.results, baseline.results);
  const reproduction = compareReproduction(run.results, baseline.results);
  const regressions = regressionSentences({ verdict, reproduction, figures });
  return {
    name: run.name,
    outcome: regressions.length > 0 ? 'regression' : isKnown ? 'no-regression' : 'not-comparable',
    regressions,
    run: sideOf(run),
    baseline: sideOf(baseline),
    differences: differencesOf(run.results[0], baseline.results[0]),
    reasons: [
      ...openReasons('the run', run),
      ...openReasons('the baseline', baseline),
      ...(isKnown ? machineReasons(run, baseline) : []),
      ...(verdict.word === 'not-compared'
        ? verdict.reasons.map((reason) => `the run did not come out as expected: ${reason}`)
        : []),
    ],
    verdict,
    reproduction,
    figures,
  };
}

interface Readings {
  /** Whether any of the runs tells what the scenario comes to. */
  isKnown: boolean;
  /** Whether any of these was made on a machine that had enough for it. */
  isMeasured: boolean;
  figures: ReadonlyMap<string, ComparedFigure>;
  /** Of a figure, by its place: over all runs. */
  all: (place: string) => Spread | undefined;
  /** Over those that can tell, on a machine that had enough. */
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

/** How often a negative control finds what it is made to find is chance; that it does is told by its verdict. */
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

/** So that a difference of exactly what is allowed is allowed. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

export function sideOf({ from, results }: Measured): Side {
  return { ...from, startedAt: results[0].startedAt, runs: results.length };
}

/** One sentence, also where both machines fell short. */
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
  const why = first.verdict === 'inconclusive' ? verdictSentence(first) : 'it was ended before its time';
  return [`${which} can't be compared: ${why}`];
}
