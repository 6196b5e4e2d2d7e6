import { lstatSync, realpathSync, rmSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { HarnessError, messageOf } from '../../errors.js';
import { namesIn } from '../../files/entries.js';
import { readJsonOf } from '../../files/regular-file.js';
import { isRunning } from '../../processes/process-id.js';
import { TOOL } from '../../tool.js';
import { STORED } from '../stored-files.js';
import { SUITE } from '../stored-suite.js';

export interface PruneRequest {
  /** With `SCENARIO/STAMP` below it, as runs make them. */
  reports: string;
  /** How many of each scenario, and of each suite, are kept at least. */
  keepLast: number | undefined;
  /** How old one may be that is kept. */
  keepDays: number | undefined;
  /** Tells what would be removed, and removes nothing. */
  dryRun: boolean;
  /** Whether a run or suite is what later ones are compared with. */
  isBaseline: (path: string) => boolean;
  now: Date;
}

export interface Pruned {
  /** Their paths, oldest first. */
  removed: string[];
  /** Those that were old enough, and why they are still there. */
  spared: { path: string; why: string }[];
}

/** As `makeReportDirectory` names them. */
const STAMP = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(?:-(\d+))?$/;
const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Removes old runs and suites, of each scenario by itself, suites as a whole. What any of the rules keeps is kept, and so
 * is a baseline, what `latest` points to, what a living process still writes, and whatever this program did not make.
 * Errors: STORAGE where one can't be removed.
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
  if (latest !== undefined && real !== undefined && isWithin(latest, real)) return 'is the latest';
  return runsOf(path).some(isBeingWritten) ? 'is being written' : undefined;
}

/** `run.json`, as far as it tells whose it is. */
const ownership = z.looseObject({
  tool: z.looseObject({ name: z.literal(TOOL.name) }),
  owner: z.object({ pid: z.number(), startTime: z.string() }).nullable().optional(),
});

/** A run of this program, or a suite of them; one that was killed has no `suite.json`, and nothing but runs in it. */
function isOurs(path: string): boolean {
  if (readJson(join(path, STORED.facts), ownership) !== undefined) return true;
  if (readJson(join(path, SUITE), z.looseObject({ schemaVersion: z.number(), runs: z.array(z.unknown()) })))
    return true;
  const entries = entriesOf(path);
  return entries.length > 0 && runsOf(path).length === entries.length;
}

/** The directory itself, or of a suite those in it, that hold a run of this program. */
function runsOf(path: string): string[] {
  return [path, ...directoriesIn(path).map((name) => join(path, name))].filter(
    (directory) => readJson(join(directory, STORED.facts), ownership) !== undefined,
  );
}

/** A suite's process writes all its runs, so one that is over tells of the next as well. */
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

/** Not links, which lead to what is somewhere else. */
function directoriesIn(path: string): string[] {
  return entriesOf(path).filter(
    (name) => lstatSync(join(path, name), { throwIfNoEntry: false })?.isDirectory() === true,
  );
}

function entriesOf(path: string): string[] {
  try {
    return namesIn(path);
  } catch (error) {
    throw new HarnessError('SOURCE', `${path} can't be read for old runs: ${messageOf(error)}`, {
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
      hint: 'runs made as another user are removed by that user',
      cause: error,
    });
  }
}
