import { rmSync } from 'node:fs';
import { HarnessError } from '../../errors.js';
import { findDeadRuns } from '../../processes/live-directory.js';
import { isRunning } from '../../processes/process-id.js';
import { until } from '../../processes/wait.js';
import { ownCommand } from '../../tool.js';

/** How long a killed process may take to end. A process that waits for its disk can need seconds. */
const GONE_WITHIN_MS = 10_000;

/**
 * Ends the processes of runs whose harness no longer runs, and removes their live directories. A process is ended
 * only if its process id *and* its start time are those that the run wrote down.
 * Errors: INTERNAL where a process does not end.
 */
export async function endDeadRuns(base?: string): Promise<{ path: string; processes: number }[]> {
  const ended = [];
  for (const { path, survivors } of findDeadRuns(base)) {
    for (const { pid } of survivors) process.kill(pid, 'SIGKILL');
    const gone = await until(() => (survivors.some(isRunning) ? undefined : true), {
      timeoutMs: GONE_WITHIN_MS,
      signal: new AbortController().signal,
    });
    if (gone === undefined) {
      throw new HarnessError('INTERNAL', `processes of ${path} still run after SIGKILL`, {
        hint: `look at them with \`ps\`; \`${ownCommand('clean')}\` can be run again`,
      });
    }
    rmSync(path, { recursive: true, force: true });
    ended.push({ path, processes: survivors.length });
  }
  return ended;
}
