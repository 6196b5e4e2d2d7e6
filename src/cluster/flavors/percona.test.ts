import { describe, expect, it } from 'vitest';
import type { Programs } from '../../packages/programs.js';
import { nodeConfiguration } from '../node-configuration.js';
import type { Options } from './options.js';
import {
  DOCUMENTED_OPTIONS,
  DOCUMENTED_PROVIDER_OPTIONS,
  DOCUMENTED_TRANSFER_METHODS,
  MYSQL_INSTALL_DB_OPTIONS,
  type DocumentedOption,
} from './percona-options.test-support.js';
import { PerconaVersion } from '../../packages/percona/percona-version.js';
import { percona, transferMethods } from './percona.js';

/** The first version and a late version of each series, and the versions around which something changes. */
const VERSIONS = [
  '5.6.15',
  '5.6.51',
  '5.7.14',
  '5.7.16',
  '5.7.44',
  '8.0.18',
  '8.0.29',
  '8.0.30',
  '8.0.36',
  '8.0.42',
  '8.4.2',
  '8.4.5',
  '9.7.1',
];

const PROGRAMS = {
  mariadbd: '/pxc/bin/mysqld',
  mariadbBasedir: '/pxc',
  mariadbShare: '/pxc/share/mysql',
  mariadbCharsets: '/pxc/share/mysql/charsets',
  mariadbPlugins: '/pxc/lib/mysql/plugin',
  wsrepProvider: '/pxc/lib/galera4/libgalera_smm.so',
  mysqlInstallDb: '/pxc/scripts/mysql_install_db',
} as Programs;

function optionsOf(version: string, settings: Options = {}): Map<string, string> {
  const text = nodeConfiguration({
    name: 'node-2',
    flavor: percona(version),
    provider: PROGRAMS.wsrepProvider,
    installation: PROGRAMS,
    address: '127.0.0.1',
    dataDirectory: '/tmp/klc-1/node-2/data',
    socket: '/tmp/klc-1/node-2/s.sock',
    ports: { client: 13_001, group: 13_002, sst: 13_003, ist: 13_004 },
    members: ['127.0.0.1:12002', '127.0.0.1:13002', '127.0.0.1:14002'],
    settings,
  });
  return new Map(
    text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => /^([^=]*)=(.*)$/.exec(line)?.slice(1) as [string, string]),
  );
}

function isDocumented(name: string, version: string, list: readonly DocumentedOption[]): boolean {
  const own = new PerconaVersion(version);
  return list.some(
    (option) =>
      option.name === name &&
      (option.since === undefined || own.atLeast(option.since)) &&
      (option.until === undefined || !own.atLeast(option.until)),
  );
}

/**
 * The given options that the manuals of a version don't have. An argument such as `--innodb-flush-method=nosync` is
 * also looked up as the variable `innodb_flush_method`.
 */
function undocumented(names: Iterable<string>, version: string): string[] {
  return [...names].filter((given) => {
    const name = given.replace(/=.*$/s, '');
    const variable = name.replace(/^--/, '').replaceAll('-', '_');
    return ![name, variable].some((one) => isDocumented(one, version, DOCUMENTED_OPTIONS));
  });
}

