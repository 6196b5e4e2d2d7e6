import { EXIT, HarnessError, worstExitCode } from '../../errors.js';
import { compareMeasured } from '../compare.js';
import type { Measured } from '../measured.js';
import { differencesOf, type Difference } from '../circumstances.js';
import {
  COMPARISON_SCHEMA_VERSION,
  type Comparison,
  type ComparisonOutcome,
  type Comparisons,
} from '../comparison.js';
import { compareWithPublished } from '../published.js';
import type { Result } from '../../results/result.js';
import type { Tolerances } from '../tolerances.js';
import { shownPath } from '../../store/report-directory.js';
import { besideMarked, missingBeside } from './marked.js';
import { readSide, type ComparedSide, type LocatedRuns } from './sides.js';
import { ownCommand } from '../../tool.js';

export interface CompareRunsRequest {
  /** A run directory, or a suite of them. */
  run: string;
  /**
   * A run directory, a suite, or the file of a baseline. By default the marked baseline, else the published figures.
   */
  baseline: string | undefined;
  /** The directory of the baselines. */
  baselines: string;
  tolerances: Tolerances;
  /** Whether to compare runs whose circumstances differ. */
  anyway: boolean;
}

/**
 * Compares stored runs with others, one by one.
 * Errors: SOURCE where a directory is damaged or not of this program; USAGE where the runs differ in their
 * circumstances, or there is nothing to compare with.
 */
export function compareRuns({ run, baseline, ...options }: CompareRunsRequest): Comparisons {
  const side = readSide(run);
  if (baseline === undefined) return comparisonsOf(...againstKnown(side, options));
  const other = readSide(baseline);
  const { pairs, notes, missing } = pairsOf(side, other);
  if (!options.anyway) refuseDifferent(pairs);
  return comparisonsOf(
    pairs.map(([one, its]) => compareMeasured(one, its, options.tolerances)),
    notes,
    missing,
  );
}

/**
 * @param missing runs of the baseline that have no counterpart any more; with any, the exit code is at least that of an
 *   inconclusive comparison
 */
export function comparisonsOf(
  comparisons: Comparison[],
  notes: string[],
  missing: string[] = [],
): Comparisons {
  const codes = comparisons.map(({ outcome }) => EXIT_CODES[outcome]);
  return {
    schemaVersion: COMPARISON_SCHEMA_VERSION,
    exitCode: worstExitCode([EXIT.pass, ...codes, ...(missing.length > 0 ? [EXIT.inconclusive] : [])]),
    comparisons,
    notes,
    missing,
  };
}

const EXIT_CODES: Record<ComparisonOutcome, number> = {
  regression: EXIT.regression,
  'not-comparable': EXIT.inconclusive,
  'no-regression': EXIT.pass,
};

type Pair = readonly [run: Measured, baseline: Measured];

/** Pairs the runs of two suites by name. Where each side is one run, the two are a pair whatever their names. */
function pairsOf(
  run: ComparedSide,
  baseline: ComparedSide,
): { pairs: Pair[]; notes: string[]; missing: string[] } {
  if (run.isSuite !== baseline.isSuite) throw suiteAgainstRun(run, baseline);
  const [here, there] = [run.measured, baseline.measured];
  if (!run.isSuite && here.length === 1 && there.length === 1)
    return { pairs: here.flatMap((one) => there.map((its) => [one, its] as const)), notes: [], missing: [] };
  const pairs = there.flatMap((its) =>
    here.filter(({ name }) => name === its.name).map((one) => [one, its] as const),
  );
  if (pairs.length === 0) {
    throw new HarnessError('USAGE', `no run of ${run.path} has the same name as a run of ${baseline.path}`, {
      hint: `runs there: ${there.map(({ name }) => name).join(', ')}`,
    });
  }
  const only = (side: ComparedSide, other: ComparedSide) =>
    [...side.measured, ...side.missing]
      .map(({ name }) => name)
      .filter((name) => !other.measured.some((one) => one.name === name));
  return {
    pairs,
    notes: [
      ...only(baseline, run).map(
        (name) => `${name} has no result in ${shownPath(run.path)}, so it is not compared`,
      ),
      ...only(run, baseline).map(
        (name) => `${name} has nothing to be compared with in ${shownPath(baseline.path)}`,
      ),
    ],
    missing: there.map(({ name }) => name).filter((name) => !here.some((one) => one.name === name)),
  };
}

