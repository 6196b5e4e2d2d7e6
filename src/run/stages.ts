import { flavorOf } from '../cluster/flavors/select.js';
import { startLocalCluster } from '../cluster/local/start.js';
import type { StartedCluster } from '../cluster/model.js';
import { HarnessError } from '../errors.js';
import type { StartedServer } from '../kea/model.js';
import { startKeaServers } from '../kea/start.js';
import type { Programs } from '../packages/programs.js';
import type { Cleanup } from '../processes/cleanup.js';
import { LiveDirectory } from '../processes/live-directory.js';
import { PortBlock } from '../processes/port-block.js';
import { unprivilegedUser } from '../processes/unprivileged-user.js';
import { serversOf, type Scenario } from '../scenario/schema.js';
import type { RunDirectory } from './run-directory.js';

export interface StageRequest {
  scenario: Scenario;
  programs: Programs;
  directory: RunDirectory;
  keep: boolean;
  signal: AbortSignal;
  cleanup: Cleanup;
  /** Tells what is done next, and what has come of it. */
  say: (text: string) => void;
}

/** What a scenario's load needs, up and ready. */
export interface StartedSystem {
  cluster: StartedCluster;
  servers: StartedServer[];
  live: LiveDirectory;
}

/**
 * Brings up cluster and servers, each on `cleanup` from the moment it exists.
 * Errors: CLUSTER, KEA, PREREQUISITE, STORAGE; the signal's reason when aborted.
 */
export async function startSystem(request: StageRequest): Promise<StartedSystem> {
  const { scenario, directory, cleanup, keep, say } = request;
  const runAs = unprivilegedUser(scenario.cluster.user);
  const live = LiveDirectory.create(runAs);
  // What --keep leaves up it leaves once all of it is up; a part is of no use to anybody.
  let isKept = false;
  const unlessKept: Pick<Cleanup, 'push'> = {
    push: (what, close) => cleanup.push(what, () => (isKept ? undefined : close())),
  };
  unlessKept.push('the live directory', () => live.remove());
  const ports = await PortBlock.reserve();
  cleanup.push('the ports', () => ports.release());
  const common = { ...request, cleanup: unlessKept, live, ports, runAs, logDirectory: directory.logs };

  const { nodes, settings, startTimeoutMs } = scenario.cluster;
  const flavor = flavorOf(scenario.cluster.flavor);
  say(`Starting ${flavor.describe(nodes)}…`);
  const clusterBegun = performance.now();
  const cluster = await startLocalCluster({ ...common, flavor, nodes, settings, timeoutMs: startTimeoutMs });
  say(
    `MariaDB ${cluster.version}: ${flavor.describe(nodes)}, ready and checked after ${seconds(clusterBegun)} s`,
  );

  const servers = [...serversOf(scenario)];
  const serversBegun = performance.now();
  const started = await startKeaServers({
    ...common,
    cluster,
    cases: scenario.cases,
    servers,
    timeoutMs: scenario.kea.startTimeoutMs,
  });
  const [first] = started;
  if (first === undefined) throw new HarnessError('INTERNAL', 'no servers');
  say(`Kea ${first.version}: ${started.length} servers ready after ${seconds(serversBegun)} s`);
  isKept = keep;
  return { cluster, servers: started, live };
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(1);
}
