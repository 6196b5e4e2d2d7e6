import { closeSync, openSync } from 'node:fs';

import { HarnessError, messageOf } from '../errors.js';
import { runChild } from './archive/child.js';

export interface LockOptions {
  signal?: AbortSignal | undefined;
  /** Called once if another process has the lock. */
  onWait?: (() => void) | undefined;
}

/**
 * Runs `body` while this process alone has the lock on `file` (made if missing, never removed).
 *
 * The lock is the kernel's: flock(1) takes it on this process's open file, and it lasts until that file is closed. So
 * nothing is left behind however this process dies. Children that get `descriptor` share the lock: whoever waits for
 * the lock also waits for these children.
 */
export async function withLock<T>(
  file: string,
  options: LockOptions,
  body: (descriptor: number) => Promise<T>,
): Promise<T> {
  const descriptor = openForLock(file);
  try {
    if (!(await take(descriptor, ['--nonblock'], options.signal))) {
      options.onWait?.();
      // If this process is killed, a waiting flock(1) outlives it, by five seconds at most.
      while (!(await take(descriptor, ['--timeout', '5'], options.signal)));
    }
    return await body(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const TAKEN_BY_ANOTHER = 75;

async function take(
  descriptor: number,
  how: readonly string[],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const args = ['--exclusive', ...how, '--conflict-exit-code', String(TAKEN_BY_ANOTHER), '3'];
  let result;
  try {
    result = await runChild('flock', args, { signal, inherit: [descriptor] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new HarnessError('PREREQUISITE', 'flock is not installed', {
      hint: 'it is in the package util-linux: apt-get install util-linux',
      cause: error,
    });
  }
  if (result.code === 0) return true;
  if (result.code === TAKEN_BY_ANOTHER) return false;
  throw new HarnessError('STORAGE', `can't lock: ${result.stderr.trim()}`, {
    hint: 'set KEA_CONFORMANCE_CACHE to a directory on a local file system',
  });
}

function openForLock(file: string): number {
  try {
    return openSync(file, 'a', 0o644);
  } catch (error) {
    throw new HarnessError('STORAGE', `can't write ${file}: ${messageOf(error)}`, { cause: error });
  }
}