function suiteAgainstRun(run: ComparedSide, baseline: ComparedSide): HarnessError {
  const [suite, single] = run.isSuite ? [run, baseline] : [baseline, run];
  const names = suite.measured.flatMap(({ directories }) => directories.slice(0, 1)).map(shownPath);
  return new HarnessError('USAGE', `${suite.path} is a suite of runs and ${single.path} is not`, {
    hint: `name one run of the suite: ${names.join(', ')}`,
  });
}

function refuseDifferent(pairs: readonly Pair[]): void {
  const [first] = pairs.flatMap(([one, its]) => {
    const differences = differencesOf(one.results[0], its.results[0]);
    return differences.length === 0 ? [] : [{ one, its, differences }];
  });
  if (first !== undefined) throw refusal(first.one, first.its.from.name, first.differences);
}

/** An error that names every difference, so that the reader can tell whether it matters. */
export function refusal(
  { name }: Measured,
  baseline: string,
  differences: readonly Difference[],
): HarnessError {
  return new HarnessError(
    'USAGE',
    [
      `the circumstances of ${name} differ from those of its baseline ${baseline}:`,
      ...differences.map(({ what, run, baseline: was }) => `  ${what} is ${run}, was ${was}`),
    ].join('\n'),
    {
      hint: `--anyway compares them all the same; \`${ownCommand('baseline set RUN')}\` makes the run the new baseline`,
    },
  );
}

/** One of several runs, by itself. */
function oneOf({ directories, ...runs }: LocatedRuns, result: Result, index: number): Measured {
  const directory = directories[index];
  return { ...runs, results: [result], ...(directory === undefined ? {} : { directories: [directory] }) };
}

type Known = readonly [comparisons: Comparison[], notes: string[], missing: string[]];

/** Compares each run with the baseline marked for its circumstances, else with the published figures. */
function againstKnown(
  side: ComparedSide,
  options: Pick<CompareRunsRequest, 'baselines' | 'tolerances' | 'anyway'>,
): Known {
  const found = side.measured.map((one) => {
    const marked = besideMarked(one, options);
    const published =
      marked?.isCompared === true
        ? []
        : one.results.flatMap((result, i) => compareWithPublished(oneOf(one, result, i)) ?? []);
    return { one, marked, published };
  });
  if (found.every(({ marked, published }) => marked?.isCompared !== true && published.length === 0)) {
    const differing = found.find(({ marked }) => marked !== undefined);
    if (differing?.marked !== undefined)
      throw refusal(differing.one, shownPath(differing.marked.baseline.path), differing.marked.differences);
    throw new HarnessError('USAGE', `there is nothing to compare ${shownPath(side.path)} with`, {
      hint: `name another run, or mark one with \`${ownCommand('baseline set RUN')}\`; only scenarios with \`published\` can be compared with published figures`,
    });
  }
  const notes = found.flatMap(({ one, marked, published }) => {
    if (marked === undefined)
      return published.length > 0
        ? []
        : [`${one.name} has no baseline and no published figures, so it is not compared`];
    return marked.isCompared || published.length === 0
      ? []
      : [
          `${one.name} has a baseline of other circumstances (${marked.differences.map(({ what }) => what).join(', ')}); --anyway compares with it`,
        ];
  });
  const missing = missingBeside(
    side,
    options.baselines,
    found.map(({ marked }) => marked),
  );
  return [
    found.flatMap(({ marked, published }) => (published.length > 0 ? published : (marked?.comparison ?? []))),
    [...notes, ...missing.notes.map((note) => `${note}, so it is not compared`)],
    missing.names,
  ];
}
