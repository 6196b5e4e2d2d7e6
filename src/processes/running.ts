import type { Ending } from './ending.js';
import type { ProcessId } from './process-id.js';

/** A program at work, as a process or in a container, that the harness has started and that may end by itself. */
export interface Running {
  /** The name in reports, such as `node-1` or `dhcp4 server-2`. */
  readonly name: string;
  /**
   * The program's process on this machine; for a container, its main process. Absent where the program runs
   * elsewhere, or its process can't be told from others.
   */
  readonly id?: ProcessId | undefined;
  /** The file in the run directory with what the program writes. */
  readonly logFile: string;
  /** Settles when the program has ended, asked or not. */
  readonly ended: Promise<unknown>;
  /** True once the harness itself has asked the program to end. */
  readonly asked: boolean;
  /** How the program ended, in words; undefined while it runs. */
  readonly how: string | undefined;
  /** How the program ended, as far as anybody saw; undefined while it runs. */
  readonly ending: Ending | undefined;
  /** True once the program was started again, by the undoing of a fault. Its own counters then began anew. */
  readonly startedAgain?: boolean;
  /** The last lines that the program wrote, for an error message. */
  lastLines(count?: number): string[];
}
