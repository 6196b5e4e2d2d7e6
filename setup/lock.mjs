import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { run } from './child.mjs';
import { EXIT_PREREQUISITE, fail, say } from './say.mjs';

/**
 * Calls `body(lock)` while no other process of this checkout does. flock(1) takes the kernel's lock on this directory
 * as this process has it open. So the lock ends with this process and the children that share it, however they end.
 */
export async function withLock(body) {
  const lock = openSync(fileURLToPath(new URL('.', import.meta.url)), 'r');
  try {
    const tried = spawnSync('flock', ['--exclusive', '--nonblock', '3'], {
      stdio: ['ignore', 'ignore', 'inherit', lock],
    });
    if (tried.error !== undefined) {
      fail(`flock can't be run (${tried.error.message}): install the package util-linux`, EXIT_PREREQUISITE);
    }
    if (tried.status !== 0) {
      say('Waiting for another process that is setting up this checkout…');
      await run('flock', ['--exclusive', '3'], { lock });
    }
    return await body(lock);
  } finally {
    closeSync(lock);
  }
}
