import { isIP } from 'node:net';
import { isAtLeast } from '../../versions.js';
import { RECURSIVE_SCHEMA } from '../check/schema.js';
import type { ClusterPlan, PlanSection, Product } from './model.js';
import { paragraph, shell } from './parts.js';

/** The first section: what the plan sets up, in which order, and what to think of before. */
export function overviewSection(plan: ClusterPlan, product: Product): PlanSection {
  const { nodes } = plan;
  const order = [
    ...nodes.map(({ name }) => name),
    'the database',
    ...nodes.map(({ name }) => `Kea on ${name}`),
  ].join(', ');
  return {
    file: 'README',
    title: `${product.title}: ${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'} for Kea`,
    steps: [
      {
        title: 'Before',
        parts: [
          paragraph(`In this order: ${order}. Everything in a root shell of the machine it is for.`),
          paragraph(
            'Blocks marked deb are for Debian and Ubuntu, those marked rpm for Fedora, RHEL and their kin, the others for both.',
          ),
          ...notes(plan).map(paragraph),
        ],
      },
    ],
  };
}

/** The last section: what to do once the cluster is up, such as when nodes are down. */
export function afterwardsSection({ nodes }: ClusterPlan, product: Product): PlanSection {
  const first = nodes[0]?.name ?? 'node-1';
  return {
    file: 'afterwards',
    title: 'Afterwards',
    steps: [
      ...(product.afterAllJoined === '' || nodes.length === 1
        ? []
        : [
            {
              title: 'The first node as an ordinary one',
              parts: [paragraph(`On ${first}, once the others have joined:`), shell(product.afterAllJoined)],
            },
          ]),
      {
        title: 'One node down',
        parts: [
          paragraph(`It joins again by itself when its service starts: systemctl start ${product.service}.`),
        ],
      },
      {
        title: 'All nodes down',
        parts: [
          paragraph(
            'Begin with the node that stopped last: its /var/lib/mysql/grastate.dat says safe_to_bootstrap: 1. There:',
          ),
          shell(product.restartAll),
          paragraph(
            `On each of the others: systemctl start ${product.service}. Where no file says 1, all of them died at once: see which has the latest position (${product.client.split(' ')[0] === 'mysql' ? 'mysqld' : 'mariadbd'} --user=mysql --wsrep-recover, on each), and set safe_to_bootstrap to 1 on that one alone.`,
          ),
        ],
      },
    ],
  };
}

function notes({ nodes, flavor, keaVersion }: ClusterPlan): string[] {
  const hosts = nodes.map(({ host }) => host);
  const loopback = hosts.filter((host) => host.startsWith('127.') || host === '::1' || host === 'localhost');
  const names = hosts.filter((host) => isIP(host) === 0);
  return [
    ...sizeNote(nodes.length),
    ...(loopback.length === 0
      ? []
      : [`${loopback.join(', ')} is seen from this machine only: other machines can neither join nor ask.`]),
    ...(names.length === 0
      ? []
      : [
          `${names.join(', ')}: each name must lead to the same address on every machine, its own too (Debian's /etc/hosts has 127.0.1.1 for it; take that line out).`,
        ]),
    ...(flavor === 'percona'
      ? [
          `The nodes copy certificates from ${nodes[0]?.name ?? 'the first one'} as root over SSH; where that is not possible, have another way to copy three files ready.`,
        ]
      : []),
    ...(isAtLeast(keaVersion, RECURSIVE_SCHEMA.kea)
      ? [
          `The schema of Kea ${keaVersion} has WITH RECURSIVE: it takes MySQL or Percona ${RECURSIVE_SCHEMA.mysql} or later (not 5.7), or MariaDB ${RECURSIVE_SCHEMA.mariadb} or later.`,
        ]
      : []),
    ...(flavor === 'galera'
      ? ['Traffic between the nodes is not encrypted: give them a network of their own.']
      : []),
  ];
}

function sizeNote(nodes: number): string[] {
  if (nodes === 1) return ['One node replicates to nobody; others can be planned and join later.'];
  if (nodes % 2 === 1) return [];
  return [
    `${nodes} nodes can be split into halves, and then neither half goes on${
      nodes === 2 ? ', also when one node merely dies' : ''
    }: plan ${nodes + 1}, or run an arbitrator (garbd) on another machine; \`cluster check --arbitrators 1\` then counts it.`,
  ];
}
