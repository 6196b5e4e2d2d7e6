import { HarnessError, messageOf } from '../../errors.js';
import type { Running } from '../../processes/running.js';
import { until } from '../../processes/wait.js';
import { checkedNodes } from './checked-nodes.js';
import { PROXY } from './started-proxy.js';

interface ReadyProxyRequest {
  nodes: readonly unknown[];
  running: Pick<Running, 'logFile'>;
  /** The path of its socket. */
  socket: string;
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * Waits until the checks of a proxy have found every node ready.
 * Errors: CLUSTER, with what each check found last; the signal's reason when aborted.
 */
export async function findsAllReady({
  nodes,
  running,
  socket,
  timeoutMs,
  signal,
}: ReadyProxyRequest): Promise<void> {
  let said = 'no answer';
  const ready = await until(
    async () => {
      try {
        const checked = await checkedNodes(socket);
        said = checked.map(({ name, found }) => `${name} ${found}`).join('; ');
        return (checked.length === nodes.length && checked.every((one) => one.ready)) || undefined;
      } catch (error) {
        said = messageOf(error);
        return undefined;
      }
    },
    { timeoutMs, everyMs: 100, signal },
  );
  if (ready !== undefined) return;
  throw new HarnessError(
    'CLUSTER',
    `${PROXY} did not find all nodes ready within ${timeoutMs / 1_000} s: ${said}`,
    { hint: `its log is ${running.logFile}; cluster.startTimeoutMs gives a slow machine more time` },
  );
}
