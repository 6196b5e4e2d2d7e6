import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';

import { HarnessError, messageOf } from '../errors.js';

/**
 * Characters that the cache's path must not have. `:` and `$` have a meaning in run paths and PATH; the state
 * transfer scripts refuse the others.
 */
const UNUSABLE = /[\s:$'"`\\;,]/;

/**
 * Where private roots are kept: `$KEA_CONFORMANCE_CACHE`, else `$XDG_CACHE_HOME/kea-lease-conformance`, else
 * for root `/var/cache/kea-lease-conformance` (the servers then run as an unprivileged user, who can't enter
 * root's home), else `~/.cache/kea-lease-conformance`.
 *
 * @throws HarnessError PREREQUISITE if the path holds a character that programs in it could not work with
 */
export function cacheDirectory(
  environment: NodeJS.ProcessEnv = process.env,
  uid: number | undefined = process.getuid?.(),
): string {
  const directory = chooseDirectory(environment, uid);
  const unusable = UNUSABLE.exec(directory);
  if (unusable !== null) {
    throw new HarnessError(
      'PREREQUISITE',
      `the cache directory ${directory} has ${JSON.stringify(unusable[0])} in its path; programs in it can't work with that`,
      { hint: 'set KEA_CONFORMANCE_CACHE to another directory' },
    );
  }
  return directory;
}

function chooseDirectory(environment: NodeJS.ProcessEnv, uid: number | undefined): string {
  const own = environment.KEA_CONFORMANCE_CACHE;
  if (own !== undefined && own !== '') return resolve(own);
  const shared = environment.XDG_CACHE_HOME;
  if (shared !== undefined && isAbsolute(shared)) return join(shared, 'kea-lease-conformance');
  if (uid === 0) return '/var/cache/kea-lease-conformance';
  return join(homedir(), '.cache', 'kea-lease-conformance');
}

/** Makes the directory and its missing parents. Others may enter all of them, whatever the umask is. */
export function makeDirectory(directory: string): void {
  try {
    const first = mkdirSync(directory, { recursive: true, mode: 0o755 });
    if (first === undefined) return;
    for (let made = directory; made.length >= first.length; made = dirname(made)) chmodSync(made, 0o755);
  } catch (error) {
    throw new HarnessError('STORAGE', `can't make ${directory}: ${messageOf(error)}`, {
      hint: 'set KEA_CONFORMANCE_CACHE to a directory that you may write to',
      cause: error,
    });
  }
}

/**
 * As root: makes sure that the unprivileged user who runs the servers can reach the directory.
 *
 * @throws HarnessError PREREQUISITE naming the directory that stands in the way
 */
export function requireReachableByOthers(directory: string, uid = process.getuid?.()): void {
  if (uid !== 0) return;
  for (let current = directory; ; current = dirname(current)) {
    if ((statSync(current).mode & 0o001) === 0) {
      throw new HarnessError(
        'PREREQUISITE',
        `the servers run as an unprivileged user, who can't enter ${current} on the way to ${directory}`,
        {
          hint: `set KEA_CONFORMANCE_CACHE to a directory that everyone may enter, or run: chmod o+x ${current}`,
        },
      );
    }
    if (current === dirname(current)) return;
  }
}
