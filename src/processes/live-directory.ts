import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { HarnessError, messageOf } from '../errors.js';
import type { RunAs } from './unprivileged-user.js';
import { identify, isRunning, type ProcessId } from './process-id.js';
import { whyNot } from '../files/why-not.js';

const PREFIX = 'klc-';
const OWNER_FILE = 'owner.json';
const CHILDREN_FILE = 'children.jsonl';

/**
 * The longest path of a base directory. The longest path below a live directory, such as
 * `/kea/dhcp6-ia-na-9.sock.lock`, must fit together with the live directory's own path into the 107 bytes of a socket
 * address (unix(7)).
 */
const LONGEST_BASE = 60;

/** The hint for errors where live data can't be written. */
export const ROOM_FOR_LIVE_DATA =
  'set TMPDIR to a directory that can be written and has the room: three nodes take some 500 MB';

/**
 * A run's live data: data directories, sockets, and configurations with the run's password. The directory has a short
 * path, is private, and lies outside the checkout. It names its owner, so that `clean` can tell dead runs from living
 * ones.
 *
 * As root the servers run as another user. This user may pass through the directory, but not list or change it. The
 * files that `clean` trusts belong to root.
 */
export class LiveDirectory {
  readonly path: string;
  readonly #runAs: RunAs | undefined;

  private constructor(path: string, runAs: RunAs | undefined) {
    this.path = path;
    this.#runAs = runAs;
  }

  /** Makes a live directory. Errors: STORAGE where it can't be made. */
  static create(runAs: RunAs | undefined, base = liveBase()): LiveDirectory {
    const path = join(base, PREFIX + randomBytes(5).toString('hex'));
    try {
      mkdirSync(path, { mode: 0o700 });
    } catch (error) {
      throw noLiveDirectory(base, error);
    }
    try {
      const live = new LiveDirectory(path, runAs);
      const owner = identify(process.pid);
      writeFileSync(join(path, OWNER_FILE), JSON.stringify(owner), { mode: 0o600 });
      writeFileSync(join(path, CHILDREN_FILE), '', { mode: 0o600 });
      if (runAs !== undefined) {
        chownSync(path, 0, runAs.gid);
        chmodSync(path, 0o710);
      }
      return live;
    } catch (error) {
      rmSync(path, { recursive: true, force: true });
      throw noLiveDirectory(base, error);
    }
  }

  /**
   * Makes a directory in the live directory, mode 700 unless said otherwise, for the user that the servers run as.
   */
  subdirectory(name: string, mode = 0o700): string {
    const path = join(this.path, name);
    this.#guard(() => {
      mkdirSync(path, { mode: 0o700 });
      // The mode must not depend on the umask.
      chmodSync(path, mode);
    });
    this.handOver(path);
    return path;
  }

  /** Writes a file for the servers' user, mode 600. */
  writeFile(path: string, text: string): void {
    this.#guard(() => writeFileSync(path, text, { mode: 0o600 }));
    this.handOver(path);
  }

  /** Gives a path to the servers' user. */
  handOver(path: string): void {
    if (this.#runAs !== undefined) chownSync(path, this.#runAs.uid, this.#runAs.gid);
  }

  /** Writes a process down, so that `clean` finds it. */
  register(id: ProcessId): void {
    this.#guard(() => appendFileSync(join(this.path, CHILDREN_FILE), JSON.stringify(id) + '\n'));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Does `work`, which writes. Errors: STORAGE, such as on a full disk. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw new HarnessError('STORAGE', `${this.path} can't be written: ${whyNot(error)}`, {
        hint: ROOM_FOR_LIVE_DATA,
        cause: error,
      });
    }
  }
}

/** A live directory whose run has ended without removing it. */
export interface DeadRun {
  path: string;
  /** The processes of the run that still run. */
  survivors: readonly ProcessId[];
}

/**
 * Live directories of this user whose owner no longer runs. Directories of living runs, and anything that is not a
 * live directory of this user, are passed over.
 */
export function findDeadRuns(base = liveBase()): DeadRun[] {
  const dead: DeadRun[] = [];
  for (const name of readdirSync(base)) {
    if (!name.startsWith(PREFIX)) continue;
    const path = join(base, name);
    const owner = readOwner(path);
    if (owner === null || isRunning(owner)) continue;
    dead.push({ path, survivors: readChildren(path).filter(isRunning) });
  }
  return dead;
}

function noLiveDirectory(base: string, error: unknown): HarnessError {
  return new HarnessError(
    'STORAGE',
    `can't make the directory for live data in ${base}: ${messageOf(error)}`,
    {
      hint: ROOM_FOR_LIVE_DATA,
      cause: error,
    },
  );
}

function readOwner(path: string): ProcessId | null {
  try {
    const directory = lstatSync(path);
    const file = lstatSync(join(path, OWNER_FILE));
    const mine = process.getuid?.();
    if (!directory.isDirectory() || !file.isFile() || directory.uid !== mine || file.uid !== mine)
      return null;
    return parseId(readFileSync(join(path, OWNER_FILE), 'utf8'));
  } catch {
    return null;
  }
}

function readChildren(path: string): ProcessId[] {
  try {
    const lines = readFileSync(join(path, CHILDREN_FILE), 'utf8').split('\n');
    return lines.map(parseId).filter((id) => id !== null);
  } catch {
    return [];
  }
}

function parseId(text: string): ProcessId | null {
  try {
    const value = JSON.parse(text) as Partial<ProcessId> | null;
    return typeof value?.pid === 'number' && typeof value.startTime === 'string'
      ? { pid: value.pid, startTime: value.startTime }
      : null;
  } catch {
    return null;
  }
}

function liveBase(): string {
  const base = tmpdir();
  return base.length <= LONGEST_BASE && canBeEntered(base) ? base : '/tmp';
}

/**
 * Whether the servers' user may enter the directory. As root the servers run as another user, and root's own TMPDIR
 * may be closed to that user, as pam_tmpdir(8) makes it.
 */
function canBeEntered(directory: string): boolean {
  if (process.getuid?.() !== 0) return true;
  const mode = statSync(directory, { throwIfNoEntry: false })?.mode;
  if (mode !== undefined && (mode & 0o001) === 0) return false;
  return directory === dirname(directory) || canBeEntered(dirname(directory));
}
