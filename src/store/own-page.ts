import { closeSync, lstatSync, readSync, realpathSync, type Stats } from 'node:fs';
import { HarnessError } from '../errors.js';
import { openRegularFile } from '../files/regular-file.js';
import { TOOL } from '../tool.js';
import { pageKindOf } from './page-kind.js';
import { cannotWrite } from '../files/cannot-write.js';
import { replaceFile } from './replace-file.js';

/** Generator and title of a page stand at its beginning. */
const HEAD_BYTES = 4_096;

/** The title of a page that this program made, escaped as it stands there. Undefined for any other file. */
export function titleOfOwnPage(path: string): string | undefined {
  try {
    return titleIn(headOf(path));
  } catch {
    return undefined;
  }
}

function titleIn(head: string): string | undefined {
  if (!head.includes(`<meta name="generator" content="${TOOL.name} `)) return undefined;
  return /<title>([^<]*)<\/title/.exec(head)?.[1];
}

function headOf(path: string): string {
  const file = openRegularFile(path);
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    return bytes.toString('utf8', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

/**
 * Writes a page at a place that a user has named, or that is a common name such as `index.html`. Only an earlier page of its own
 * kind is replaced there, or an empty file. Errors: USAGE where anything else stands; STORAGE.
 */
export function replaceOwnPage(path: string, page: string): void {
  const stat = statOf(path);
  const isFree = stat === undefined || (stat.isFile() && stat.size === 0);
  if (!isFree) requireSameKind(path, pageKindOf(titleIn(page.slice(0, HEAD_BYTES)) ?? ''));
  // A link stays a link to its page.
  replaceFile(isFree ? path : realpathSync(path), [page]);
}

/** Undefined where nothing lies. Errors: STORAGE where that can't be told, as below a directory that may not be entered. */
function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

function requireSameKind(path: string, kind: string): void {
  const refuse = (why: string) =>
    new HarnessError('USAGE', `${path} exists, and ${why}`, {
      hint: 'name another file with --out, or remove this one',
    });
  const title = titleOfOwnPage(path);
  if (title === undefined) throw refuse('is no page of this program');
  const other = pageKindOf(title);
  if (other !== kind) throw refuse(`is another page: ${other}, not ${kind}`);
}
