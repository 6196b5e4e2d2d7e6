import type { Ending } from './ending.js';
import type { ProcessId } from './process-id.js';

/**
 * A program at work, as a process or in a container, that the harness has started and that may end by itself. One that
 * is started again takes a new form each time, a new process or container, and all that is read here is of its present
 * form. Whoever waits for an end must look at one form, as each ends in its own way: {@link presentForm}.
 */
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
  /** True once the harness itself has asked the program to end, while it ran. */
  readonly asked: boolean;
  /** How the program ended, in words; undefined while it runs. */
  readonly how: string | undefined;
  /** How the program ended, as far as anybody saw; undefined while it runs. */
  readonly ending: Ending | undefined;
  /** True once the program was started again, by the undoing of a fault. Its own counters then began anew. */
  readonly startedAgain?: boolean;
  /** The present form of a program that may be started again. When it has ended, it stays so until the next begins. */
  readonly current?: Running;
  /** Calls `seen` with the present form, and with each later one when it begins; absent for a program with one form. */
  eachForm?(seen: (form: Running) => void): void;
  /** The last lines that the program wrote, for an error message. */
  lastLines(count?: number): string[];
}

/** The process or container that the program is now. Its end stays what it is when the program is started again. */
export function presentForm(program: Running): Running {
  return program.current ?? program;
}

/** Calls `seen` with each form of the program: the present one now, and each later one when it begins. */
export function eachForm(program: Running, seen: (form: Running) => void): void {
  if (program.eachForm === undefined) seen(program);
  else program.eachForm(seen);
}
