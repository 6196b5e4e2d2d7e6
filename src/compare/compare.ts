import { resolve } from 'node:path';
import { versionsOf } from '../report/words/versions.js';
import { differencesOf } from './circumstances.js';
import { comparedFigures, type ComparedFigure } from './figures.js';
import type { Comparison, FigureComparison, Side } from './comparison.js';
import { gapsOf } from './gaps.js';
import type { Measured } from './measured.js';
import { machineReasons, notAsExpected, openReasons } from './reasons.js';
import { regressionSentences } from './sentences.js';
import { spreadOf, type Spread } from '../report/side-by-side/spread.js';
import { machineShortage } from './machine.js';
import { compareReproduction, compareVerdicts, standingOf } from './standing.js';
import type { Tolerance, Tolerances } from './tolerances.js';

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
  const verdict = compareVerdicts(run.results, baseline.results);
  const reproduction = compareReproduction(run.results, baseline.results);
  const regressions = regressionSentences({ verdict, reproduction, figures });
  const gaps = gapsOf(run, baseline, figures, isKnown, isMeasured);
  const outcome =
    regressions.length > 0 ? 'regression' : isKnown && gaps.length === 0 ? 'no-regression' : 'not-comparable';
  const bad = notAsExpected(run.results, verdict, reproduction);
  return {
    name: run.name,
    outcome,
    onlyCounts: isKnown && !isMeasured,
    notAsExpected: outcome === 'no-regression' && bad.length > 0,
    regressions,
    run: sideOf(run),
    baseline: sideOf(baseline),
    differences: differencesOf(run.results[0], baseline.results[0]),
    reasons: [
      ...gaps,
      ...openReasons('the run', run),
      ...openReasons('the baseline', baseline),
      ...(isKnown ? machineReasons(run, baseline) : []),
      ...bad,
    ],
    verdict,
    reproduction,
    figures,
  };
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
