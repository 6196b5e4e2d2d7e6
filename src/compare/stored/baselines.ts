import { realpathSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { HarnessError, messageOf } from '../../errors.js';
import { kindAt, namesIn } from '../../files/entries.js';
import { whyNot } from '../../files/why-not.js';
import { differencesOf, type Difference } from '../circumstances.js';
import { missingOf, standingOf } from '../standing.js';
import type { Result } from '../../results/result.js';
import { RUN_OPTIONS } from '../../scenario/run-options.js';
import { replaceFile } from '../../store/replace-file.js';
import { makeDirectory } from '../../store/report-directory.js';
import { readSide } from './sides.js';
import { baselineFile, baselineText, readBaseline, type StoredBaseline } from './stored-baseline.js';
import { ownCommand } from '../../tool.js';

/** The default directory of the baselines, relative to the working directory. */
export const BASELINES: string = RUN_OPTIONS.baselines.default;

/**
 * The baselines in a directory, by scenario and then by file; only those of `scenario` where that is given.
 * Errors: SOURCE where one is damaged.
 */
export function storedBaselines(directory: string, scenario?: string): StoredBaseline[] {
  return scenariosIn(directory, scenario).flatMap((name) =>
    entriesOf(join(directory, name))
      .filter((entry) => entry.endsWith('.json'))
      .map((entry) => readBaseline(join(directory, name, entry))),
  );
}

/** The baselines of a run's scenario. The first one differs least from the run in its circumstances. */
export function baselinesFor(
  directory: string,
  result: Result,
): { baseline: StoredBaseline; differences: Difference[] }[] {
  return storedBaselines(directory, result.scenario.name)
    .map((baseline) => ({ baseline, differences: differencesOf(result, baseline.results[0]) }))
    .sort((a, b) => a.differences.length - b.differences.length);
}

/**
 * Marks a run, several runs of one scenario, or each run of a suite as a baseline for later runs. It replaces a
 * baseline that was marked before with the same circumstances. Of several runs of one scenario, those that can't
 * tell are left out.
 * Errors: SOURCE where a run is damaged, or none can tell; STORAGE.
 */
export function markBaseline(path: string, directory: string, now: Date): StoredBaseline[] {
  const { measured } = readSide(path);
  const marked = measured.map(({ name, results, directories }) => {
    const told = results.map((result, i) => ({ result, directory: directories[i] ?? path }));
    const known = told.filter(({ result }) => standingOf(result) !== 'open');
    const [first, ...others] = known.map(({ result }) => result);
    if (first !== undefined)
      return { results: [first, ...others] as const, runs: known.map(({ directory }) => directory) };
    const [cut] = results.flatMap((result) => missingOf(result) ?? []);
    const why = cut === undefined ? 'was inconclusive or ended early' : `is not whole: ${cut}`;
    throw new HarnessError('SOURCE', `${name} in ${path} ${why}, so nothing can be compared with it`, {
      hint: 'mark a run that ended by itself, is whole and is not inconclusive',
    });
  });
  return marked.map(({ results, runs }) => {
    const [first] = results;
    const same = baselinesFor(directory, first).filter(({ differences }) => differences.length === 0);
    const stored = {
      path: join(directory, baselineFile(first)),
      scenario: first.scenario.name,
      markedAt: now.toISOString(),
      runs: runs.map(realpathOf),
      results,
    };
    store(stored.path, (all) => baselineText(stored, all));
    for (const { baseline } of same)
      if (baseline.path !== stored.path)
        removing(baseline.path, () => rmSync(baseline.path, { force: true }));
    return stored;
  });
}

/**
 * Removes the baselines of a scenario.
 *
 * @returns the removed files
 */
export function clearBaselines(directory: string, scenario: string): string[] {
  if (scenariosIn(directory, scenario).length === 0) return [];
  const files = storedBaselines(directory, scenario).map(({ path }) => path);
  for (const file of files) removing(file, () => rmSync(file));
  const parent = join(directory, scenario);
  if (entriesOf(parent).length === 0) removing(parent, () => rmdirSync(parent));
  return files;
}

/**
 * Which run and suite directories must be kept because a baseline refers to them.
 * Errors: SOURCE where a baseline, or a path to its runs, can't be read. Nobody should remove old runs then.
 *
 * @returns a function that says whether a directory is a marked run, or a suite with a marked run
 */
export function baselineRuns(directory: string = BASELINES): (runOrSuite: string) => boolean {
  const marked = storedBaselines(directory).flatMap(({ path, runs }) =>
    runs.map((run) => followed(run, path)),
  );
  return (runOrSuite) => {
    const path = realpathOf(runOrSuite);
    return marked.some((run) => run === path || run.startsWith(path + sep));
  };
}

/** The scenarios that have a directory. A file beside those, such as a README, is ignored. */
function scenariosIn(directory: string, scenario?: string): string[] {
  return entriesOf(directory)
    .filter((name) => scenario === undefined || name === scenario)
    .filter((name) => reading(join(directory, name), kindAt) === 'directory');
}

function entriesOf(directory: string): string[] {
  return reading(directory, namesIn);
}

/** Errors: SOURCE. */
function reading<T>(path: string, read: (path: string) => T): T {
  try {
    return read(path);
  } catch (error) {
    throw new HarnessError('SOURCE', `${path} can't be read for baselines: ${messageOf(error)}`, {
      hint: "name the directory of the baselines with --baselines, and repair or remove the files in it that can't be read",
      cause: error,
    });
  }
}

/** Errors: STORAGE. */
function removing(path: string, remove: () => void): void {
  try {
    remove();
  } catch (error) {
    throw new HarnessError('STORAGE', `${path} can't be removed: ${whyNot(error)}`, {
      hint: 'only the user that marked these baselines can remove them',
      cause: error,
    });
  }
}

/** Errors: SOURCE where the path can't be resolved, such as below a directory that may not be entered. */
function followed(run: string, baseline: string): string {
  try {
    return realpathSync(run);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return resolve(run);
    throw new HarnessError(
      'SOURCE',
      `${baseline} refers to ${run}, whose path can't be resolved: ${messageOf(error)}`,
      {
        hint: `correct the path, or mark the run again with \`${ownCommand('baseline set RUN')}\`; until then no run is removed`,
        cause: error,
      },
    );
  }
}

/** The resolved path, or the path itself where nothing is there any more. */
function realpathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/** The option that names the directory of all baselines. */
const OPTION = '--baselines';

/** Replaces the file once its new content is complete. */
function store(file: string, text: (allBaselines: string) => string): void {
  makeDirectory(resolve(dirname(file)), OPTION);
  replaceFile(file, [text(realpathSync(dirname(dirname(file))))], OPTION);
}
