import { lstatSync, realpathSync, rmSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { HarnessError, messageOf } from '../../errors.js';
import { namesIn } from '../../files/entries.js';
import { readJsonOf } from '../../files/regular-file.js';
import { isRunning } from '../../processes/process-id.js';
import { TOOL } from '../../tool.js';
import { STORED } from '../../store/stored-files.js';
import { SUITE } from '../../store/stored-suite.js';

export interface PruneRequest {
  /** The directory in which runs make their `SCENARIO/STAMP` directories. */
  reports: string;
  /** How many runs of each scenario, and of each suite, are kept at least. */
  keepLast: number | undefined;
  /** Runs that are not older than this, in days, are kept. */
  keepDays: number | undefined;
  /** Only returns what would be removed, and removes nothing. */
  dryRun: boolean;
  /** Whether later runs or suites are compared with this run or suite. */
  isBaseline: (path: string) => boolean;
  now: Date;
}

export interface Pruned {
  /** The paths of the removed runs and suites, oldest first. */
  removed: string[];
  /** The runs and suites that were old enough to be removed, and why they are still there. */
  spared: { path: string; why: string }[];
}

/** The names that `makeReportDirectory` gives. */
const STAMP = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(?:-(\d+))?$/;
const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Removes old runs and suites. Each scenario is looked at by itself, and a suite is removed as a whole. A run or
 * suite stays if any of the rules keeps it. Also kept are baselines, the run that `latest` points to, what a living
 * process still writes, and whatever this program did not make.
 * Errors: STORAGE where a directory can't be removed; SOURCE where one can't be read.
 */
export function pruneReports(request: PruneRequest): Pruned {
  const { reports, dryRun } = request;
  const pruned: Pruned = { removed: [], spared: [] };
  for (const scenario of directoriesIn(reports)) {
    for (const path of outdated(join(resolve(reports), scenario), request)) {
      const why = whySpared(path, request);
      if (why !== undefined) pruned.spared.push({ path, why });
      else {
        if (!dryRun) remove(path);
        pruned.removed.push(path);
      }
    }
  }
  return pruned;
}

function outdated(parent: string, { keepLast = 0, keepDays, now }: PruneRequest): string[] {
  const youngest = keepDays === undefined ? Infinity : now.getTime() - keepDays * DAY_MS;
  return directoriesIn(parent)
    .map((name) => ({ path: join(parent, name), stamp: STAMP.exec(name) }))
    .filter(({ path, stamp }) => stamp !== null && isOurs(path))
    .map(({ path, stamp }) => ({ path, ...momentOf(stamp ?? []) }))
    .sort((a, b) => a.atMs - b.atMs || a.again - b.again)
    .slice(0, keepLast === 0 ? undefined : -keepLast)
    .filter(({ atMs }) => atMs < youngest)
    .map(({ path }) => path);
}

function momentOf(stamp: readonly (string | undefined)[]): { atMs: number; again: number } {
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', again = '1'] = stamp;
  const time = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  return { atMs: Date.parse(time), again: Number(again) };
}

function whySpared(path: string, { reports, isBaseline }: PruneRequest): string | undefined {
  if (isBaseline(path)) return 'is a baseline';
  const latest = realPathOf(join(reports, 'latest'));
  const real = realPathOf(path);
  if (latest !== undefined && real !== undefined && isWithin(latest, real))
    return 'is what reports/latest points to';
  return runsOf(path).some(isBeingWritten) ? 'is being written' : undefined;
}

/** The part of `run.json` that says which program and which process made the run. */
const ownership = z.looseObject({
  tool: z.looseObject({ name: z.literal(TOOL.name) }),
  owner: z.object({ pid: z.number(), startTime: z.string() }).nullable().optional(),
});

/**
 * Whether the directory holds a run of this program, or a suite of such runs. A suite that was killed has no
 * `suite.json`, and nothing but runs in it.
 */
function isOurs(path: string): boolean {
  if (readJson(join(path, STORED.facts), ownership) !== undefined) return true;
  if (readJson(join(path, SUITE), z.looseObject({ schemaVersion: z.number(), runs: z.array(z.unknown()) })))
    return true;
  const entries = entriesOf(path);
  return entries.length > 0 && runsOf(path).length === entries.length;
}

/**
 * The directories with a run of this program: the given directory itself, or the directories in it, if it is a suite.
 */
function runsOf(path: string): string[] {
  return [path, ...directoriesIn(path).map((name) => join(path, name))].filter(
    (directory) => readJson(join(directory, STORED.facts), ownership) !== undefined,
  );
}

/**
 * Whether the process that makes the run still lives. One process makes all runs of a suite, so a finished run also
 * shows that the suite goes on.
 */
function isBeingWritten(run: string): boolean {
  const owner = readJson(join(run, STORED.facts), ownership)?.owner;
  return owner !== undefined && owner !== null && isRunning(owner);
}

function readJson<T>(path: string, shape: z.ZodType<T>): T | undefined {
  try {
    return shape.safeParse(readJsonOf(path)).data;
  } catch {
    return undefined;
  }
}

/** Directories, but no links to directories: a link leads to what lies somewhere else. */
function directoriesIn(path: string): string[] {
  return entriesOf(path).filter(
    (name) => lstatSync(join(path, name), { throwIfNoEntry: false })?.isDirectory() === true,
  );
}

function entriesOf(path: string): string[] {
  try {
    return namesIn(path);
  } catch (error) {
    throw new HarnessError('SOURCE', `${path} can't be searched for old runs: ${messageOf(error)}`, {
      hint: 'name the directory that holds the runs with --reports, and make it readable',
    });
  }
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory + sep);
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true });
  } catch (error) {
    throw new HarnessError('STORAGE', `${path} can't be removed: ${messageOf(error)}`, {
      hint: 'only the user that made these runs can remove them',
      cause: error,
    });
  }
}
