import { dirname } from 'node:path';
import { HarnessError } from '../../errors.js';
import type { DatabaseFlavor } from './flavor.js';
import type { Options } from './options.js';
import { savedPrimaryComponents } from './galera-saved-state.js';
import { PerconaVersion } from '../../packages/percona/percona-version.js';
import { checkShown } from './readiness.js';
import {
  accountsToMake,
  grants,
  type AccountPlugin,
  type Accounts,
  type DatabaseServer,
  type Initialisation,
  type Initialising,
  type Statement,
} from './server.js';
import {
  BEGIN_ARGUMENTS,
  PROVIDER_OPTIONS_THAT_MATTER,
  waitUntilSynced,
  waitUntilSyncedAgain,
  WSREP_FAULTS,
  wsrepOptions,
} from './wsrep.js';

/**
 * Percona XtraDB Cluster, as far as it differs from MariaDB with Galera, by version. percona-options.test-support.ts
 * lists the manual that each option is taken from.
 *
 * @param versionText as `mysqld --version` says, such as `8.0.36`
 * @throws HarnessError PREREQUISITE for a version that isn't supported
 */
export function percona(versionText: string): DatabaseFlavor {
  const version = new PerconaVersion(versionText);
  return {
    server: mysqlOf(version),
    describe: (nodes) => `${nodes} Percona XtraDB Cluster ${nodes === 1 ? 'node' : 'nodes'}`,
    defaults: replicationDefaults(version),
    ownOptions: (node) => ({ ...wsrepOptions(node), ...transferAccount(version, node.settings) }),
    preparingArguments: [
      ...BEGIN_ARGUMENTS,
      // The schema must load whatever strict mode says about its tables. Percona's own default is as lenient for a
      // node that begins a cluster.
      ...(version.atLeast('5.7') ? ['--pxc-strict-mode=PERMISSIVE'] : []),
    ],
    startArguments: (nodes) =>
      Array.from({ length: nodes }, (_, index) =>
        index === 0 && !recoversPrimaryComponent(version, nodes) ? BEGIN_ARGUMENTS : [],
      ),
    stateFiles: (nodes) =>
      recoversPrimaryComponent(version, nodes)
        ? savedPrimaryComponents(nodes).map((state) => ({ 'gvwstate.dat': state }))
        : Array.from({ length: nodes }, () => ({})),
    waitUntilReady: waitUntilSynced,
    waitUntilBack: waitUntilSyncedAgain,
    wsrep: WSREP_FAULTS,
    checkReplication: (nodes, waiting) => checkShown(nodes, nodes, waiting),
    settingsThatMatter: PERCONA_SETTINGS,
  };
}

/** The server variables that matter for allocation, of all versions. */
export const PERCONA_SETTINGS = [
  'wsrep_retry_autocommit',
  'wsrep_sync_wait',
  // `wsrep_slave_threads` is called `wsrep_applier_threads` since 8.0.26.
  'wsrep_slave_threads',
  'wsrep_applier_threads',
  'wsrep_sst_method',
  'pxc_strict_mode',
  'pxc_encrypt_cluster_traffic',
  ...PROVIDER_OPTIONS_THAT_MATTER,
];

/**
 * Whether the nodes form their cluster from a saved state: each node believes that it was in the same primary
 * component (Percona XtraDB Cluster manual, "Crash recovery": the scenario in which all nodes went down). 8.0 and 8.4
 * have Galera 4, and the saved state is tested with Galera 4. 5.6 and 5.7 have Galera 3, which can't be tested here
 * and whose first versions had no such file. With Galera 3 the first node begins the cluster and the others join it.
 * No state is transferred there either: all nodes hold the same state, and Galera 3 gives no number to a change of
 * membership.
 */
function recoversPrimaryComponent(version: PerconaVersion, nodes: number): boolean {
  return nodes > 1 && version.atLeast('8.0');
}

function replicationDefaults(version: PerconaVersion): Options {
  return {
    wsrep_sst_method: transferMethods(version)[0] ?? '',
    ...(version.atLeast('5.7') ? { pxc_strict_mode: 'ENFORCING' } : {}),
    // Encryption is on by default since 8.0. It is off here, as all traffic of this cluster stays on the machine. A
    // scenario may switch it on: every node has the same certificates, because its data directory is a copy.
    ...(version.atLeast('5.7.16') ? { pxc_encrypt_cluster_traffic: 'OFF' } : {}),
    // By default every stop waits 10 s for a proxy to notice, and so does the server that prepares the data
    // directory.
    ...(version.atLeast('5.7.16') ? { pxc_maint_transition_period: 0 } : {}),
  };
}

/**
 * The methods of state transfer that a version has and this harness can configure. The first is the harness's
 * default.
 */
export function transferMethods(version: PerconaVersion): readonly string[] {
  // Up to 5.7 rsync comes first, because it needs no account. 8.0 dropped rsync, and makes the account for
  // xtrabackup-v2 by itself.
  if (!version.atLeast('8.0')) return ['rsync', 'xtrabackup-v2'];
  const clones = version.atLeast(version.series === '8.4' ? '8.4.4' : '8.0.41');
  return ['xtrabackup-v2', ...(version.atLeast('8.0.33') ? ['ist_only'] : []), ...(clones ? ['clone'] : [])];
}

