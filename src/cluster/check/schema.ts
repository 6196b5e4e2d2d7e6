import { isAtLeast } from '../../versions.js';
import type { ClusterCheck, NodeFacts, SchemaFacts } from './cluster-check.js';
import { stated } from './stated.js';
import { ownCommand } from '../../tool.js';

/**
 * Kea's lease schema by release, as `schema_version` says after `kea-admin db-init`. Each was read from the release
 * itself.
 */
const SCHEMAS: Readonly<Record<string, string>> = { '2.2.0': '14.0', '2.6.3': '22.2', '3.0.4': '30.0' };

export interface NodeSchema {
  node: string;
  schema: SchemaFacts;
}

/**
 * Checks that Kea's tables exist, are the same on every node, lie in an engine that is replicated, and have the
 * version that this Kea wants. Kea refuses to start on any other version (Kea ARM, "kea-admin Command").
 */
export function schemaChecks(nodes: readonly NodeSchema[], keaVersion: string | undefined): ClusterCheck[] {
  const wanted = keaVersion === undefined ? undefined : schemaOf(keaVersion);
  const [first] = nodes;
  if (first === undefined) return [];
  const expected = wanted ?? first.schema.version ?? "Kea's schema";
  return nodes.flatMap(({ node, schema: { version, engines } }) => {
    const actual = version ?? 'no schema';
    const unreplicated = Object.entries(engines).filter(([, engine]) => engine !== 'InnoDB');
    return [
      stated('schema', node, `schema ${expected}`, actual, {
        holds: version !== null && matches(version, expected),
        hint: schemaHint(version, expected, keaVersion),
      }),
      ...(version === null
        ? []
        : [
            stated(
              'engine',
              node,
              'lease tables in InnoDB',
              unreplicated.map(([table, engine]) => `${table} in ${engine}`).join(', ') || 'InnoDB',
              {
                holds: unreplicated.length === 0,
                hint: 'tables of other engines are not replicated: ALTER TABLE … ENGINE=InnoDB',
              },
            ),
          ]),
    ];
  });
}

/**
 * The first Kea whose schema needs recursive queries (`WITH RECURSIVE`), and the first versions of the servers that
 * have them.
 */
export const RECURSIVE_SCHEMA = { kea: '3.2', mysql: '8.0', mariadb: '10.2.2' } as const;

/** Checks that each server can hold the schema of this Kea at all. */
export function serverChecks(
  nodes: readonly Pick<NodeFacts, 'name' | 'version'>[],
  keaVersion: string | undefined,
): ClusterCheck[] {
  if (keaVersion === undefined || !isAtLeast(keaVersion, RECURSIVE_SCHEMA.kea)) return [];
  return nodes.map(({ name, version }) => {
    const wanted = /MariaDB/i.test(version) ? RECURSIVE_SCHEMA.mariadb : RECURSIVE_SCHEMA.mysql;
    return stated('schema-server', name, `a server that supports the schema of Kea ${keaVersion}`, version, {
      holds: isAtLeast(version, wanted),
      hint: `from Kea ${RECURSIVE_SCHEMA.kea} on the schema uses WITH RECURSIVE, which needs version ${wanted} or later of this server`,
    });
  });
}

/** A note where the harness does not know the schema of the named Kea. */
export function schemaNotes(keaVersion: string | undefined): string[] {
  return keaVersion === undefined || schemaOf(keaVersion) !== undefined
    ? []
    : [
        `the harness does not know which schema Kea ${keaVersion} needs; \`kea-admin db-version mysql\` of that Kea says it`,
      ];
}

/**
 * The schema that a Kea wants: `14.0` for a known release, `22.x` for another release of a known series, else
 * undefined.
 */
function schemaOf(keaVersion: string): string | undefined {
  const exact = SCHEMAS[keaVersion];
  if (exact !== undefined) return exact;
  const series = keaVersion.split('.').slice(0, 2).join('.');
  const sibling = Object.entries(SCHEMAS).find(([release]) => release.startsWith(`${series}.`));
  return sibling === undefined ? undefined : `${sibling[1].split('.')[0] ?? ''}.x`;
}

function matches(version: string, expected: string): boolean {
  return expected.endsWith('.x') ? version.startsWith(expected.slice(0, -1)) : version === expected;
}

function schemaHint(version: string | null, expected: string, keaVersion: string | undefined): string {
  if (version === null) {
    return `Kea has no tables there: check the name of the database, or run \`kea-admin db-init mysql\` as \`${ownCommand('cluster plan')}\` shows`;
  }
  return keaVersion === undefined
    ? `the nodes have different schemas: another node has ${expected}`
    : `Kea ${keaVersion} does not start on this schema: run \`kea-admin db-upgrade mysql\` of that Kea once, through one node`;
}
