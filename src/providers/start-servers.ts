import type { StartedCluster } from '../cluster/started-cluster.js';
import { HarnessError } from '../errors.js';
import { settingsOf } from '../kea/configuration.js';
import type { StartedServer } from '../kea/started-server.js';
import { startKeaServers, type KeaServersRequest } from '../kea/start.js';
import { serversOf } from '../scenario/schema.js';
import type { StartRequest } from './provider.js';
import { reserveLeases } from './reserve-leases.js';

/**
 * Starts the scenario's servers with `launch`, and says how long that took.
 * Errors: KEA, PREREQUISITE; the signal's reason when aborted.
 */
export async function startServers(
  {
    scenario,
    seed,
    listed,
    signal,
    say,
    clusterReady,
  }: Pick<StartRequest, 'scenario' | 'seed' | 'listed' | 'signal' | 'say' | 'clusterReady'>,
  cluster: StartedCluster,
  launch: KeaServersRequest['launch'],
  versions?: KeaServersRequest['versions'],
): Promise<StartedServer[]> {
  clusterReady();
  const perMachine = scenario.load.identitiesPerMachine;
  await reserveLeases(scenario, cluster.nodes, { seed, listed, perMachine });
  const begun = performance.now();
  const servers = await startKeaServers({
    cluster,
    cases: scenario.cases,
    servers: serversOf(scenario).map((server) => ({ ...server, settings: settingsOf(scenario, server) })),
    launch,
    versions,
    timeoutMs: scenario.kea.startTimeoutMs,
    signal,
  });
  if (servers.length === 0) throw new HarnessError('INTERNAL', 'no servers');
  say(
    `Kea ${versionsOf(servers)}: ${servers.length} ${servers.length === 1 ? 'server' : 'servers'} ready after ${secondsSince(begun)} s`,
  );
  return servers;
}

/** The versions of the servers, such as `2.2.0`, or `2.2.0, 2.6.3` where they differ. */
export function versionsOf(servers: readonly Pick<StartedServer, 'version'>[]): string {
  return [...new Set(servers.map(({ version }) => version))].join(', ');
}

/** @param begun a value of `performance.now()` */
export function secondsSince(begun: number): string {
  return ((performance.now() - begun) / 1_000).toFixed(1);
}
