import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { HarnessError } from '../errors.js';
import { cannotWrite } from '../files/cannot-write.js';

/**
 * Makes `reports/NAME/UTCSTAMP/` below the working directory, or `out` where that is given.
 * Errors: STORAGE where the directory can't be made; USAGE where `out` exists and is not empty.
 *
 * @param name the name of a scenario or suite
 * @returns its absolute path
 */
export function makeReportDirectory(name: string, out: string | undefined, now: Date): string {
  if (out !== undefined) return makeNamed(resolve(out));
  const parent = resolve('reports', name);
  const stamp = now.toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
  makeDirectory(parent);
  for (let again = 1; ; again++) {
    const path = join(parent, again === 1 ? stamp : `${stamp}-${again}`);
    try {
      mkdirSync(path);
      return path;
    } catch (error) {
      // Another run began within the same second.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw cannotWrite(path, error);
    }
  }
}

function makeNamed(path: string): string {
  if (existsSync(path) && !isDirectory(path))
    throw new HarnessError('USAGE', `--out ${path} is no directory`, {
      hint: 'name a directory that is empty or does not exist',
    });
  makeDirectory(path);
  if (entriesOf(path).length > 0) {
    throw new HarnessError('USAGE', `--out ${path} is not empty`, {
      hint: 'name a directory that is empty or does not exist, so that nothing is overwritten',
    });
  }
  return path;
}

function entriesOf(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** Whether a run may use this directory: it does not exist, or it is empty. */
export function isFree(path: string): boolean {
  return !existsSync(path) || (isDirectory(path) && entriesOf(path).length === 0);
}

/**
 * Makes a directory and its missing parents. Errors: STORAGE. Parents are made one by one: Node's own recursive mkdir
 * never returns for a path such as /proc/x.
 *
 * @param option the option that names another place
 */
export function makeDirectory(path: string, option?: string): void {
  if (isDirectory(path)) return;
  if (!existsSync(path)) makeDirectory(dirname(path), option);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another run may have made the directory meanwhile.
    if (!isDirectory(path)) throw cannotWrite(path, error, option);
  }
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Makes `reports/latest` point to a directory, if that lies in `reports/`. */
export function markLatest(path: string): void {
  const reports = resolve('reports');
  if (!path.startsWith(reports + '/')) return;
  const fresh = join(reports, `.latest-${process.pid}`);
  try {
    symlinkSync(relative(reports, path), fresh);
    renameSync(fresh, join(reports, 'latest'));
  } catch {
    // The link is only a convenience. If something else stands in its place, it is left there.
    rmSync(fresh, { force: true });
  }
}

/** A path as people want to see it: relative, unless it lies outside the working directory. */
export function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere === '' || fromHere.startsWith('..') ? path : fromHere;
}
