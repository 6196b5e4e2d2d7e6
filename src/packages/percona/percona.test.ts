import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Programs } from '../programs.js';
import { perconaChecks } from '../checks/percona.js';
import { resolvePrograms, type NamedPrograms } from '../archive/resolve.js';

let prefix: string;

beforeEach(() => {
  prefix = mkdtempSync(join(tmpdir(), 'klc-test-'));
});
afterEach(() => {
  rmSync(prefix, { recursive: true });
});

function file(path: string, text = ''): string {
  mkdirSync(dirname(join(prefix, path)), { recursive: true });
  writeFileSync(join(prefix, path), text);
  return join(prefix, path);
}

/** A program that prints `says`, whatever its arguments: `--version`, or `--verbose --help`. */
function program(path: string, says: string): string {
  const made = file(path, `#!/bin/sh\ncat <<END\n${says}\nEND\n`);
  chmodSync(made, 0o755);
  return made;
}

const MYSQLD =
  'mysqld  Ver 8.0.36-28.1 for Linux on x86_64 (Percona XtraDB Cluster (GPL), WSREP version 26.1.4.3)\n' +
  '  --wsrep-provider=name   Path to replication provider library';

/** The parts of a replication library that the harness looks at. */
const PROVIDER = '\x7fELF\0wsrep_loader\0';

function installation({ mysqld = MYSQLD } = {}): void {
  program('bin/mysqld', mysqld);
  program('bin/mysql', 'mysql  Ver 14.14 Distrib 5.7.44-48, for Linux (x86_64)');
  file('share/mysql/english/errmsg.sys');
  file('lib/mysql/plugin/mysql_clone.so');
  file('lib/galera4/libgalera_smm.so', PROVIDER);
}

const ROOT = {
  root: '/root-of-test',
  mariadbd: '/root-of-test/mariadbd',
  keaDhcp4: '/root-of-test/kea-dhcp4',
  path: '/root-of-test/bin',
  environment: { PATH: '/root-of-test/bin', KEA_LFC_EXECUTABLE: '/root-of-test/kea-lfc' },
  versions: { kea: '2.2.0', mariadb: '10.11.19', galera: '26.4.23' },
} as unknown as Programs;

const resolve = (
  cluster: NamedPrograms['cluster'],
  environment: NodeJS.ProcessEnv = {},
  ensure = ROOT,
  product: NamedPrograms['product'] = 'percona',
) => resolvePrograms({ product, cluster, kea: {} }, { environment, ensure: () => Promise.resolve(ensure) });

const refused = (...words: string[]) => ({
  code: 'PREREQUISITE',
  message: expect.stringMatching(words[0] ?? '') as string,
  ...(words[1] === undefined ? {} : { hint: expect.stringContaining(words[1]) as string }),
});

describe('the programs of an installed Percona XtraDB Cluster', () => {
  test('are found below the directory that the environment names, and Kea in the private root', async () => {
    installation();
    const programs = await resolve({}, { KEA_CONFORMANCE_PERCONA: prefix });
    expect(programs).toMatchObject({
      mariadbd: join(prefix, 'bin/mysqld'),
      mariadb: join(prefix, 'bin/mysql'),
      mariadbBasedir: prefix,
      mariadbShare: join(prefix, 'share/mysql'),
      mariadbCharsets: join(prefix, 'share/mysql/charsets'),
      mariadbPlugins: join(prefix, 'lib/mysql/plugin'),
      wsrepProvider: join(prefix, 'lib/galera4/libgalera_smm.so'),
      mysqlInstallDb: undefined,
      keaDhcp4: ROOT.keaDhcp4,
      versions: { kea: '2.2.0', mariadb: '8.0.36', galera: '' },
    });
  });

  test('a setting wins over the environment', async () => {
    installation();
    const wsrepProvider = file('elsewhere/libgalera_smm.so', PROVIDER);
    const share = dirname(dirname(file('elsewhere/share/english/errmsg.sys')));
    const environment = { KEA_CONFORMANCE_PERCONA: '/no/such', KEA_CONFORMANCE_WSREP_PROVIDER: '/no/such' };
    const percona = { installation: prefix, share };
    expect(await resolve({ percona, wsrepProvider }, environment)).toMatchObject({
      wsrepProvider,
      mariadbShare: share,
    });
  });

  test('the provider library may be named by the environment alone', async () => {
    installation();
    const provider = file('elsewhere/libgalera_smm.so', PROVIDER);
    const environment = { KEA_CONFORMANCE_PERCONA: prefix, KEA_CONFORMANCE_WSREP_PROVIDER: provider };
    expect(await resolve({}, environment)).toMatchObject({ wsrepProvider: provider });
  });

  test('the server’s own scripts and tools come first on PATH, as the server starts them by name', async () => {
    installation();
    const transferTools = dirname(program('tools/xtrabackup', ''));
    const { path, environment } = await resolve({ percona: { installation: prefix, transferTools } });
    expect(path.split(':').slice(0, 3)).toEqual([transferTools, join(prefix, 'bin'), '/root-of-test/bin']);
    expect(environment).toMatchObject({ PATH: path, KEA_LFC_EXECUTABLE: '/root-of-test/kea-lfc' });
  });

  test('mysql_install_db of 5.6 is found in the installation', async () => {
    installation();
    const installDb = program('scripts/mysql_install_db', '');
    expect(await resolve({ percona: { installation: prefix } })).toMatchObject({ mysqlInstallDb: installDb });
  });
});

