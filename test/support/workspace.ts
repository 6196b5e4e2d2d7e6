import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { HarnessProcess, type HarnessSpec } from './harness-process.js';
import { LiveDirectory } from './live.js';
import { processesOf } from './processes.js';
import { SMALL_SCENARIO } from './small-scenario.js';
import { socketsInBlockOf, stillBound } from './sockets.js';
import { eventually } from './wait.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** The command line of the built `kea-lease-conformance ARGS`. */
export function commandLine(args: readonly string[]): string[] {
  return [process.execPath, CLI, ...args];
}

/** With a longer path, the harness would put its live directories elsewhere. */
const LONGEST_BASE = 40;

type StartOptions = Partial<Pick<HarnessSpec, 'env' | 'runAs'>>;

/**
 * A working directory and a TMPDIR of a test's own. By its path alone, what a run leaves behind can be told from
 * other files on the machine.
 */
export class Workspace {
  readonly path: string;
  readonly #started: HarnessProcess[] = [];
  #inodes: string[] = [];

  constructor() {
    const base = tmpdir().length <= LONGEST_BASE ? tmpdir() : '/tmp';
    this.path = mkdtempSync(join(base, 'klt-'));
    // If the tests run as root, the servers run as another user, who must be able to enter.
    for (const directory of [this.path, this.cwd, this.tmp]) {
      mkdirSync(directory, { recursive: true });
      chmodSync(directory, 0o755);
    }
    writeFileSync(join(this.cwd, 'small.yaml'), SMALL_SCENARIO);
  }

  get cwd(): string {
    return join(this.path, 'cwd');
  }

  get tmp(): string {
    return join(this.path, 'tmp');
  }

  /** Gives the files of the workspace to a user. */
  handOver({ uid, gid }: { uid: number; gid: number }): void {
    for (const path of [this.cwd, this.tmp, join(this.cwd, 'small.yaml')]) chownSync(path, uid, gid);
  }

  /** Starts `kea-lease-conformance ARGS`. */
  start(args: readonly string[], options: StartOptions = {}): HarnessProcess {
    return this.startCommand(commandLine(args), options);
  }

  /** Starts `kea-lease-conformance ARGS` and waits for its end. */
  async run(args: readonly string[]): Promise<HarnessProcess> {
    const harness = this.start(args);
    await harness.ended;
    return harness;
  }

  /** Starts a command that runs the harness in the end. */
  startCommand(
    [program = '', ...args]: readonly string[],
    { env, runAs }: StartOptions = {},
  ): HarnessProcess {
    const harness = new HarnessProcess({
      command: program,
      args,
      cwd: this.cwd,
      // The tests' own environment, without the variables that would add colours or redirect output.
      env: {
        ...process.env,
        NO_COLOR: undefined,
        FORCE_COLOR: undefined,
        GITHUB_STEP_SUMMARY: undefined,
        TERM: 'xterm',
        TMPDIR: this.tmp,
        ...env,
      },
      runAs,
    });
    this.#started.push(harness);
    return harness;
  }

  /** The live directories that exist now. */
  liveDirectories(): LiveDirectory[] {
    return readdirSync(this.tmp)
      .filter((name) => name.startsWith('klc-'))
      .map((name) => new LiveDirectory(join(this.tmp, name)));
  }

  /** The live directory of a running harness, once it exists. */
  async liveDirectoryOf(harness: HarnessProcess): Promise<LiveDirectory> {
    return eventually('the live directory of the run', () =>
      this.liveDirectories().find(({ owner }) => owner === harness.pid),
    );
  }

  /** Stores the present sockets of a run for `expectNothingLeft`. The run's nodes must be configured already. */
  noteSockets(live: LiveDirectory): string[] {
    const inodes = socketsInBlockOf(live.nodePort(1));
    this.#inodes.push(...inodes);
    return inodes;
  }

  /** Expects no process, no live directory and no socket: only what the runs were asked to leave. */
  expectNothingLeft(): void {
    expect(processesOf(this.path)).toEqual([]);
    expect(readdirSync(this.tmp)).toEqual([]);
    expect(stillBound(this.#inodes)).toEqual([]);
  }

  /** Ends what a failed test has left running, and removes all files. */
  async remove(): Promise<void> {
    const running = this.#started.filter((harness) => harness.running);
    for (const harness of running) harness.signal('SIGKILL');
    await Promise.all(running.map((harness) => harness.ended));
    if (readdirSync(this.tmp).length > 0) await this.run(['clean']);
    rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The text of every file below a directory, by path. */
  static textsBelow(directory: string): Map<string, string> {
    const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    return new Map(
      files.map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path, readFileSync(path, 'latin1')];
      }),
    );
  }
}
