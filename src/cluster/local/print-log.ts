import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { commandLine } from '../../processes/command-line.js';
import type { RunAs } from '../../processes/unprivileged-user.js';
import { PRINT_ARGUMENTS, type CommitLog } from '../commit-log.js';

export interface Printer {
  /** The path of mariadb-binlog(1) or mysqlbinlog(1). */
  command: string;
  env: Readonly<Record<string, string>>;
  runAs: RunAs | undefined;
}

/** Prints files of binary logs with a program that is killed when the signal is aborted, and when the harness ends. */
export function printLocally({ command, env, runAs }: Printer): CommitLog['print'] {
  return async (log, line, signal) => {
    const { file, args, user } = commandLine({ command, args: [...PRINT_ARGUMENTS, log], runAs });
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'], signal, ...user });
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
  };
}
