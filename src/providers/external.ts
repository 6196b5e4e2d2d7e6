import { joinExternalCluster } from '../cluster/external/join.js';
import type { StartedCluster } from '../cluster/started-cluster.js';
import { HarnessError } from '../errors.js';
import { findExternalServers } from '../kea/external.js';
import type { StartedServer } from '../kea/started-server.js';
import { releaseOwnLeases, requireFreshSeed } from './own-leases.js';
import type { Provider, StartedSystem, StartRequest } from './provider.js';
import { ownCommand } from '../tool.js';
import { traitsOf } from '../scenario/flavors.js';

/**
 * Uses nodes and servers that someone else runs. Nothing is started or ended, and only the servers themselves write.
 */
export const EXTERNAL: Provider = {
  async prepare(scenario) {
    const { external, cases, cluster } = scenario;
    if (external === undefined) throw new HarnessError('INTERNAL', 'no external block');
    const nodes = await joinExternalCluster(external, cluster.flavor);
    const servers = await findExternalServers(external, cases);
    return {
      versions: {
        kea: servers[0]?.version ?? '',
        database: nodes.version,
        wsrepProvider: nodes.wsrepProvider,
      },
      start: (request) => takeOver(request, nodes, servers),
    };
  },
};

async function takeOver(
  { scenario, seed, cleanup, say }: StartRequest,
  cluster: StartedCluster,
  servers: StartedServer[],
): Promise<StartedSystem> {
  const replicated = traitsOf(scenario.cluster.flavor).sharesLeases;
  const own = { cases: scenario.cases, seed, nodes: cluster.nodes, servers, replicated };
  await requireFreshSeed(own);
  if (scenario.external?.release === true) {
    cleanup.push("the run's leases", async () => {
      const { released, left } = await releaseOwnLeases(own);
      say(`${released} leases released`);
      if (left > 0) {
        throw new Error(
          `${left} are still there; \`${ownCommand('clean --external RUN-DIRECTORY')}\` tries again`,
        );
      }
    });
  }
  say(
    `${cluster.version}: ${cluster.nodes.length} nodes and ${servers.length} servers that someone else runs, all reachable and readable`,
  );
  return { cluster, servers, kept: { where: 'the servers that someone else runs, unchanged', commands: [] } };
}
