import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';

export interface HarnessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface HarnessSpec {
  command: string;
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** The user to run it as; only for root. */
  runAs?: { uid: number; gid: number } | undefined;
}

/** The built command line as a child process, with its output stored. */
export class HarnessProcess {
  readonly ended: Promise<HarnessEnd>;
  readonly #child: ChildProcess;
  #stdout = '';
  #stderr = '';
  #end: HarnessEnd | undefined;
  readonly #changes = new EventEmitter();

  constructor({ command, args, cwd, env, runAs }: HarnessSpec) {
    this.#child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], ...runAs });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
      this.#changes.emit('change');
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
      this.#changes.emit('change');
    });
    this.ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (code, signal) => {
        this.#end = { code, signal };
        this.#changes.emit('change');
        resolve(this.#end);
      });
    });
  }

  /** The exit code, once the process has ended by itself. */
  get code(): number | null {
    return this.#end?.code ?? null;
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('the harness could not be started');
    return this.#child.pid;
  }

  get running(): boolean {
    return this.#end === undefined;
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  get output(): string {
    return this.#stderr + this.#stdout;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Waits until the output matches. Fails with the whole output if the harness ends before. */
  async said(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.output)) {
      if (!this.running) throw new Error(`ended without saying ${String(pattern)}:\n${this.output}`);
      await once(this.#changes, 'change');
    }
  }

  /** Waits until the load is under way: something has been sent. */
  loadBegan(): Promise<void> {
    return this.said(/\d+ sent /);
  }
}
