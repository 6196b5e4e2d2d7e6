import type { RowDataPacket } from 'mysql2/promise';
import { errorCodeOf, type NodeSession } from './connect.js';
import type { ClusterKind, NodeFacts, SchemaFacts } from './cluster-check.js';
import { PROBE_PREFIX } from './replication.js';

type NamedRow = RowDataPacket & { Variable_name: string; Value: string };

/** Reads what the node says of itself. A node answers these statements in whatever state it is. */
export async function readFacts(name: string, session: NodeSession): Promise<NodeFacts> {
  const status = named(await session.query<NamedRow>("SHOW GLOBAL STATUS LIKE 'wsrep%'"));
  const variables = named(await session.query<NamedRow>('SHOW GLOBAL VARIABLES'));
  const kind = kindOf(status, variables);
  return {
    name,
    kind,
    version: variables['version'] ?? '',
    wsrepProvider: kind === 'plain' ? '' : (status['wsrep_provider_version'] ?? ''),
    time: await readTime(session),
    status,
    variables,
  };
}

async function readTime(session: NodeSession): Promise<NodeFacts['time']> {
  const askedAtMs = Date.now();
  const [row] = await session.query<RowDataPacket & { unix: string; ahead: number }>(
    'SELECT UNIX_TIMESTAMP(NOW(6)) AS unix, TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), NOW()) AS ahead',
  );
  const answeredAtMs = Date.now();
  return {
    offsetMs: Number(row?.unix) * 1_000 - (askedAtMs + answeredAtMs) / 2,
    uncertaintyMs: (answeredAtMs - askedAtMs) / 2 + 1,
    utcOffsetS: Number(row?.ahead),
  };
}

type Named = Readonly<Record<string, string>>;

/**
 * The kind of a node, by the replication library that it says it has loaded. `wsrep_on` alone can't tell the kind. In
 * Percona's server from 5.7 on it is a session variable, and no global variable shows it. MariaDB has it also where
 * it replicates nothing.
 */
export function kindOf(status: Named, variables: Named): ClusterKind {
  const provider = status['wsrep_provider_name'] ?? '';
  if (provider === '' || provider === 'none' || variables['wsrep_on'] === 'OFF') return 'plain';
  const isPercona =
    variables['pxc_strict_mode'] !== undefined || /\bPercona\b/.test(variables['version_comment'] ?? '');
  return isPercona ? 'percona' : 'galera';
}

/**
 * Reads what the database holds of Kea's tables.
 * Errors: whatever the node objects to, such as that it isn't ready.
 */
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
