import type { Ending } from './ending.js';
import type { ProcessId } from './process-id.js';

/** A program at work, as a process or in a container, that the harness has started and that may end by itself. */
export interface Running {
  /** As reports name it: `node-1`, `dhcp4 server-2`. */
  readonly name: string;
  /**
   * Its process on this machine, of a container its main one; absent where it runs elsewhere, or can't be told from others.
   */
  readonly id?: ProcessId | undefined;
  /** What it writes, in the run directory. */
  readonly logFile: string;
  /** Settles when it has ended, asked or not. */
  readonly ended: Promise<unknown>;
  /** True once the harness itself has asked it to end. */
  readonly asked: boolean;
  /** How it ended, in words; undefined while it runs. */
  readonly how: string | undefined;
  /** How it ended, as far as anybody saw; undefined while it runs. */
  readonly ending: Ending | undefined;
  /** The last lines it wrote, for an error message. */
  lastLines(count?: number): string[];
}
