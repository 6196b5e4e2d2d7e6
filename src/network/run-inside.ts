import { HarnessError } from '../errors.js';
import { lastLinesOf } from '../processes/managed-process.js';
import { runToEnd } from '../processes/run-to-end.js';
import type { PrivateNetworkRequest } from './request.js';

/** Gives a program its commands in a namespace, after the settings. Errors: PREREQUISITE. */
export async function runInside(
  { programs, live, logFile, signal }: PrivateNetworkRequest,
  enter: readonly string[],
  program: readonly string[],
  commands: string,
  settings: readonly (readonly [file: string, value: string])[] = [],
): Promise<void> {
  const { environment: env } = programs;
  // A kernel without IPv6 has no settings of IPv6.
  const set = settings.map(([file, value]) => `[ ! -e ${file} ] || echo ${value} > ${file}`).join('\n');
  const code = await runToEnd(
    {
      command: '/bin/sh',
      args: ['-ec', `${set}\nexec "$0" "$@"`, ...program],
      enter,
      env,
      cwd: live.path,
      logFile,
      signal,
    },
    commands,
  );
  if (code === 0) return;
  throw new HarnessError(
    'PREREQUISITE',
    ["the private network can't be made or changed", ...lastLinesOf(logFile, 5)].join('\n  '),
    { hint: `the log is in ${logFile}` },
  );
}