/** The account of xtrabackup on the donor. It has no password: only the servers' user reaches the socket. */
const TRANSFER_USER = 'sst';

function transferAccount(version: PerconaVersion, settings: Options): Options {
  const methods = transferMethods(version);
  const method = String(settings['wsrep_sst_method'] ?? methods[0]);
  if (!methods.includes(method)) {
    throw new HarnessError(
      'SCENARIO',
      `cluster.settings.wsrep_sst_method: Percona XtraDB Cluster ${version.text} has no state transfer by ${method}`,
      { hint: `it has ${methods.join(', ')}` },
    );
  }
  return method === 'xtrabackup-v2' && !version.atLeast('8.0') ? { wsrep_sst_auth: `${TRANSFER_USER}:` } : {};
}

const HURRIED = ['--innodb-flush-method=nosync', '--innodb-flush-log-at-trx-commit=0', '--sync-binlog=0'];

/** The server program of Percona XtraDB Cluster, which is MySQL, without the replication between several servers. */
export function mysqlOf(version: PerconaVersion): DatabaseServer {
  return {
    product: 'Percona XtraDB Cluster',
    defaults: {
      // Kea's user makes the schema's triggers. With a binary log, which 8.0 has by default, the server would ask for
      // SUPER otherwise.
      log_bin_trust_function_creators: 'ON',
      ...(version.atLeast('8.0.30') ? { innodb_redo_log_capacity: '64M' } : { innodb_log_file_size: '32M' }),
    },
    ownOptions: (home) => ({
      // The default is a directory that only the distribution's package makes. Without that directory the server does
      // not start.
      secure_file_priv: home,
      // The X plugin would listen on port 33060, on every node the same.
      ...(version.atLeast('8.0') ? { mysqlx: 'OFF' } : {}),
    }),
    hurriedArguments: HURRIED,
    initialisation: (initialising) => Promise.resolve(initialisation(version, initialising)),
    inImage: {
      server: 'mysqld',
      client: 'mysql',
      printLog: 'mysqlbinlog',
      initialise: `mysqld --no-defaults --datadir="$data" ${HURRIED.join(' ')} --initialize-insecure`,
    },
    preparingArguments: [],
    firstUser: 'root',
    accountPlugin: accountPlugin(version),
    accountStatements: (accounts) => accountStatements(version, accounts),
    // The server's accounts are mysql.sys, mysql.session and mysql.infoschema; Percona adds
    // mysql.pxc.internal.session and mysql.pxc.sst.role.
    isOwnAccount: (user) => user.startsWith('mysql.'),
    // auto.cnf holds the server's identity. Each node makes its own.
    notToCopy: ['auto.cnf'],
  };
}

/**
 * Makes the system tables: by the server itself from 5.7 on, by mysql_install_db before. Both leave root@localhost
 * without a password. Neither starts replication, whatever the option file says.
 */
function initialisation(
  version: PerconaVersion,
  { programs, optionFile, dataDirectory }: Initialising,
): Initialisation {
  if (version.atLeast('5.7')) {
    return {
      command: programs.mariadbd,
      args: [`--defaults-file=${optionFile}`, ...HURRIED, '--initialize-insecure'],
      input: '',
    };
  }
  if (programs.mysqlInstallDb === undefined) {
    throw new HarnessError('PREREQUISITE', `Percona XtraDB Cluster ${version.text} needs mysql_install_db`, {
      hint: `it is not beside ${dirname(programs.mariadbd)}; name it: --set cluster.percona.installDb=PATH`,
    });
  }
  return {
    command: programs.mysqlInstallDb,
    args: [
      `--defaults-file=${optionFile}`,
      `--basedir=${programs.mariadbBasedir}`,
      `--datadir=${dataDirectory}`,
    ],
    input: '',
  };
}

/**
 * The authentication of the accounts must be known to Kea's client library. Up to 8.0 it is mysql_native_password,
 * which every client library knows. 8.4 has that switched off; there it is caching_sha2_password, which MariaDB's
 * library of Debian's Kea knows too.
 */
function accountPlugin(version: PerconaVersion): AccountPlugin {
  return version.atLeast('8.4') ? 'caching_sha2_password' : 'mysql_native_password';
}

function accountStatements(version: PerconaVersion, accounts: Accounts): Statement[] {
  // 5.6 takes a plugin's name only together with a password hash. Its default plugin is mysql_native_password.
  const identified = version.atLeast('5.7')
    ? `IDENTIFIED WITH ${accountPlugin(version)} BY ?`
    : 'IDENTIFIED BY ?';
  return [
    ...accountsToMake(accounts).map(([user, password]): Statement => [
      `CREATE USER ?@'%' ${identified}`,
      user,
      password,
    ]),
    ...grants(accounts),
    ...(version.atLeast('8.0') ? [] : transferGrants()),
  ];
}

/**
 * The account of xtrabackup with its rights (Percona XtraDB Cluster 5.7 manual, "Percona XtraBackup SST
 * Configuration").
 */
function transferGrants(): Statement[] {
  return [
    ["CREATE USER ?@'localhost'", TRANSFER_USER],
    ["GRANT RELOAD, LOCK TABLES, PROCESS, REPLICATION CLIENT ON *.* TO ?@'localhost'", TRANSFER_USER],
  ];
}
