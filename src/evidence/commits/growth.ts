import { linkSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { commitLogFile, type CommitLog } from '../../cluster/commit-log.js';

/** Between which moments something was written, microseconds on the run's clock. */
export interface WrittenBetween {
  afterUs: number;
  byUs: number;
}

/** What a file had grown to. */
interface Grown extends WrittenBetween {
  file: number;
  size: number;
}

/** How often the sizes are looked at. It is the resolution of the times, as long as the harness has the CPU. */
const LOOK_EVERY_MS = 5;

/**
 * Follows how a node's binary log grows, which tells when each commit was written. A server that starts begins a new file.
 * A full state transfer removes all files, and the next one begins with number 1 again. So each file is kept by a link of
 * its own from the moment it is seen.
 */
class Growth {
  readonly #directory: string;
  readonly #nowUs: () => number;
  readonly #grown: Grown[] = [];
  /** The paths of the links, in the order in which the files were begun. */
  readonly kept: string[] = [];
  /** The file that grows now: its number in the log, and what it is for the file system. */
  #number = 0;
  #inode = 0;
  #size = 0;
  #lookedUs: number;

  constructor({ directory }: Pick<CommitLog, 'directory'>, nowUs: () => number) {
    this.#directory = directory;
    this.#nowUs = nowUs;
    this.#lookedUs = nowUs();
    mkdirSync(this.#kept, { recursive: true });
    // What is there by now was written before.
    this.look();
  }

  get #kept(): string {
    return join(this.#directory, 'kept');
  }

  look(): void {
    const afterUs = this.#lookedUs;
    this.#lookedUs = this.#nowUs();
    const current = fileOf(this.#directory, this.#number);
    if (current === undefined || current.ino !== this.#inode) this.#begin(1);
    else this.#grow(current.size, afterUs);
    while (this.#begin(this.#number + 1))
      this.#grow(fileOf(this.#directory, this.#number)?.size ?? 0, afterUs);
  }

  /** Turns to a file that is there and not known yet. */
  #begin(number: number): boolean {
    const file = fileOf(this.#directory, number);
    if (file === undefined || file.ino === this.#inode) return false;
    const link = join(this.#kept, String(this.kept.length + 1));
    try {
      linkSync(commitLogFile(this.#directory, number), link);
    } catch {
      // It has just been removed. The next look finds what comes after it.
      return false;
    }
    this.kept.push(link);
    [this.#number, this.#inode, this.#size] = [number, file.ino, 0];
    return true;
  }

  #grow(size: number, afterUs: number): void {
    if (size <= this.#size) return;
    this.#size = size;
    this.#grown.push({
      file: this.kept.length,
      size,
      afterUs: Math.floor(afterUs),
      byUs: Math.ceil(this.#nowUs()),
    });
  }

  /** When the part of a file that ends at `end` was written; undefined for what nobody saw grow. */
  writtenBetween(file: number, end: number): WrittenBetween | undefined {
    let [low, high] = [0, this.#grown.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const { file: itsFile, size } = this.#grown[middle] as Grown;
      if (itsFile < file || (itsFile === file && size < end)) low = middle + 1;
      else high = middle;
    }
    const found = this.#grown[low];
    return low === 0 || found === undefined || found.file !== file
      ? undefined
      : { afterUs: found.afterUs, byUs: found.byUs };
  }
}

function fileOf(directory: string, number: number): { ino: number; size: number } | undefined {
  return statSync(commitLogFile(directory, number), { throwIfNoEntry: false });
}

/** Follows the binary logs of all nodes while the load lasts. */
export class GrowthWatch {
  readonly #growths: ReadonlyMap<string, Growth>;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    nodes: readonly { name: string; commitLog?: Pick<CommitLog, 'directory'> | undefined }[],
    nowUs: () => number,
  ) {
    this.#growths = new Map(
      nodes.flatMap(({ name, commitLog }) =>
        commitLog === undefined ? [] : [[name, new Growth(commitLog, nowUs)] as const],
      ),
    );
  }

  start(): void {
    if (this.#growths.size > 0) this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#look();
  }

  /** When the part of a node's file that ends at `end` was written; undefined for what nobody saw grow. */
  writtenBetween(node: string, file: number, end: number): WrittenBetween | undefined {
    return this.#growths.get(node)?.writtenBetween(file, end);
  }

  /** The files of a node's log, in the order in which they were begun. */
  filesOf(node: string): readonly string[] {
    return this.#growths.get(node)?.kept ?? [];
  }

  #look(): void {
    for (const growth of this.#growths.values()) growth.look();
  }
}
