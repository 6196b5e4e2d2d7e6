import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../../errors.js';
import {
  accountsToMake,
  grants,
  type DatabaseServer,
  type Initialisation,
  type Initialising,
} from './server.js';

/** MariaDB, from 10.3 on. */
export const MARIADB: DatabaseServer = {
  product: 'MariaDB',
  defaults: { innodb_log_file_size: '32M' },
  ownOptions: () => ({}),
  // Without these arguments the schema's many tables took up to 14 s on a busy disk.
  hurriedArguments: [
    '--loose-innodb-flush-method=nosync',
    '--innodb-flush-log-at-trx-commit=0',
    '--sync-frm=OFF',
  ],
  initialisation,
  inImage: {
    server: 'mariadbd',
    client: 'mariadb',
    printLog: 'mariadb-binlog',
    initialise:
      'mariadb-install-db --no-defaults --datadir="$data" --skip-test-db --auth-root-authentication-method=normal ' +
      '--loose-innodb-flush-method=nosync --sync-frm=OFF',
  },
  preparingArguments: [
    '--skip-grant-tables',
    // Kea's user makes the schema's triggers. With the binary log that Galera replicates from, the server would ask
    // for SUPER otherwise.
    '--log-bin-trust-function-creators=1',
  ],
  firstUser: 'root',
  accountPlugin: 'mysql_native_password',
  accountStatements: (accounts) => [
    // The server starts with `--skip-grant-tables`. It makes accounts only after it has read the grant tables.
    ['FLUSH PRIVILEGES'],
    ...accountsToMake(accounts).map(
      ([user, password]) => ["CREATE USER ?@'%' IDENTIFIED BY ?", user, password] as const,
    ),
    ...grants(accounts),
  ],
  isOwnAccount: (user) => user === 'mariadb.sys',
  notToCopy: [],
};

/** The server's own scripts for a new data directory, in the order of mariadb-install-db. */
const SYSTEM_SCRIPTS = [
  'mysql_system_tables.sql',
  'mysql_performance_tables.sql',
  'mysql_system_tables_data.sql',
  'maria_add_gis_sp_bootstrap.sql',
];
/** The name that MariaDB 11 gave to one of the {@link SYSTEM_SCRIPTS}. */
const RENAMED = (script: string): string => script.replace(/^mysql_/, 'mariadb_');

/** Makes the system tables in the server's bootstrap mode, which reads a statement a line and needs no client. */
async function initialisation({ programs, optionFile }: Initialising): Promise<Initialisation> {
  const scripts = await Promise.all(
    SYSTEM_SCRIPTS.map((script) => readScript(programs.mariadbShare, script)),
  );
  return {
    command: programs.mariadbd,
    args: [
      `--defaults-file=${optionFile}`,
      ...MARIADB.hurriedArguments,
      '--bootstrap',
      '--loose-wsrep-on=OFF',
    ],
    input: ['CREATE DATABASE mysql;', 'USE mysql;', ...scripts].join('\n') + '\n',
  };
}

async function readScript(share: string, script: string): Promise<string> {
  try {
    return await readFile(join(share, script), 'utf8');
  } catch {
    try {
      return await readFile(join(share, RENAMED(script)), 'utf8');
    } catch (error) {
      throw new HarnessError('PREREQUISITE', `${script} is not in ${share}`, {
        hint: 'the scripts belong to mariadb-server; leave cluster.mariadbd out to use the private root',
        cause: error,
      });
    }
  }
}
