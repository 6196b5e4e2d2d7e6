import { isIP } from 'node:net';
import { isAtLeast } from '../../versions.js';
import { RECURSIVE_SCHEMA } from '../check/schema.js';
import type { ClusterPlan, PlanSection, Product } from './cluster-plan.js';
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
          paragraph(`Work in this order: ${order}. Run each section as root on its machine.`),
          paragraph(
            'Blocks marked deb are for Debian and Ubuntu, blocks marked rpm for Fedora, RHEL and their relatives, unmarked blocks for both.',
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
              title: 'Restart the first node as an ordinary node',
              parts: [
                paragraph(`On ${first}, when the other nodes have joined:`),
                shell(product.afterAllJoined),
              ],
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
            'Begin with the node that stopped last: its /var/lib/mysql/grastate.dat says safe_to_bootstrap: 1. On this node:',
          ),
          shell(product.restartAll),
          paragraph(
            `On each other node: systemctl start ${product.service}. If no file says 1, all nodes died at once: find the node with the latest position (${product.client.split(' ')[0] === 'mysql' ? 'mysqld' : 'mariadbd'} --user=mysql --wsrep-recover, on each), and set safe_to_bootstrap to 1 on that node only.`,
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
      : [
          `Only this machine can reach ${loopback.join(', ')}: other machines can neither join nor query it.`,
        ]),
    ...(names.length === 0
      ? []
      : [
          `${names.join(', ')}: each name must lead to the same address on every machine, its own machine too (Debian's /etc/hosts has 127.0.1.1 for it; remove that line).`,
        ]),
    ...(flavor === 'percona'
      ? [
          `The nodes copy certificates from ${nodes[0]?.name ?? 'the first one'} as root over SSH; where that is not possible, prepare another way to copy three files.`,
        ]
      : []),
    ...(isAtLeast(keaVersion, RECURSIVE_SCHEMA.kea)
      ? [
          `The schema of Kea ${keaVersion} uses WITH RECURSIVE: it needs MySQL or Percona ${RECURSIVE_SCHEMA.mysql} or later (not 5.7), or MariaDB ${RECURSIVE_SCHEMA.mariadb} or later.`,
        ]
      : []),
    ...(flavor === 'galera'
      ? ['Traffic between the nodes is not encrypted: give them a network of their own.']
      : []),
  ];
}

function sizeNote(nodes: number): string[] {
  if (nodes === 1) return ['One node replicates nothing; more nodes can join later.'];
  if (nodes % 2 === 1) return [];
  return [
    `${nodes} nodes can be split into two halves, and then both stop${
      nodes === 2 ? '; one node also stops when the other dies' : ''
    }: plan ${nodes + 1}, or run an arbitrator (garbd) on another machine; \`cluster check --arbitrators 1\` then counts it.`,
  ];
}