describe.each(VERSIONS)('Percona XtraDB Cluster %s', (version) => {
  const flavor = percona(version);

  it('is given no option that its manuals lack', () => {
    expect(undocumented(optionsOf(version).keys(), version)).toEqual([]);
    for (const method of transferMethods(new PerconaVersion(version))) {
      const options = optionsOf(version, { wsrep_sst_method: method });
      expect(undocumented(options.keys(), version), method).toEqual([]);
      expect(isDocumented(method, version, DOCUMENTED_TRANSFER_METHODS), method).toBe(true);
    }
  });

  it('is started with no argument that its manuals lack', async () => {
    const given = [
      flavor.preparingArguments,
      flavor.server.hurriedArguments,
      flavor.server.preparingArguments,
    ];
    const started = [1, 3].flatMap((nodes) => flavor.startArguments(nodes));
    expect(undocumented([...given, ...started].flat(), version)).toEqual([]);
    const { command, args } = await flavor.server.initialisation({
      programs: PROGRAMS,
      optionFile: '/tmp/my.cnf',
      dataDirectory: '/tmp/data',
    });
    if (command === PROGRAMS.mysqlInstallDb) {
      expect(MYSQL_INSTALL_DB_OPTIONS).toEqual(expect.arrayContaining(args.map((arg) => arg.split('=')[0])));
    } else expect(undocumented(args, version)).toEqual([]);
  });

  it('tells the other nodes its address for clients: the provider takes a member without one for an arbitrator', () => {
    expect(optionsOf(version).get('wsrep_node_incoming_address')).toBe('127.0.0.1:13001');
  });

  it('gives its provider no option that the manual lacks', () => {
    const given = (optionsOf(version).get('wsrep_provider_options') ?? '').replaceAll('"', '').split(';');
    expect(given.map((pair) => pair.split('=')[0]).sort()).toEqual(DOCUMENTED_PROVIDER_OPTIONS);
  });
});

describe('the list of documented options', () => {
  it('finds an option that a version does not have', () => {
    expect(undocumented(['wsrep_sst_auth', 'pxc_strict_mode', 'no_such_option'], '8.0.36')).toEqual([
      'wsrep_sst_auth',
      'no_such_option',
    ]);
    expect(undocumented(['--pxc-strict-mode=PERMISSIVE', '--initialize-insecure'], '5.6.51')).toEqual([
      '--pxc-strict-mode=PERMISSIVE',
      '--initialize-insecure',
    ]);
  });

  it('holds only options that some version is given', () => {
    const given = new Set(
      VERSIONS.flatMap((version) => {
        const flavor = percona(version);
        const args = [...flavor.preparingArguments, ...flavor.server.hurriedArguments];
        return [
          ...optionsOf(version).keys(),
          ...optionsOf(version, { wsrep_sst_method: 'xtrabackup-v2' }).keys(),
          ...args.map((arg) => arg.replace(/=.*$/, '')),
          ...args.map((arg) => arg.replace(/=.*$/, '').replace(/^--/, '').replaceAll('-', '_')),
          '--defaults-file',
          '--initialize-insecure',
        ];
      }),
    );
    expect(DOCUMENTED_OPTIONS.filter(({ name }) => !given.has(name))).toEqual([]);
  });
});

