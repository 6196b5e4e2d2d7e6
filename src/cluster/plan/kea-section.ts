import { isAtLeast } from '../../versions.js';
import { PASSWORD, passwordParts } from './database-section.js';
import { STANDARD_PORTS } from '../flavors/flavor.js';
import type { ClusterPlan, PlannedNode, PlanSection } from './cluster-plan.js';
import { eachSystem, paragraph, shell } from './parts.js';

/** How many seconds a server tries to get its node back before it gives up, at one try a second. */
const RECONNECT_SECONDS = 86_400;

const FILE = '/etc/kea/lease-database.json';

/**
 * The section of the Kea server on one node. Each server depends on one node alone, and all servers see the same
 * leases.
 */
export function keaSection(
  plan: ClusterPlan,
  node: PlannedNode,
  keaHost: string,
  number: number,
): PlanSection {
  const { keaVersion, user } = plan;
  return {
    file: `kea-${number}`,
    title: `Kea ${keaVersion} on ${keaHost}: its leases through ${node.name}`,
    steps: [
      { title: 'Password', parts: passwordParts(user) },
      {
        title: 'Lease database',
        parts: [
          paragraph(
            `While its node is down, the server stays up without answering, and tries to reconnect once a second for a day. The password ends up in ${FILE}, which only root and Kea may read.`,
          ),
          ...eachSystem((system) => `kea_group=${system === 'deb' ? '_kea' : 'kea'}`),
          paragraph('Then, in the same shell:'),
          shell(
            [
              `install -m 640 -o root -g "$kea_group" /dev/null ${FILE}`,
              `cat > ${FILE} <<END`,
              leaseDatabase(plan, node),
              'END',
            ].join('\n'),
          ),
        ],
      },
      {
        title: 'Configuration',
        parts: [
          paragraph('Add this to Dhcp4 in kea-dhcp4.conf and to Dhcp6 in kea-dhcp6.conf:'),
          { kind: 'block', language: 'json', text: serverSettings(keaVersion) },
          shell('kea-dhcp4 -t /etc/kea/kea-dhcp4.conf\nkea-dhcp6 -t /etc/kea/kea-dhcp6.conf'),
        ],
      },
    ],
  };
}

function leaseDatabase({ database, user }: ClusterPlan, { host }: PlannedNode): string {
  return JSON.stringify(
    {
      type: 'mysql',
      name: database,
      host,
      port: STANDARD_PORTS.client,
      user,
      password: `$${PASSWORD}`,
      'max-reconnect-tries': RECONNECT_SECONDS,
      'reconnect-wait-time': 1_000,
      'on-fail': 'serve-retry-continue',
    },
    null,
    2,
  );
}

/**
 * The settings for a server's configuration, by the version of Kea (Kea ARM, "Lease Storage", "Allocation
 * Strategies").
 */
function serverSettings(version: string): string {
  const lines = [`"lease-database": <?include "${FILE}"?>`];
  // From 2.7.4 on the MySQL backend is a hook library of its own.
  if (isAtLeast(version, '2.7.4')) lines.push('"hooks-libraries": [ { "library": "libdhcp_mysql.so" } ]');
  // With the random allocator, servers that share leases hardly ever pick the same lease at the same time.
  if (isAtLeast(version, '2.4')) lines.push('"allocator": "random"');
  return lines.join(',\n');
}
