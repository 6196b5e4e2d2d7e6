import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HarnessError } from '../errors.js';
import { commandLine, type Starting } from './command-line.js';
import type { Ending } from './ending.js';
import { identifyChild, type ProcessId } from './process-id.js';
import type { Running } from './running.js';
import { ownCommand } from '../tool.js';

export interface ProcessSpec extends Starting {
  /** The name in reports, such as `node-1` or `dhcp4 server-2`. */
  name: string;
  env: Readonly<Record<string, string>>;
  cwd: string;
  /**
   * Takes both output streams. The harness opens the file, so the process needs no access to the file's directory.
   */
  logFile: string;
  /** Whether the process goes on when the harness ends (`--keep`). */
  outlivesHarness?: boolean;
}

export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/**
 * A long-running program that the harness started. It has a session of its own, so a Ctrl-C at the terminal reaches
 * only the harness, which then ends the program. Unless the program is to be kept, it dies with the harness. What the
 * program started in its process group ends with it: the scripts of a state transfer outlive a node for minutes.
 */
export class ManagedProcess implements Running {
  readonly name: string;
  readonly logFile: string;
  readonly id: ProcessId;
  /** Settles when the process has ended, asked or not. */
  readonly ended: Promise<ProcessEnd>;
  #end: ProcessEnd | undefined;
  #asked = false;
  #frozen = false;
  readonly #child: ChildProcess;

  private constructor(spec: ProcessSpec, child: ChildProcess, id: ProcessId, ended: Promise<ProcessEnd>) {
    this.name = spec.name;
    this.logFile = spec.logFile;
    this.id = id;
    this.#child = child;
    this.ended = ended.then((end) => (this.#end = end));
  }

  /** Starts the program. Errors: PREREQUISITE where it can't be executed. */
  static start(spec: ProcessSpec): ManagedProcess {
    // Without this check setpriv would start all the same, and end with 127.
    if (!isExecutable(spec.command, spec.env['PATH'] ?? '')) throw cannotStart(spec);
    const log = openSync(spec.logFile, 'a', 0o600);
    const { file, args, user } = commandLine(spec, spec.outlivesHarness !== true);
    const child = spawn(file, args, {
      env: spec.env,
      cwd: spec.cwd,
      stdio: ['ignore', log, log],
      detached: true,
      ...user,
    });
    closeSync(log);
    const ended = new Promise<ProcessEnd>((resolve) => {
      child.once('exit', (code, signal) => {
        endGroupOf(child);
        resolve({ code, signal });
      });
      child.once('error', () => resolve({ code: 127, signal: null }));
    });
    const id = child.pid === undefined ? null : identifyChild(child.pid);
    if (id === null) throw cannotStart(spec);
    if (spec.outlivesHarness === true) child.unref();
    return new ManagedProcess(spec, child, id, ended);
  }

  get running(): boolean {
    return this.#end === undefined;
  }

  /** True once the harness itself has asked this process to end. One that had ended by then was not asked. */
  get asked(): boolean {
    return this.#asked;
  }

  /** How it ended, in words; undefined while it runs. */
  get how(): string | undefined {
    if (this.#end === undefined) return undefined;
    return this.#end.signal === null ? `exit code ${this.#end.code ?? 0}` : `signal ${this.#end.signal}`;
  }

  get ending(): Ending | undefined {
    if (this.#end === undefined) return undefined;
    const { code, signal } = this.#end;
    return signal === null ? { exitCode: code ?? 0 } : { signal };
  }

  /** Halts the process where it stands (SIGSTOP). */
  freeze(): void {
    if (this.running) this.#frozen = this.#child.kill('SIGSTOP');
  }

  /** Lets a frozen process go on. */
  thaw(): void {
    this.#frozen = false;
    if (this.running) this.#child.kill('SIGCONT');
  }

  /** Ends the process and waits until it is gone: `signal` first, SIGKILL after `graceMs`. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', graceMs = 3_000): Promise<void> {
    if (!this.running) return;
    this.#asked = true;
    this.#child.kill(signal);
    // A frozen process acts on no signal but SIGKILL.
    if (this.#frozen) this.thaw();
    const timer = new AbortController();
    const late = sleep(graceMs, 'late' as const, { signal: timer.signal }).catch(() => 'late' as const);
    if ((await Promise.race([this.ended, late])) === 'late') this.#child.kill('SIGKILL');
    timer.abort();
    await this.ended;
  }

  /** The last lines that the process wrote, for an error message. */
  lastLines(count = 12): string[] {
    return lastLinesOf(this.logFile, count);
  }
}

/** Kills what a program that has just ended left in the process group that it led. */
function endGroupOf({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing is left: ESRCH.
  }
}

/** How many bytes at a log's end are searched for its last lines. */
const TAIL_BYTES = 64 * 1024;

/** A configuration that Kea quotes in its objections has the password of its database. */
const PASSWORD = /("password"\s*:\s*)"(?:[^"\\]|\\.)*"/g;

/** The last lines of a file, without passwords; none for a file that is empty or can't be read. */
export function lastLinesOf(file: string, count: number): string[] {
  const text = tailOf(file).trimEnd().replaceAll(PASSWORD, '$1"…"');
  return text === '' ? [] : text.split('\n').slice(-count);
}

function tailOf(file: string): string {
  let log: number | undefined;
  try {
    log = openSync(file, 'r');
    const { size } = fstatSync(log);
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
    return tail.toString('utf8', 0, readSync(log, tail, 0, tail.length, size - tail.length));
  } catch {
    return '';
  } finally {
    if (log !== undefined) closeSync(log);
  }
}

function isExecutable(command: string, path: string): boolean {
  const places = command.includes('/')
    ? [command]
    : path.split(delimiter).map((directory) => join(directory, command));
  return places.some((place) => {
    try {
      accessSync(place, constants.X_OK);
      return statSync(place).isFile();
    } catch {
      return false;
    }
  });
}

function cannotStart({ name, command }: ProcessSpec): HarnessError {
  return new HarnessError('PREREQUISITE', `${name}: ${command} can't be started`, {
    hint: `setpriv (package util-linux) must be on PATH and the program executable; \`${ownCommand('doctor')}\` shows both`,
  });
}
