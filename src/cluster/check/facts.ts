import type { RowDataPacket } from 'mysql2/promise';
import { errorCodeOf, type NodeSession } from './connect.js';
import type { ClusterKind, NodeFacts, SchemaFacts } from './model.js';
import { PROBE_PREFIX } from './replication.js';

type NamedRow = RowDataPacket & { Variable_name: string; Value: string };

/** What the node says of itself. These statements are answered by a node in whatever state. */
export async function readFacts(name: string, session: NodeSession): Promise<NodeFacts> {
  const status = named(await session.query<NamedRow>("SHOW GLOBAL STATUS LIKE 'wsrep%'"));
  const variables = named(await session.query<NamedRow>('SHOW GLOBAL VARIABLES'));
  const kind = kindOf(variables);
  return {
    name,
    kind,
    version: variables['version'] ?? '',
    wsrepProvider: kind === 'plain' ? '' : (status['wsrep_provider_version'] ?? ''),
    status,
    variables,
  };
}

/** Only Percona's server has a strict mode; MariaDB has the wsrep variables also where it replicates nothing. */
export function kindOf(variables: Readonly<Record<string, string>>): ClusterKind {
  const provider = variables['wsrep_provider'] ?? '';
  if (variables['wsrep_on'] !== 'ON' || provider === '' || provider === 'none') return 'plain';
  return variables['pxc_strict_mode'] === undefined ? 'galera' : 'percona';
}

/** What of Kea's there is in the database. Errors: whatever the node objects to, such as that it isn't ready. */
export async function readSchema(session: NodeSession, database: string): Promise<SchemaFacts> {
  const tables = await session.query<RowDataPacket & { name: string; engine: string | null }>(
    'SELECT TABLE_NAME AS name, ENGINE AS engine FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?',
    [database],
  );
  const leases = tables.filter(({ name }) => name === 'lease4' || name === 'lease6');
  return {
    version: await readSchemaVersion(session, database),
    engines: Object.fromEntries(leases.map(({ name, engine }) => [name, engine ?? 'none'])),
    leftovers: tables.map(({ name }) => name).filter((name) => name.startsWith(PROBE_PREFIX)),
  };
}

async function readSchemaVersion(session: NodeSession, database: string): Promise<string | null> {
  try {
    const [row] = await session.query<RowDataPacket & { version: number; minor: number }>(
      'SELECT version, minor FROM ??.schema_version',
      [database],
    );
    return row === undefined ? null : `${row.version}.${row.minor}`;
  } catch (error) {
    if (errorCodeOf(error) === 'ER_NO_SUCH_TABLE') return null;
    throw error;
  }
}

function named(rows: readonly NamedRow[]): Record<string, string> {
  return Object.fromEntries(rows.map((row) => [row.Variable_name.toLowerCase(), row.Value]));
}