describe('what is missing is named', () => {
  test('no installation: what to set, and how', async () => {
    await expect(resolve({})).rejects.toMatchObject(refused('name its directory', 'KEA_CONFORMANCE_PERCONA'));
    await expect(resolve({}, { KEA_CONFORMANCE_PERCONA: '' })).rejects.toMatchObject(
      refused('name its directory'),
    );
  });

  test('a path that is no directory', async () => {
    const environment = { KEA_CONFORMANCE_PERCONA: '/no/such' };
    await expect(resolve({}, environment)).rejects.toMatchObject(
      refused('KEA_CONFORMANCE_PERCONA: /no/such'),
    );
  });

  test.each([
    ['bin/mysqld', 'cluster.percona.mysqld'],
    ['bin/mysql', 'cluster.percona.mysql'],
    ['lib/galera4', 'cluster.wsrepProvider'],
    ['share', 'cluster.percona.share'],
    ['lib/mysql', 'cluster.percona.plugins'],
  ])('%s: %s', async (lost, setting) => {
    installation();
    rmSync(join(prefix, lost), { recursive: true });
    const percona = { installation: prefix };
    await expect(resolve({ percona })).rejects.toMatchObject(refused(prefix, `${setting}=`));
  });

  test.each([
    ['cluster.percona.mysqld', { percona: { mysqld: '/no/such' } }],
    ['cluster.percona.transferTools', { percona: { mysqld: '/bin/sh', transferTools: '/no/such' } }],
    ['cluster.wsrepProvider', { wsrepProvider: '/no/such' }],
  ])('a wrong %s', async (setting, cluster) => {
    installation();
    const percona = { installation: prefix, ...('percona' in cluster ? cluster.percona : {}) };
    await expect(resolve({ ...cluster, percona })).rejects.toMatchObject(refused(`${setting}: /no/such`));
  });

  test.each([
    ['no library at all', 'KEA_CONFORMANCE_WSREP_PROVIDER', '#!/bin/sh\n'],
    ['another library', 'cluster.wsrepProvider', '\x7fELF\0mysql_clone\0'],
  ])('a provider that is %s', async (_, name, content) => {
    installation();
    const wsrepProvider = file('other.so', content);
    const percona = { installation: prefix };
    const resolved = name.startsWith('KEA')
      ? resolve({ percona }, { [name]: wsrepProvider })
      : resolve({ percona, wsrepProvider });
    await expect(resolved).rejects.toMatchObject(
      refused(`${name}: ${wsrepProvider} is not a replication library`, name),
    );
  });

  test('a version of a series that is not supported', async () => {
    installation({ mysqld: MYSQLD.replace('8.0.36', '9.6.0') });
    await expect(resolve({ percona: { installation: prefix } })).rejects.toMatchObject(
      refused('9.6.0 is not supported', '9.7'),
    );
  });

  test('a MySQL that does not replicate write sets', async () => {
    installation({ mysqld: 'mysqld  Ver 8.0.36 for Linux on x86_64 (MySQL Community Server - GPL)' });
    const environment = { KEA_CONFORMANCE_PERCONA: prefix };
    await expect(resolve({}, environment)).rejects.toMatchObject(refused('without write-set replication'));
  });
});

test('other flavors do not use the named Percona XtraDB Cluster', async () => {
  const environment = { KEA_CONFORMANCE_PERCONA: '/no/such' };
  expect(await resolve({}, environment, ROOT, 'mariadb')).toBe(ROOT);
});

