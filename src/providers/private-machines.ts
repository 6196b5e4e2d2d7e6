import { PROXY } from '../cluster/proxy/started-proxy.js';
import { CLIENTS } from '../faults/links.js';
import { serverName } from '../kea/start.js';
import { clientLink, mainLink, type Machine } from '../network/machine.js';
import { serversOf, type Scenario } from '../scenario/schema.js';

/** The groups of machines. Each case's servers are a group of their own, from {@link GROUPS}.servers on. */
const GROUPS = { clients: 1, nodes: 2, proxy: 3, servers: 16 };

/**
 * The machines of a scenario on a private network: one for each node, each server of each case and the proxy, and one for
 * all clients. Servers of a case don't share a machine with others, as two kea-dhcp6 can't share port 547 of a link.
 */
export function machinesOf(scenario: Scenario): Machine[] {
  const { cluster, cases, kea, load } = scenario;
  const nodes = Array.from({ length: cluster.nodes }, (_, index) =>
    machine(`node-${index + 1}`, GROUPS.nodes, index + 1),
  );
  const servers = cases.flatMap((kind, group) =>
    serversOf(scenario).map((_, index) => {
      const number = index + 1;
      return machine(serverName({ kind, number }), GROUPS.servers + group, number);
    }),
  );
  return [
    machine(CLIENTS, GROUPS.clients, 1, Math.max(1, load.relays)),
    ...nodes,
    ...(kea.proxy === undefined ? [] : [machine(PROXY, GROUPS.proxy, 1)]),
    ...(load.relays > 0
      ? servers
      : withClientsBeside(servers, load.fanout === 'all' ? serversOf(scenario).length : 1)),
  ];
}

/** The number of the clients on each link, beside the servers from 1 on. */
const CLIENTS_NUMBER = 254;

/**
 * Gives the servers a second link, and each of these links a machine with its clients.
 *
 * @param together how many servers, one after the other in the list, share a link
 */
function withClientsBeside(servers: readonly Machine[], together: number): Machine[] {
  const segmentOf = (index: number): number => 1 + Math.floor(index / together);
  const segments = Array.from({ length: segmentOf(servers.length - 1) }, (_, index) => index + 1);
  return [
    ...servers.map(({ name, links: [main] }, index) => ({
      name,
      links: [main, clientLink('eth1', segmentOf(index), 1 + (index % together))] as const,
    })),
    ...segments.map((segment): Machine => {
      const [first] = servers.filter((_, index) => segmentOf(index) === segment);
      const link = { ...clientLink('eth0', segment, CLIENTS_NUMBER), isDefault: true };
      return { name: `clients of ${first?.name ?? ''}`, links: [link] };
    }),
  ];
}

function machine(name: string, ...at: Parameters<typeof mainLink>): Machine {
  return { name, links: [mainLink(...at)] };
}