describe('what differs between the versions', () => {
  it.each([
    ['5.6.51', undefined, undefined, undefined],
    ['5.7.14', 'ENFORCING', undefined, undefined],
    ['5.7.44', 'ENFORCING', 'OFF', '0'],
    ['8.0.36', 'ENFORCING', 'OFF', '0'],
    ['8.4.5', 'ENFORCING', 'OFF', '0'],
    ['9.7.1', 'ENFORCING', 'OFF', '0'],
  ])('%s: strict mode %s, cluster encryption %s, wait at a stop %s', (version, strict, encrypt, wait) => {
    const options = optionsOf(version);
    expect(options.get('pxc_maint_transition_period')).toBe(wait);
    expect(options.get('pxc_strict_mode')).toBe(strict);
    expect(options.get('pxc_encrypt_cluster_traffic')).toBe(encrypt);
    expect(options.get('log_bin_trust_function_creators')).toBe('ON');
  });

  it('a scenario can change strict mode and encryption', () => {
    const settings = { pxc_strict_mode: 'PERMISSIVE', pxc_encrypt_cluster_traffic: true };
    const options = optionsOf('8.0.36', settings);
    expect(Object.fromEntries(options)).toMatchObject({
      pxc_strict_mode: 'PERMISSIVE',
      pxc_encrypt_cluster_traffic: 'ON',
    });
  });

  it.each([
    ['5.6.51', 'rsync'],
    ['5.7.44', 'rsync'],
    ['8.0.36', 'xtrabackup-v2'],
    ['8.4.5', 'xtrabackup-v2'],
  ])('%s: state transfer by %s unless the scenario says otherwise', (version, method) => {
    expect(optionsOf(version).get('wsrep_sst_method')).toBe(method);
  });

  it.each([
    ['8.0.36', 'rsync'],
    ['8.0.36', 'clone'],
    ['8.4.2', 'clone'],
    ['5.7.44', 'ist_only'],
    ['8.0.42', 'mariabackup'],
  ])('%s: refuses state transfer by %s', (version, method) => {
    expect(() => optionsOf(version, { wsrep_sst_method: method })).toThrow(
      expect.objectContaining({ code: 'SCENARIO', message: expect.stringContaining(version) as string }),
    );
  });

  it('xtrabackup needs an account, without a password, only up to 5.7', () => {
    const settings = { wsrep_sst_method: 'xtrabackup-v2' };
    expect(optionsOf('5.7.44', settings).get('wsrep_sst_auth')).toBe('sst:');
    expect(optionsOf('5.7.44').has('wsrep_sst_auth')).toBe(false);
    expect(optionsOf('8.0.36', settings).has('wsrep_sst_auth')).toBe(false);
  });

  it('with Galera 3 the first node begins the cluster; with Galera 4 a saved state tells all nodes of each other', () => {
    expect(percona('5.7.44').startArguments(3)).toEqual([['--wsrep-new-cluster'], [], []]);
    expect(percona('5.7.44').stateFiles(3)).toEqual([{}, {}, {}]);
    expect(percona('8.0.36').startArguments(3)).toEqual([[], [], []]);
    expect(percona('8.0.36').stateFiles(3).map(Object.keys)).toEqual(Array(3).fill(['gvwstate.dat']));
    expect(percona('8.0.36').startArguments(1)).toEqual([['--wsrep-new-cluster']]);
    expect(percona('8.0.36').stateFiles(1)).toEqual([{}]);
  });

  it.each([
    ['5.6.51', "CREATE USER ?@'%' IDENTIFIED BY ?", true],
    ['5.7.44', "CREATE USER ?@'%' IDENTIFIED WITH mysql_native_password BY ?", true],
    ['8.0.36', "CREATE USER ?@'%' IDENTIFIED WITH mysql_native_password BY ?", false],
    ['8.4.5', "CREATE USER ?@'%' IDENTIFIED WITH caching_sha2_password BY ?", false],
    ['9.7.1', "CREATE USER ?@'%' IDENTIFIED WITH caching_sha2_password BY ?", false],
  ])('%s: accounts by %s', (version, sql, hasTransferUser) => {
    const accounts = {
      kea: 'kea',
      admin: 'conformance',
      check: 'proxy_check',
      password: 'secret',
      database: 'kea',
    };
    const statements = percona(version).server.accountStatements(accounts);
    expect(statements.slice(0, 3)).toEqual([
      [sql, 'kea', 'secret'],
      [sql, 'conformance', 'secret'],
      [sql, 'proxy_check', ''],
    ]);
    expect(sql.includes(percona(version).server.accountPlugin)).toBe(version !== '5.6.51');
    expect(statements.filter(([sql, user]) => sql.startsWith('GRANT') && user === 'proxy_check')).toEqual([]);
    expect(statements.some(([, user]) => user === 'sst')).toBe(hasTransferUser);
  });

  it('the server’s own accounts stay', () => {
    const { server } = percona('8.0.36');
    const users = ['mysql.sys', 'mysql.pxc.internal.session', 'root', ''];
    expect(users.map((user) => server.isOwnAccount(user))).toEqual([true, true, false, false]);
  });

  it('5.6 without mysql_install_db is refused, naming the key to set', async () => {
    const { server } = percona('5.6.51');
    const programs = { ...PROGRAMS, mysqlInstallDb: undefined };
    await expect(
      (async () => server.initialisation({ programs, optionFile: '', dataDirectory: '' }))(),
    ).rejects.toMatchObject({
      code: 'PREREQUISITE',
      hint: expect.stringContaining('cluster.percona.installDb') as string,
    });
  });
});

it.each(['5.5.62', '8.1.0', '9.1.0', '10.11.19', 'unknown'])('version %s is refused', (version) => {
  expect(() => percona(version)).toThrow(
    expect.objectContaining({ code: 'PREREQUISITE', message: expect.stringContaining(version) as string }),
  );
});
