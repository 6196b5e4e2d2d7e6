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
import type { RunAs } from './managed-process.js';
import { identify, isRunning, type ProcessId } from './process-id.js';

const PREFIX = 'klc-';
const OWNER_FILE = 'owner.json';
const CHILDREN_FILE = 'children.jsonl';

/**
 * The longest path below a live directory, `/kea/dhcp6-ia-na-9.sock.lock` and the like, must fit with the directory's own
 * into the 107 bytes of a socket address (unix(7)).
 */
const LONGEST_BASE = 60;

/** What to do where live data can't be written. */
export const ROOM_FOR_LIVE_DATA =
  'set TMPDIR to a directory that can be written and has the room: three nodes take some 500 MB';

/**
 * A run's live data: datadirs, sockets, configurations with the run's password. Short, private, outside the checkout,
 * and it says whose it is, so that `clean` can tell the dead from the living.
 *
 * As root the servers run as somebody else, who may pass through the directory but not list or change it; what
 * `clean` trusts lies in root's own files.
 */
export class LiveDirectory {
  readonly path: string;
  readonly #runAs: RunAs | undefined;

  private constructor(path: string, runAs: RunAs | undefined) {
    this.path = path;
    this.#runAs = runAs;
  }

  /** Errors: STORAGE where it can't be made. */
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

  /** A directory in it, mode 700 unless said otherwise, for the user that the servers run as. */
  subdirectory(name: string, mode = 0o700): string {
    const path = join(this.path, name);
    this.#guard(() => {
      mkdirSync(path, { mode: 0o700 });
      // Whatever the umask is.
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

  /** Remembers a process, for `clean`. */
  register(id: ProcessId): void {
    this.#guard(() => appendFileSync(join(this.path, CHILDREN_FILE), JSON.stringify(id) + '\n'));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Errors: STORAGE, such as on a full disk. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw new HarnessError('STORAGE', `${this.path} can't be written: ${messageOf(error)}`, {
        hint: ROOM_FOR_LIVE_DATA,
        cause: error,
      });
    }
  }
}

/** A live directory whose run has ended without removing it. */
export interface DeadRun {
  path: string;
  /** Of its processes, those that still run. */
  survivors: readonly ProcessId[];
}

/** Live directories of this user whose owner is no more; those of living runs, and anything foreign, are passed over. */
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
  return new HarnessError('STORAGE', `no live directory in ${base}: ${messageOf(error)}`, {
    hint: ROOM_FOR_LIVE_DATA,
    cause: error,
  });
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

/** As root the servers run as somebody else; root's own TMPDIR may be closed to him, as pam_tmpdir(8) makes it. */
function canBeEntered(directory: string): boolean {
  if (process.getuid?.() !== 0) return true;
  const mode = statSync(directory, { throwIfNoEntry: false })?.mode;
  if (mode !== undefined && (mode & 0o001) === 0) return false;
  return directory === dirname(directory) || canBeEntered(dirname(directory));
}
