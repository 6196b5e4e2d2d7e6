import { spawn } from 'node:child_process';

export interface ChildOptions {
  /** Ends the child and everything it started. */
  signal?: AbortSignal | undefined;
  /** Added to this process's environment. */
  environment?: Record<string, string>;
  cwd?: string;
  /** File descriptors that the child gets as 3, 4, …, such as that of a lock which the child then holds too. */
  inherit?: readonly number[];
  /** Called for every whole line of the child's output, from both streams. */
  onLine?: (line: string) => void;
}

export interface ChildResult {
  /** Undefined when a signal ended it. */
  code: number | undefined;
  /** The last 4 million characters of standard output. */
  stdout: string;
  stderr: string;
}

const KEPT_CHARACTERS = 4_000_000;
const GRACE_MS = 3_000;

/**
 * Runs a program to its end, without a shell and with the C locale. Any exit code is a result. Rejects when the
 * program can't be started (with the system's error) or was aborted (with `signal.reason`, after the child has
 * ended).
 *
 * The child leads a process group of its own: a Ctrl-C reaches this process alone, and this process then ends the
 * child.
 */
export function runChild(
  program: string,
  args: readonly string[],
  options: ChildOptions = {},
): Promise<ChildResult> {
  const { signal, onLine } = options;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      detached: true,
      env: { ...process.env, LC_ALL: 'C', LANGUAGE: 'C', ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe', ...(options.inherit ?? [])],
    });
    const endGroup = (how: NodeJS.Signals) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, how);
      } catch {
        // it has ended
      }
    };
    let forced: NodeJS.Timeout | undefined;
    const abort = () => {
      endGroup('SIGTERM');
      forced = setTimeout(() => endGroup('SIGKILL'), GRACE_MS);
    };
    signal?.addEventListener('abort', abort, { once: true });

    const collect = (stream: NodeJS.ReadableStream | null): { text: string } => {
      const collected = { text: '' };
      let rest = '';
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        collected.text = (collected.text + chunk).slice(-KEPT_CHARACTERS);
        if (onLine === undefined) return;
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        lines.forEach((line) => onLine(line));
      });
      return collected;
    };
    const stdout = collect(child.stdout);
    const stderr = collect(child.stderr);
    const settle = () => {
      clearTimeout(forced);
      signal?.removeEventListener('abort', abort);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code) => {
      settle();
      if (signal?.aborted === true) reject(signal.reason as Error);
      else resolve({ code: code ?? undefined, stdout: stdout.text, stderr: stderr.text });
    });
  });
}

/** The last words of a failed child: of its error stream, or else of its output. Without any, how the child ended. */
export function lastWords(result: ChildResult): string {
  for (const text of [result.stderr, result.stdout]) {
    const line = text.trimEnd().split('\n').at(-1)?.trim();
    if (line !== undefined && line !== '') return line;
  }
  return result.code === undefined ? 'it was killed' : `exit code ${result.code}`;
}
