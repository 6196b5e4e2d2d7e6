import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container, ContainerInspectInfo } from 'dockerode';
import type { Ending } from '../processes/ending.js';
import { lastLinesOf } from '../processes/managed-process.js';
import type { ProcessId } from '../processes/process-id.js';
import type { Incarnation } from '../processes/restartable.js';
import { unlessGone } from './failure.js';
import { processHere } from './process-here.js';
import { framesOf, textsOf } from './frames.js';

/** How long the rest of a log may take to arrive once its container has ended. */
const LAST_WORDS_MS = 2_000;

/**
 * A container at work. Its output is followed into a file of the run directory, so that its log is read there like
 * that of any process.
 */
export class RunningContainer implements Incarnation {
  readonly name: string;
  readonly logFile: string;
  readonly ended: Promise<unknown>;
  readonly #container: Container;
  readonly #following = new AbortController();
  #how: string | undefined;
  #ending: Ending | undefined;
  #asked = false;
  #frozen = false;

  private constructor(
    container: Container,
    name: string,
    logFile: string,
    readonly id: ProcessId | undefined,
  ) {
    this.#container = container;
    this.name = name;
    this.logFile = logFile;
    this.ended = this.#watch();
  }

  /** Starts a container that was made. Rejects with the engine's error. */
  static async start(container: Container, name: string, logFile: string): Promise<RunningContainer> {
    await container.start();
    return new RunningContainer(container, name, logFile, await mainProcess(container));
  }

  get asked(): boolean {
    return this.#asked;
  }

  get how(): string | undefined {
    return this.#how;
  }

  get ending(): Ending | undefined {
    return this.#ending;
  }

  lastLines(count = 12): string[] {
    return lastLinesOf(this.logFile, count);
  }

  /** Halts all processes of the container (`docker pause`). */
  async freeze(): Promise<void> {
    if (this.#how !== undefined) return;
    await this.#container.pause();
    this.#frozen = true;
  }

  /** Lets a frozen container go on. */
  async thaw(): Promise<void> {
    if (!this.#frozen) return;
    this.#frozen = false;
    await this.#container.unpause().catch(async (error: unknown) => {
      // Up to version 20.10 the engine refuses with status 500 where somebody else was faster. A container that is gone
      // is not frozen either.
      const seen = await this.#container.inspect().catch(() => undefined);
      if (seen?.State.Paused === true) throw error;
    });
  }

  /** Ends the container: `signal` first, SIGKILL after `graceMs`. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', graceMs = 3_000): Promise<void> {
    if (this.#how !== undefined) return;
    this.#asked = true;
    // A frozen container acts on no signal but SIGKILL.
    await this.thaw();
    await this.#container.kill({ signal }).catch(unlessGone);
    const timer = new AbortController();
    const late = sleep(graceMs, 'late' as const, { signal: timer.signal }).catch(() => 'late' as const);
    if ((await Promise.race([this.ended, late])) === 'late')
      await this.#container.kill({ signal: 'SIGKILL' }).catch(unlessGone);
    timer.abort();
    await this.ended;
  }

  /** Ends the container if need be, and removes it with the volumes of its own. */
  async remove(): Promise<void> {
    this.#asked ||= this.#how === undefined;
    await this.#container.remove({ force: true, v: true }).catch(unlessGone);
    await this.ended;
  }

  /** Leaves the container to itself: nobody waits for its end or follows its log any longer. */
  leave(): void {
    this.#asked = true;
    this.#following.abort();
  }

  /**
   * Runs a program in the container and returns its standard output. Rejects where the program ends with another code
   * than 0.
   */
  async run(command: readonly string[]): Promise<string> {
    const exec = await this.#container.exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true });
    const stream = await exec.start({});
    const output = await textsOf(stream);
    const { ExitCode: code } = await exec.inspect();
    if (code === 0) return output.stdout;
    throw new Error(
      `${command[0] ?? ''} in ${this.name}: ${output.stderr.trim() || `exit code ${code ?? '?'}`}`,
    );
  }

  async #watch(): Promise<void> {
    const followed = this.#follow().catch(() => undefined);
    const { signal } = this.#following;
    try {
      await this.#container.wait({ abortSignal: signal });
      const { State: state } = await this.#container.inspect();
      this.#how = howItEnded(state);
      this.#ending = endingOf(state);
    } catch (error) {
      // The container was left on purpose, or removed before it could be asked how it ended.
      this.#how = this.#asked ? 'removed' : `the engine no longer knows the container: ${String(error)}`;
      this.#ending = {};
    }
    const enough = new AbortController();
    await Promise.race([
      followed,
      sleep(LAST_WORDS_MS, undefined, { signal: enough.signal }).catch(() => undefined),
    ]);
    enough.abort();
    this.#following.abort();
    await followed;
  }

  /** Follows the log into the file. Resolves when the last line is in the file. */
  async #follow(): Promise<void> {
    const file = createWriteStream(this.logFile, { flags: 'a', mode: 0o600 });
    // A full disk loses lines of this log, as it would lose those of a process.
    file.on('error', () => undefined);
    try {
      const stream = await this.#container.logs({
        follow: true,
        stdout: true,
        stderr: true,
        abortSignal: this.#following.signal,
      });
      for await (const { data } of framesOf(stream)) file.write(data);
    } finally {
      file.end();
      if (!file.closed) await once(file, 'close');
    }
  }
}

/** The container's main process; undefined where the engine runs elsewhere, or the container has ended again. */
async function mainProcess(container: Container): Promise<ProcessId | undefined> {
  try {
    const { Id: id, State: state } = await container.inspect();
    return processHere(state.Pid, id);
  } catch {
    return undefined;
  }
}

/**
 * How a container ended, by its exit code. Codes above 128 are signals, as a shell's are (Docker manual, "docker
 * run", exit status).
 */
export function endingOf({ ExitCode: code }: Pick<ContainerInspectInfo['State'], 'ExitCode'>): Ending {
  const signal = Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0];
  return signal === undefined ? { exitCode: code } : { signal };
}

/** How a container ended, in the words of a process's end. */
export function howItEnded(state: Pick<ContainerInspectInfo['State'], 'ExitCode' | 'OOMKilled'>): string {
  const { signal } = endingOf(state);
  const how = signal === undefined ? `exit code ${state.ExitCode}` : `signal ${signal}`;
  return state.OOMKilled ? `${how}, out of memory` : how;
}
