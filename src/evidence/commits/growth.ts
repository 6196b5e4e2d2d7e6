import { statSync } from 'node:fs';
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

/** Follows how a node's binary log grows, which tells when each commit was written. */
class Growth {
  readonly #directory: string;
  readonly #nowUs: () => number;
  readonly #grown: Grown[] = [];
  #file = 1;
  #size = 0;
  #lookedUs: number;

  constructor({ directory }: Pick<CommitLog, 'directory'>, nowUs: () => number) {
    this.#directory = directory;
    this.#nowUs = nowUs;
    this.#lookedUs = nowUs();
    // What is there by now was written before.
    this.look();
  }

  look(): void {
    const afterUs = this.#lookedUs;
    this.#lookedUs = this.#nowUs();
    this.#lookAt(afterUs);
    // A server that starts again begins a new file.
    while (sizeOf(this.#directory, this.#file + 1) > 0) {
      this.#file += 1;
      this.#size = 0;
      this.#lookAt(afterUs);
    }
  }

  #lookAt(afterUs: number): void {
    const size = sizeOf(this.#directory, this.#file);
    if (size <= this.#size) return;
    this.#size = size;
    this.#grown.push({ file: this.#file, size, afterUs, byUs: this.#nowUs() });
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

function sizeOf(directory: string, file: number): number {
  return statSync(commitLogFile(directory, file), { throwIfNoEntry: false })?.size ?? 0;
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

  #look(): void {
    for (const growth of this.#growths.values()) growth.look();
  }
}
