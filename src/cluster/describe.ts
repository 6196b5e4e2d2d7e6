import type { RowDataPacket } from 'mysql2/promise';
import { HarnessError } from '../errors.js';
import { providerOptions } from './provider-options.js';
import type { StartedCluster, StartedNode } from './started-cluster.js';
import { readNamed, withSession } from './session.js';

/** The variables that an operator would look at first. The result records them. */
const SETTINGS = [
  'innodb_flush_log_at_trx_commit',
  'innodb_autoinc_lock_mode',
  // MariaDB below 11.1 knows only `tx_isolation`, MySQL 8.0 only `transaction_isolation`.
  'tx_isolation',
  'transaction_isolation',
];

const PROVIDER_OPTIONS = 'wsrep_provider_options';

/**
 * Reads from the first node its versions, and the settings known to matter for allocation.
 *
 * @param settingsThatMatter names of server variables, and of options of the replication provider, such as `pc.ignore_sb`
 */
export async function describeCluster(
  nodes: readonly Pick<StartedNode, 'admin'>[],
  settingsThatMatter: readonly string[],
): Promise<Omit<StartedCluster, 'nodes'>> {
  const [first] = nodes;
  if (first === undefined) throw new HarnessError('INTERNAL', 'a cluster without nodes');
  return withSession(first.admin, async (session) => {
    const [versions] = await session.query<RowDataPacket[]>(
      'SELECT VERSION() AS server, (SELECT CONCAT(version, ".", minor) FROM schema_version) AS lease_schema',
    );
    const provider = await readNamed(session, 'STATUS', ['wsrep_provider_version']);
    const version = String(versions[0]?.['server']);
    return {
      version,
      schema: String(versions[0]?.['lease_schema']),
      wsrepProvider: providerVersion(provider['wsrep_provider_version'] ?? '', version),
      settings: settingsIn(
        await readNamed(session, 'VARIABLES', [...SETTINGS, ...settingsThatMatter, PROVIDER_OPTIONS]),
        settingsThatMatter,
      ),
    };
  });
}

/** The settings by name. An option of the provider is part of one long variable. */
export function settingsIn(
  { [PROVIDER_OPTIONS]: options = '', ...variables }: Readonly<Record<string, string>>,
  settingsThatMatter: readonly string[],
): Record<string, string> {
  const told = providerOptions(options);
  const found = settingsThatMatter.flatMap((name): [string, string][] => {
    const value = told.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  return { ...variables, ...Object.fromEntries(found) };
}

/**
 * The number of the wsrep interface, by the provider's major version. MariaDB's packages put this number before the
 * provider's version.
 */
const INTERFACE: Readonly<Record<string, string>> = { '3': '25', '4': '26' };

/**
 * The provider's version as its package is numbered. With MariaDB, `4.23(r7b5f5ee)` is 26.4.23. Percona numbers its
 * packages as the provider says.
 *
 * @param said `wsrep_provider_version`
 * @param server `SELECT VERSION()`
 */
export function providerVersion(said: string, server: string): string {
  const numbers = /^\d+(\.\d+)*/.exec(said)?.[0] ?? said;
  const before = server.includes('MariaDB') ? INTERFACE[numbers.split('.', 1)[0] ?? ''] : undefined;
  return before === undefined ? numbers : `${before}.${numbers}`;
}
