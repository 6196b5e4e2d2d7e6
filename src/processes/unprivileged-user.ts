import { execFileSync } from 'node:child_process';
import { HarnessError } from '../errors.js';

/** The user that a server runs as. */
export interface RunAs {
  uid: number;
  gid: number;
}

/**
 * The user that nodes and servers run as; undefined for an ordinary user, who runs them himself. As root another user
 * must run them: the rsync state transfer fails as root, because its daemon gives root's rights up, and nothing here
 * needs root.
 * Errors: PREREQUISITE for an unknown user, or one that is root.
 *
 * @param name the scenario's `cluster.user`; by default `nobody`, which every Debian has
 */
export function unprivilegedUser(name: string | undefined): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const user = name ?? 'nobody';
  const [uid, gid] = ['-u', '-g'].map((which) => idOf(which, user));
  if (uid === undefined || gid === undefined || uid === 0) {
    throw new HarnessError(
      'PREREQUISITE',
      `cluster.user: ${user} is not an unprivileged user of this machine`,
      {
        hint: 'name one that `getent passwd` lists, or leave the setting out',
      },
    );
  }
  return { uid, gid };
}

function idOf(which: string, user: string): number | undefined {
  try {
    return Number(
      execFileSync('id', [which, '--', user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return undefined;
  }
}
