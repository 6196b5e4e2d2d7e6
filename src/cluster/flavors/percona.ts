import { dirname } from 'node:path';
import { HarnessError } from '../../errors.js';
import type { DatabaseFlavor } from './flavor.js';
import type { Options } from './options.js';
import { savedPrimaryComponents } from './galera-saved-state.js';
import { PerconaVersion } from '../../packages/percona-version.js';
import { checkShown } from './readiness.js';
import {
  grants,
  type Accounts,
  type DatabaseServer,
  type Initialisation,
  type Initialising,
  type Statement,
} from './server.js';
import { waitUntilSynced, wsrepOptions } from './wsrep.js';

/**
 * Percona XtraDB Cluster: everything in which it differs from MariaDB with Galera, by version. The manuals that each
 * option is taken from are listed in percona-options.test-support.ts.
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
      '--wsrep-new-cluster',
      // As for any node that begins a cluster: the schema must load whatever strict mode says about its tables.
      ...(version.atLeast('5.7') ? ['--pxc-strict-mode=PERMISSIVE'] : []),
    ],
    startArguments: (nodes) =>
      Array.from({ length: nodes }, (_, index) =>
        index === 0 && !recoversPrimaryComponent(version, nodes) ? ['--wsrep-new-cluster'] : [],
      ),
    stateFiles: (nodes) =>
      recoversPrimaryComponent(version, nodes)
        ? savedPrimaryComponents(nodes).map((state) => ({ 'gvwstate.dat': state }))
        : Array.from({ length: nodes }, () => ({})),
    waitUntilReady: waitUntilSynced,
    checkReplication: (nodes, waiting) => checkShown(nodes, nodes, waiting),
    settingsThatMatter: PERCONA_SETTINGS,
  };
}

/** What of a node's settings bears on allocation, whatever its version. */
export const PERCONA_SETTINGS = [
  'wsrep_retry_autocommit',
  'wsrep_sync_wait',
  // The old name and the one since 8.0.26.
  'wsrep_slave_threads',
  'wsrep_applier_threads',
  'wsrep_sst_method',
  'pxc_strict_mode',
  'pxc_encrypt_cluster_traffic',
];

/**
 * Whether the nodes form their cluster by the primary component that each believes it was in (Percona XtraDB Cluster
 * manual, "Crash recovery": the scenario in which all nodes went down). 8.0 and 8.4 have Galera 4, with which this is
 * tested. Galera 3 of 5.6 and 5.7 can't be tested here, and its first versions had no such file: there the first node
 * begins the cluster and the others join it. They hold the same state, and Galera 3 numbers no change of membership, so
 * nothing is transferred there either.
 */
function recoversPrimaryComponent(version: PerconaVersion, nodes: number): boolean {
  return nodes > 1 && version.atLeast('8.0');
}

function replicationDefaults(version: PerconaVersion): Options {
  return {
    wsrep_sst_method: transferMethods(version)[0] ?? '',
    ...(version.atLeast('5.7') ? { pxc_strict_mode: 'ENFORCING' } : {}),
    // On by default since 8.0. All of this cluster's traffic stays on the loopback interface; switched on by the
    // scenario it works as well, as every node has a copy of the same certificates, those of the data directory.
    ...(version.atLeast('5.7.16') ? { pxc_encrypt_cluster_traffic: 'OFF' } : {}),
    // Else every stop waits 10 s for a proxy to notice, also that of the server which prepares the data directory.
    ...(version.atLeast('5.7.16') ? { pxc_maint_transition_period: 0 } : {}),
  };
}

/** The ways of state transfer that a version has and this harness can configure, its default here first. */
export function transferMethods(version: PerconaVersion): readonly string[] {
  // rsync is the one that needs no account; 8.0 dropped it, and makes an account by itself for its successor.
  if (!version.atLeast('8.0')) return ['rsync', 'xtrabackup-v2'];
  const clones = version.atLeast(version.series === '8.4' ? '8.4.4' : '8.0.41');
  return ['xtrabackup-v2', ...(version.atLeast('8.0.33') ? ['ist_only'] : []), ...(clones ? ['clone'] : [])];
}

/** For xtrabackup on the donor. It has no password, and nobody but the servers' user reaches the socket. */
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

/** The server of Percona XtraDB Cluster, which is MySQL, without what makes a cluster of several. */
export function mysqlOf(version: PerconaVersion): DatabaseServer {
  return {
    product: 'Percona XtraDB Cluster',
    defaults: {
      // Kea's user makes the schema's triggers; with a binary log, which 8.0 has by default, that asks for SUPER else.
      log_bin_trust_function_creators: 'ON',
      ...(version.atLeast('8.0.30') ? { innodb_redo_log_capacity: '64M' } : { innodb_log_file_size: '32M' }),
    },
    ownOptions: (home) => ({
      // Distributions compile in a directory that only their packages make, and the server does not start without it.
      secure_file_priv: home,
      // The X protocol would listen on port 33060, for every node the same.
      ...(version.atLeast('8.0') ? { mysqlx: 'OFF' } : {}),
    }),
    hurriedArguments: HURRIED,
    initialisation: (initialising) => Promise.resolve(initialisation(version, initialising)),
    inImage: {
      server: 'mysqld',
      client: 'mysql',
      initialise: `mysqld --no-defaults --datadir="$data" ${HURRIED.join(' ')} --initialize-insecure`,
    },
    preparingArguments: [],
    firstUser: 'root',
    accountStatements: (accounts) => accountStatements(version, accounts),
    // mysql.sys, mysql.session, mysql.infoschema and, of Percona, mysql.pxc.internal.session and mysql.pxc.sst.role.
    isOwnAccount: (user) => user.startsWith('mysql.'),
    // Server identity; each node makes its own.
    notToCopy: ['auto.cnf'],
  };
}

/** Either leaves root@localhost without a password. Neither starts replication, whatever the option file says. */
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
 * Kea's client library must know the accounts' authentication: mysql_native_password, which every one knows, up to 8.0;
 * 8.4 has it switched off, and there it is caching_sha2_password, which MariaDB's library of Debian's Kea knows too.
 */
function accountStatements(version: PerconaVersion, accounts: Accounts): Statement[] {
  const plugin = version.atLeast('8.4') ? 'caching_sha2_password' : 'mysql_native_password';
  // 5.6 takes a plugin's name only with a hash, and has mysql_native_password as its default.
  const identified = version.atLeast('5.7') ? `IDENTIFIED WITH ${plugin} BY ?` : 'IDENTIFIED BY ?';
  return [
    ...[accounts.kea, accounts.admin].map((user): Statement => [
      `CREATE USER ?@'%' ${identified}`,
      user,
      accounts.password,
    ]),
    ...grants(accounts),
    ...(version.atLeast('8.0') ? [] : transferGrants()),
  ];
}

/** Percona XtraDB Cluster 5.7 manual, "Percona XtraBackup SST Configuration". */
function transferGrants(): Statement[] {
  return [
    ["CREATE USER ?@'localhost'", TRANSFER_USER],
    ["GRANT RELOAD, LOCK TABLES, PROCESS, REPLICATION CLIENT ON *.* TO ?@'localhost'", TRANSFER_USER],
  ];
}
