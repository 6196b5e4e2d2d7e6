import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { REPORT_FILES } from './write-reports.js';

/** A relative link from a page in the directory `from` to a path. It works from a file and from a web server. */
export function linkTo(from: string, path: string): string {
  return relative(from, path).split('/').map(encodeURIComponent).join('/');
}

/** A link to the page of a run or suite, or else to its directory. Undefined if neither exists. */
export function linkToRun(from: string, directory: string): string | undefined {
  const page = join(directory, REPORT_FILES.html);
  const there = [page, directory].find((path) => existsSync(path));
  return there === undefined ? undefined : linkTo(from, there);
}
