import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { commandLine } from '../../processes/command-line.js';
import type { CommitLog } from '../../cluster/commit-log.js';

/**
 * Prints a file of a binary log, and gives each line to `line`, in Latin-1. The program is killed when the signal is
 * aborted, and when the harness ends.
 *
 * @returns what the program complained of; undefined where it printed the whole file
 */
export async function printCommits(
  { command, env, runAs }: CommitLog['printer'],
  file: string,
  line: (text: string) => void,
  signal: AbortSignal,
): Promise<string | undefined> {
  const args = ['--no-defaults', '--base64-output=decode-rows', '--verbose', file];
  const { file: program, args: words, user } = commandLine({ command, args, runAs });
  const child = spawn(program, words, { env, stdio: ['ignore', 'pipe', 'pipe'], signal, ...user });
  const complaints: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  // Whoever waits for the lines first learns of a failure then.
  ended.catch(() => undefined);
  child.stdout.setEncoding('latin1');
  for await (const text of createInterface({ input: child.stdout, crlfDelay: Infinity })) line(text);
  const code = await ended;
  signal.throwIfAborted();
  return code === 0 ? undefined : complaints.join('').trim() || `exit code ${code ?? 'of a signal'}`;
}