describe('doctor', () => {
  const found = async (environment: NodeJS.ProcessEnv = { KEA_CONFORMANCE_PERCONA: prefix }) => {
    const [check, ...others] = perconaChecks(environment);
    expect([check?.name, others]).toEqual(['percona', []]);
    return [(await check?.run()) ?? []].flat();
  };
  const wrong = (...words: RegExp[]) =>
    words.map((version) => ({
      ok: false,
      version: expect.stringMatching(version) as string,
      path: prefix,
      mend: expect.stringMatching(/KEA_CONFORMANCE_|--set/) as string,
    }));

  test('checks nothing where the environment names neither installation nor library', () => {
    expect(perconaChecks({})).toEqual([]);
    expect(perconaChecks({ KEA_CONFORMANCE_PERCONA: '', KEA_CONFORMANCE_WSREP_PROVIDER: '' })).toEqual([]);
  });

  test('shows version and server of the installation that the environment names', async () => {
    installation();
    expect(await found()).toEqual([{ ok: true, version: '8.0.36', path: join(prefix, 'bin/mysqld') }]);
  });

  const WITHOUT_REPLICATION = 'mysqld  Ver 8.0.36 for Linux on x86_64 (MySQL Community Server - GPL)';

  test.each<[string, { mysqld?: string; lost?: string[] }, RegExp[]]>([
    [
      'nothing is there',
      { lost: ['bin', 'share', 'lib'] },
      [/lacks bin\/mysqld/, /lacks the client/, /lacks .*libgalera_smm\.so/, /its messages/, /its plugins/],
    ],
    ['it is MySQL without replication', { mysqld: WITHOUT_REPLICATION }, [/without write-set replication/]],
    [
      'it is of a series that nobody knows here',
      { mysqld: MYSQLD.replace('8.0.36', '9.1.0') },
      [/9\.1\.0 is not supported/],
    ],
    ['its replication library is missing', { lost: ['lib/galera4'] }, [/libgalera_smm\.so/]],
    [
      'it has several faults, which do not hide one another',
      { mysqld: MYSQLD.replace('8.0.36', '9.6.0'), lost: ['lib/galera4', 'bin/mysql'] },
      [/lacks the client/, /lacks .*libgalera_smm\.so/, /9\.6\.0 is not supported/],
    ],
  ])('says what is wrong where %s, and what mends it', async (_, { lost = [], ...programs }, faults) => {
    installation(programs);
    for (const path of lost) rmSync(join(prefix, path), { recursive: true });
    expect(await found()).toMatchObject(wrong(...faults));
  });

  test('names a wrong library beside an installation that is not there', async () => {
    const provider = join(prefix, 'none.so');
    const environment = { KEA_CONFORMANCE_PERCONA: '/no/such', KEA_CONFORMANCE_WSREP_PROVIDER: provider };
    expect((await found(environment)).map(({ version }) => version)).toEqual([
      'KEA_CONFORMANCE_PERCONA: /no/such is not a directory',
      `KEA_CONFORMANCE_WSREP_PROVIDER: ${provider} does not exist`,
    ]);
  });

  test.each([
    ['is not there', undefined, 'does not exist'],
    ['is no library', 'text', 'is not a replication library (it has no wsrep_loader)'],
  ])('names a library that %s, set alone, as a run would', async (_, content, why) => {
    const provider = content === undefined ? join(prefix, 'none.so') : file('none.so', content);
    const [result, ...more] = await found({ KEA_CONFORMANCE_WSREP_PROVIDER: provider });
    expect(more).toEqual([]);
    expect(result).toMatchObject({
      ok: false,
      version: `KEA_CONFORMANCE_WSREP_PROVIDER: ${provider} ${why}`,
      mend: expect.stringContaining('KEA_CONFORMANCE_WSREP_PROVIDER') as string,
    });
    installation();
    const run = resolve({ percona: { installation: prefix } }, { KEA_CONFORMANCE_WSREP_PROVIDER: provider });
    await expect(run).rejects.toThrow(result?.version);
  });

  test('shows a library that is set alone', async () => {
    const provider = file('libgalera_smm.so', PROVIDER);
    expect(await found({ KEA_CONFORMANCE_WSREP_PROVIDER: provider })).toEqual([
      { ok: true, version: 'replication library', path: provider },
    ]);
  });
});
