import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { HarnessError } from '../errors.js';
import { commandLine } from './command-line.js';
import type { ProcessSpec } from './managed-process.js';

/** A program that ends by itself. */
export interface ShortProgram extends Omit<ProcessSpec, 'name' | 'outlivesHarness'> {
  /** Ends the program, and what it started, when it is aborted. */
  signal: AbortSignal;
}

/**
 * Runs a program to its end. The kernel kills it when the harness dies.
 *
 * @param input its standard input: a text, or a stream that is read to its end
 * @returns its exit code; null where a signal ended it
 * @throws the signal's reason when aborted; what the input throws; the error of a program that can't be executed
 */
export async function runToEnd(
  { env, cwd, logFile, signal, ...starting }: ShortProgram,
  input: string | NodeJS.ReadableStream = '',
): Promise<number | null> {
  const log = openSync(logFile, 'a', 0o600);
  const { file, args, user } = commandLine(starting);
  const child = spawn(file, args, { env, cwd, stdio: ['pipe', log, log], detached: true, ...user });
  closeSync(log);
  // The child leads a process group of its own. Killing the group also ends what the child started.
  const stopNow = (): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL');
  };
  const { stdin } = child;
  if (stdin === null) throw new HarnessError('INTERNAL', `${starting.command} has no standard input`);
  signal.addEventListener('abort', stopNow);
  if (signal.aborted) stopNow();
  try {
    // A program that dies at once closes the pipe that is being written to. Its exit code and log say why it died.
    stdin.on('error', () => undefined);
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
      if (typeof input === 'string') {
        stdin.end(input);
      } else {
        input.once('error', reject);
        input.pipe(stdin);
      }
    });
    signal.throwIfAborted();
    return code;
  } finally {
    signal.removeEventListener('abort', stopNow);
  }
}
