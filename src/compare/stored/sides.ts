import { HarnessError, messageOf } from '../../errors.js';
import { kindAt, type Kind } from '../../files/entries.js';
import { differencesOf } from '../circumstances.js';
import type { Result } from '../../results/result.js';
import type { Measured } from '../measured.js';
import { shownPath } from '../../store/report-directory.js';
import { storedResult } from '../../store/stored-result.js';
import { readSuite } from '../../store/stored-suite.js';
import { beginsAsJson, judgedByAnalyze } from '../../store/not-a-run.js';
import { measuredOf, readBaseline } from './stored-baseline.js';

/** A run, or several runs of one scenario, and their directories. */
export interface LocatedRuns extends Measured {
  directories: readonly string[];
}

/** A hint for a path that somebody named: it may be anything. */
const NAMED = 'name a run directory, a suite of them, or the file of a baseline';

/** The runs that a path on the command line stands for in a comparison. */
export interface ComparedSide {
  path: string;
  /** One entry for a run, or for several runs of one scenario. A suite has an entry for each of its runs. */
  measured: readonly LocatedRuns[];
  isSuite: boolean;
  /** Runs of the suite that have no result. */
  missing: readonly { name: string; scenario: string }[];
}

/**
 * Reads a run directory, a suite of them, or the file of a marked baseline.
 * Errors: SOURCE for what is none of these, or is damaged.
 */
export function readSide(path: string): ComparedSide {
  if (kindOf(path) === 'file') {
    if (!beginsAsJson(path)) {
      const what = `${path} is a file, but neither a run directory nor a baseline`;
      throw new HarnessError('SOURCE', what, { hint: judgedByAnalyze(path) });
    }
    const baseline = readBaseline(path, NAMED);
    const measured = [{ ...measuredOf(baseline), directories: baseline.runs }];
    return { path, measured, isSuite: false, missing: [] };
  }
  const suite = readSuite(path);
  if (suite === undefined) {
    const result = storedResult(path);
    const from = { kind: 'run', name: shownPath(path) } as const;
    const measured = [{ name: result.scenario.name, from, results: [result] as const, directories: [path] }];
    return { path, measured, isSuite: false, missing: [] };
  }
  const runs = suite.filter(({ wasRun }) => wasRun);
  const names = [...new Set(suite.map(nameOf))];
  const measured = names.flatMap((name): LocatedRuns[] => {
    const its = runs.filter((run) => nameOf(run) === name);
    const directories = its.map(({ directory }) => directory);
    const [first, ...others] = directories.map(storedResult);
    if (first === undefined) return [];
    refuseOthers(name, [first, ...others], directories);
    const from = {
      kind: 'run',
      name: shownPath(directories.length === 1 ? directories.join() : path),
    } as const;
    return [{ name, from, results: [first, ...others], directories }];
  });
  if (measured.length === 0) {
    throw new HarnessError('SOURCE', `no run of the suite ${path} has a result`, {
      hint: 'suite.json and the run.log of each run say why',
    });
  }
  return {
    path,
    measured,
    // Several runs of one scenario count as one side, and not as a suite.
    isSuite: names.length > 1 || suite.every(({ repetitionOf }) => repetitionOf === undefined),
    missing: names
      .filter((name) => !measured.some((one) => one.name === name))
      .map((name) => ({ name, scenario: suite.find((run) => nameOf(run) === name)?.scenario ?? name })),
  };
}

/** Repetitions are compared by their medians, which mean nothing if a run of something else is among them. */
function refuseOthers(
  name: string,
  results: readonly [Result, ...Result[]],
  directories: readonly string[],
): void {
  const [first] = results;
  for (const [i, result] of results.entries()) {
    const differences = differencesOf(result, first);
    if (differences.length === 0) continue;
    const told = differences.map(({ what, run, baseline }) => `  ${what} is ${run}, was ${baseline}`);
    throw new HarnessError(
      'SOURCE',
      [`${shownPath(directories[i] ?? name)} is no repetition of ${name}:`, ...told].join('\n'),
      { hint: 'put the run of this repetition back, or compare each run by itself' },
    );
  }
}

function kindOf(path: string): Kind | undefined {
  try {
    return kindAt(path);
  } catch (error) {
    throw new HarnessError('SOURCE', `${path} can't be compared: ${messageOf(error)}`, {
      hint: NAMED,
    });
  }
}

function nameOf({ name, repetitionOf }: { name: string; repetitionOf: string | undefined }): string {
  return repetitionOf ?? name;
}
