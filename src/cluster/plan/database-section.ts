import { hostText } from '../endpoint.js';
import { STANDARD_PORTS } from '../flavors/flavor.js';
import type { ClusterPlan, PlanSection, Product } from './cluster-plan.js';
import { eachSystem, paragraph, shell } from './parts.js';

/** The shell variable that holds the password of Kea's database user; the plan itself never has it. */
export const PASSWORD = 'KEA_DB_PASSWORD';

/** Kea's database, user and schema. They are made once, through one node, and all other nodes get them from there. */
export function databaseSection(
  { nodes, database, user, keaVersion }: ClusterPlan,
  product: Product,
): PlanSection {
  const host = nodes[0]?.host ?? '';
  return {
    file: 'database',
    title: `Database, user and schema (once, on ${nodes[0]?.name ?? 'node-1'})`,
    steps: [
      { title: 'Password', parts: passwordParts(user) },
      {
        title: 'Database and user',
        parts: [
          shell(
            [
              `${product.client} <<END`,
              `CREATE DATABASE IF NOT EXISTS ${database};`,
              `CREATE USER IF NOT EXISTS '${user}'@'%' ${product.identifiedBy} '$${PASSWORD}';`,
              `GRANT ALL ON ${database}.* TO '${user}'@'%';`,
              'END',
            ].join('\n'),
          ),
        ],
      },
      {
        title: 'Schema',
        parts: [
          paragraph(
            `Use kea-admin of the Kea version that will use the database, ${keaVersion}: Kea starts only on the schema of its own version.`,
          ),
          ...eachSystem((system) =>
            system === 'deb' ? 'apt-get install -y kea-admin' : 'dnf install -y kea',
          ),
          paragraph(
            'kea-admin 2.2.0 does not pass --port to the client that loads the schema; --extra passes it in every version.',
          ),
          shell(
            `KEA_ADMIN_DB_PASSWORD="$${PASSWORD}" kea-admin db-init mysql --host ${host} --port ${STANDARD_PORTS.client} --extra --port=${STANDARD_PORTS.client} --user ${user} --name ${database}`,
          ),
        ],
      },
      {
        title: 'Check the cluster',
        parts: [
          paragraph(
            `Run this on any machine that can reach port ${STANDARD_PORTS.client} of the nodes, and again after every change. It leaves nothing behind.`,
          ),
          shell(
            `KEA_CONFORMANCE_DB_PASSWORD="$${PASSWORD}" kea-lease-conformance cluster check --nodes ${nodes
              .map((node) => hostText(node.host))
              .join(',')} --user ${user} --database ${database} --kea-version ${keaVersion}`,
          ),
        ],
      },
    ],
  };
}

/**
 * Asks for the password. The command is alone in its block, because a line that is pasted after it would be taken for
 * the password.
 */
export function passwordParts(user: string): PlanSection['steps'][number]['parts'] {
  return [
    paragraph(
      `Choose a password for the database user ${user}, of at least 20 letters and digits. Paste this line alone, then type the password:`,
    ),
    shell(`read -rsp 'Password of ${user}: ' ${PASSWORD}`),
  ];
}
