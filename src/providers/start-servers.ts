import type { StartedCluster } from '../cluster/started-cluster.js';
import { HarnessError } from '../errors.js';
import type { StartedServer } from '../kea/started-server.js';
import { startKeaServers, type KeaServersRequest } from '../kea/start.js';
import { serversOf } from '../scenario/schema.js';
import type { StartRequest } from './provider.js';

/**
 * Starts the scenario's servers with `launch`, and says how long that took.
 * Errors: KEA, PREREQUISITE; the signal's reason when aborted.
 */
export async function startServers(
  { scenario, signal, say, clusterReady }: Pick<StartRequest, 'scenario' | 'signal' | 'say' | 'clusterReady'>,
  cluster: StartedCluster,
  launch: KeaServersRequest['launch'],
): Promise<StartedServer[]> {
  clusterReady();
  const begun = performance.now();
  const servers = await startKeaServers({
    cluster,
    cases: scenario.cases,
    servers: serversOf(scenario),
    launch,
    timeoutMs: scenario.kea.startTimeoutMs,
    signal,
  });
  const [first] = servers;
  if (first === undefined) throw new HarnessError('INTERNAL', 'no servers');
  say(`Kea ${first.version}: ${servers.length} servers ready after ${secondsSince(begun)} s`);
  return servers;
}

/** @param begun a value of `performance.now()` */
export function secondsSince(begun: number): string {
  return ((performance.now() - begun) / 1_000).toFixed(1);
}
