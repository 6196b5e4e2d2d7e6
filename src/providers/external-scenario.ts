import { familyOf, type CaseKind } from '../protocol/cases.js';
import { stringify } from 'yaml';
import type { StartedCluster } from '../cluster/started-cluster.js';
import type { StartedServer } from '../kea/started-server.js';
import { PASSWORD_VARIABLE } from '../scenario/schema/external.js';
import type { Scenario } from '../scenario/schema.js';

/**
 * A scenario that drives what `--keep` has left up, as if someone else ran it. It also serves as a pattern for a
 * scenario for servers of one's own, with addresses that work.
 */
export function keptScenario(
  { name, cases, cluster }: Scenario,
  { nodes }: Pick<StartedCluster, 'nodes'>,
  servers: readonly StartedServer[],
): string {
  const [first] = nodes;
  const scenario = {
    name: `${name}-kept`,
    description: `What run ${name} --keep left up, from outside`,
    cluster: { provider: 'external', flavor: cluster.flavor, nodes: nodes.length },
    cases,
    load: { ratePerServer: 10, clientsPerServer: 30, collectOffersMs: 10 },
    external: {
      consent: servers.some(({ address }) => !['127.0.0.1', '::1'].includes(address)),
      nodes: nodes.map(({ admin }) => ({ host: admin.host, port: admin.port })),
      user: first?.admin.user,
      database: first?.admin.database,
      servers: serverEntries(nodes, cases, servers),
      subnets: Object.fromEntries(cases.map((kind) => [kind, subnetOf(servers, kind)])),
    },
  };
  return `# Run it with the database password in ${PASSWORD_VARIABLE}.\n${stringify(scenario)}`;
}

function serverEntries(
  nodes: StartedCluster['nodes'],
  cases: Scenario['cases'],
  servers: readonly StartedServer[],
): object[] {
  const ofCase = (kind: string): readonly StartedServer[] => servers.filter((server) => server.kind === kind);
  return ofCase(cases[0] ?? '').map(({ node }, index) => ({
    node: 1 + nodes.findIndex(({ name }) => name === node),
    ...Object.fromEntries(
      cases.map((kind) => {
        const { address, port, relay, controlAt } = ofCase(kind)[index] as StartedServer;
        return [
          kind,
          {
            address,
            port,
            relay: relay.address,
            replyPort: relay.port,
            ...(controlAt === undefined ? {} : { control: controlAt }),
          },
        ];
      }),
    ),
  }));
}

function subnetOf(servers: readonly StartedServer[], kind: CaseKind): object | undefined {
  const subnet = servers.find((server) => server.kind === kind)?.subnets[0];
  if (subnet === undefined) return undefined;
  const { id, relayAddress, pool, prefixPool } = subnet;
  return {
    id,
    ...(familyOf(kind) === 4 ? {} : { linkAddress: relayAddress }),
    ...(pool && { pool }),
    ...(prefixPool && { prefixPool }),
  };
}
