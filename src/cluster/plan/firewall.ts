import { isIP, isIPv6 } from 'node:net';
import { STANDARD_PORTS } from '../flavors/flavor.js';
import { type ClusterPlan, type PackageSystem, type PlannedNode, type PlanPart } from './cluster-plan.js';
import { eachSystem, paragraph } from './parts.js';

/**
 * The ports that a node opens to the other nodes: for replication, both state transfers, and the check of a cluster
 * from any of its nodes.
 */
const FOR_NODES = [STANDARD_PORTS.client, STANDARD_PORTS.group, STANDARD_PORTS.ist, STANDARD_PORTS.sst];
const FOR_CLIENTS = [STANDARD_PORTS.client];

interface Rule {
  from: string;
  ports: readonly number[];
}

/** The firewall rules of a node: the other nodes must reach all its ports, the Kea servers only the client port. */
export function firewallParts({ nodes, keaHosts }: ClusterPlan, node: PlannedNode): PlanPart[] {
  const others = nodes.filter((other) => other !== node).map(({ host }) => host);
  const clients = keaHosts.filter((host) => host !== node.host && !others.includes(host));
  const rules = [
    ...others.map((from) => ({ from, ports: FOR_NODES })),
    ...clients.map((from) => ({ from, ports: FOR_CLIENTS })),
  ];
  if (rules.length === 0) return [];
  const byName = rules.some(({ from }) => isIP(from) === 0);
  return [
    paragraph(
      'Only if a firewall is in use. No other machine needs these ports.' +
        (byName ? ' The rules hold addresses: names are looked up once, now.' : ''),
    ),
    ...eachSystem((system) => [...rules.flatMap((rule) => RULES[system](rule)), ...AFTER[system]].join('\n')),
  ];
}

const RULES: Readonly<Record<PackageSystem, (rule: Rule) => string[]>> = {
  deb: ({ from, ports }) => [`ufw allow proto tcp from "${addressOf(from)}" to any port ${ports.join(',')}`],
  rpm: ({ from, ports }) =>
    ports.map(
      (port) =>
        `firewall-cmd --permanent --add-rich-rule="rule family=${isIPv6(from) ? 'ipv6' : 'ipv4'} source address=${addressOf(from)} port port=${port} protocol=tcp accept"`,
    ),
};

const AFTER: Readonly<Record<PackageSystem, readonly string[]>> = { deb: [], rpm: ['firewall-cmd --reload'] };

function addressOf(host: string): string {
  return isIP(host) === 0 ? `$(getent ahostsv4 ${host} | awk 'NR == 1 { print $1 }')` : host;
}
