import { PROXY } from '../cluster/proxy/started-proxy.js';
import { CLIENTS } from '../faults/links.js';
import { serverName } from '../kea/start.js';
import { machineOf, type Machine } from '../network/machine.js';
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
    machineOf(`node-${index + 1}`, GROUPS.nodes, index + 1),
  );
  const servers = cases.flatMap((kind, group) =>
    serversOf(scenario).map((_, index) => {
      const number = index + 1;
      return machineOf(serverName({ kind, number }), GROUPS.servers + group, number);
    }),
  );
  return [
    machineOf(CLIENTS, GROUPS.clients, 1, load.relays),
    ...nodes,
    ...(kea.proxy === undefined ? [] : [machineOf(PROXY, GROUPS.proxy, 1)]),
    ...servers,
  ];
}
