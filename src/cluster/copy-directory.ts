import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { HarnessError, messageOf } from '../errors.js';
import { ROOM_FOR_LIVE_DATA } from '../processes/live-directory.js';
import type { RunAs } from '../processes/unprivileged-user.js';

const run = promisify(execFile);

export interface Copying {
  runAs: RunAs | undefined;
  signal: AbortSignal;
  /**
   * Whether zeros take no space in the copy; false by default. A server that writes where there is no space yet
   * commits more slowly, so no server runs on such a copy.
   */
  sparse?: boolean;
}

/**
 * Copies a data directory. `cp` runs as the servers' user, so the copy belongs to that user.
 * Errors: STORAGE; the signal's reason when aborted.
 */
export async function copyDirectory(
  from: string,
  to: string,
  { runAs, signal, sparse = false }: Copying,
): Promise<void> {
  try {
    const args = ['-a', `--sparse=${sparse ? 'always' : 'never'}`, from, to];
    await run('cp', args, { ...runAs, signal, killSignal: 'SIGKILL' });
  } catch (error) {
    signal.throwIfAborted();
    const { stderr = '' } = error as { stderr?: string };
    throw new HarnessError('STORAGE', `${to} can't be made: ${stderr.split('\n')[0] || messageOf(error)}`, {
      hint: ROOM_FOR_LIVE_DATA,
      cause: error,
    });
  }
}
