import { HarnessError } from '../errors.js';
import { whileAllRun } from '../processes/guard.js';
import { ManagedProcess } from '../processes/managed-process.js';
import { until } from '../processes/wait.js';
import { HOLDER, isHolder } from './namespaces.js';
import type { PrivateNetworkRequest } from './request.js';

/** Starts a process that holds a namespace, and waits until it does. Errors: PREREQUISITE. */
export async function hold(
  name: string,
  enter: readonly string[],
  request: PrivateNetworkRequest,
): Promise<ManagedProcess> {
  const holder = begin(name, enter, request);
  await holding([holder], request);
  return holder;
}

/** Starts a process that holds a namespace. */
export function begin(
  name: string,
  enter: readonly string[],
  { live, logFile, keep, programs, cleanup }: PrivateNetworkRequest,
): ManagedProcess {
  const holder = ManagedProcess.start({
    ...HOLDER,
    name: `the namespace of ${name}`,
    enter,
    env: programs.environment,
    cwd: live.path,
    logFile,
    outlivesHarness: keep,
  });
  live.register(holder.id);
  cleanup.push(holder.name, () => holder.stop('SIGKILL'));
  return holder;
}

/** Waits until the processes hold their namespaces. Errors: PREREQUISITE. */
export async function holding(
  holders: readonly ManagedProcess[],
  { timeoutMs, signal }: PrivateNetworkRequest,
): Promise<void> {
  const allHold = () => holders.every(({ id }) => isHolder(id.pid)) || undefined;
  const held = await whileAllRun('PREREQUISITE', holders, signal, (signal) =>
    until(allHold, { timeoutMs, everyMs: 2, signal }),
  );
  if (held === undefined)
    throw new HarnessError('PREREQUISITE', 'the namespaces of the private network were not made in time');
}
