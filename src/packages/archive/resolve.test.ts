import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { Programs } from '../programs.js';
import { aptError } from './apt.js';
import { resolvePrograms } from './resolve.js';

let prefix: string;

beforeEach(() => {
  prefix = mkdtempSync(join(tmpdir(), 'klc-test-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(prefix, { recursive: true });
});

function file(path: string, text = ''): string {
  mkdirSync(dirname(join(prefix, path)), { recursive: true });
  writeFileSync(join(prefix, path), text);
  return join(prefix, path);
}

function program(path: string, says: string): string {
  const made = file(path, `#!/bin/sh\necho '${says}'\n`);
  chmodSync(made, 0o755);
  return made;
}

function kea(version: string) {
  file('share/kea/scripts/mysql/dhcpdb_create.mysql');
  return { dhcp4: program('sbin/kea-dhcp4', version), dhcp6: program('sbin/kea-dhcp6', version) };
}

function mariadb() {
  file('share/mysql/mysql_system_tables.sql');
  file('lib/mysql/plugin/auth_ed25519.so');
  file('lib/galera/libgalera_smm.so');
  program('bin/mariadb', 'mariadb  Ver 15.1 Distrib 10.6.22-MariaDB, for Linux');
  return { mariadbd: program('sbin/mariadbd', 'mariadbd  Ver 10.6.22-MariaDB for Linux') };
}

const ROOT = {
  root: '/root-of-test',
  mariadbd: '/root-of-test/mariadbd',
  keaDhcp4: '/root-of-test/kea-dhcp4',
  keaDhcp6: '/root-of-test/kea-dhcp6',
  keaMysqlSchema: '/root-of-test/schema',
  wsrepProvider: '/root-of-test/provider',
  perfdhcp: '/root-of-test/perfdhcp',
  path: '/root-of-test',
  environment: { PATH: '/root-of-test' },
  keaEnvironment: { PATH: '/root-of-test', KEA_LFC_EXECUTABLE: '/root-of-test/kea-lfc' },
  versions: { kea: '1.0.0', mariadb: '1.0.0', galera: '1.0.0' },
} as unknown as Programs;

const ensure = () => Promise.resolve(ROOT);
const never = () => Promise.reject(new Error('no root was to be made'));

describe('named programs', () => {
  test('none: all from the private root', async () => {
    expect(await resolvePrograms({ cluster: {}, kea: {} }, { ensure })).toBe(ROOT);
  });

  test('Kea alone: the rest from the private root, its schema from beside it', async () => {
    const { dhcp4, dhcp6 } = kea('3.0.4');
    const programs = await resolvePrograms({ cluster: {}, kea: { dhcp4 } }, { ensure });
    expect(programs).toMatchObject({
      keaDhcp4: dhcp4,
      keaDhcp6: dhcp6,
      keaMysqlSchema: join(prefix, 'share/kea/scripts/mysql/dhcpdb_create.mysql'),
      keaHooks: undefined,
      mariadbd: ROOT.mariadbd,
      environment: ROOT.environment,
      keaEnvironment: { PATH: ROOT.path },
      versions: { kea: '3.0.4', mariadb: '1.0.0', galera: '1.0.0' },
    });
  });

  test('Kea and MariaDB: no private root is made', async () => {
    const programs = await resolvePrograms({ cluster: mariadb(), kea: kea('2.2.0') }, { ensure: never });
    expect(programs).toMatchObject({
      root: undefined,
      mariadbBasedir: prefix,
      mariadbShare: join(prefix, 'share/mysql'),
      mariadbPlugins: join(prefix, 'lib/mysql/plugin'),
      wsrepProvider: join(prefix, 'lib/galera/libgalera_smm.so'),
      perfdhcp: undefined,
      versions: { kea: '2.2.0', mariadb: '10.6.22', galera: 'unknown' },
    });
  });
});

describe('a proxy', () => {
  const SAYS = 'HAProxy version 2.6.12-1+deb12u4 2026/10/17 - https://haproxy.org/';

  test('that is named takes the place of the one in the private root', async () => {
    const haproxy = program('elsewhere/haproxy', SAYS);
    const programs = await resolvePrograms(
      { cluster: {}, kea: { proxy: 'haproxy', haproxy } },
      { ensure: () => Promise.resolve({ ...ROOT, haproxy: '/root-of-test/haproxy' }) },
    );
    expect(programs).toMatchObject({
      haproxy,
      mariadbd: ROOT.mariadbd,
      versions: { haproxy: '2.6.12', galera: '1.0.0' },
    });
  });

  test('is looked for on PATH where all other programs are named', async () => {
    const haproxy = program('path/haproxy', SAYS);
    vi.stubEnv('PATH', dirname(haproxy));
    const named = { cluster: mariadb(), kea: { ...kea('2.2.0'), proxy: 'haproxy' as const } };
    const programs = await resolvePrograms(named, { ensure: never });
    expect(programs).toMatchObject({ root: undefined, haproxy, versions: { haproxy: '2.6.12' } });
  });

  test('that nobody asks for is not looked for', async () => {
    vi.stubEnv('PATH', dirname(program('path/haproxy', SAYS)));
    const programs = await resolvePrograms({ cluster: mariadb(), kea: kea('2.2.0') }, { ensure: never });
    expect(programs.haproxy).toBeUndefined();
  });
});

/** Fake roots of several suites. Each suite has a Kea and a MariaDB of its own. */
function rootsWith(keaOfSuite: Record<string, string>) {
  const asked: string[] = [];
  const ensureOf = ({ suite = 'own' }: { suite?: string | undefined }): Promise<Programs> => {
    asked.push(suite);
    const entries = Object.entries(ROOT as unknown as Record<string, unknown>).map(([key, value]) => [
      key,
      typeof value === 'string' ? value.replace('of-test', suite) : value,
    ]);
    const versions = { ...ROOT.versions, kea: keaOfSuite[suite], mariadb: `10.0-${suite}` };
    const keaEnvironment = { PATH: suite };
    return Promise.resolve({ ...Object.fromEntries(entries), versions, keaEnvironment } as Programs);
  };
  return { asked, ensure: ensureOf };
}

describe('a version of Kea', () => {
  test("that the machine's own suite has: one root", async () => {
    const { asked, ensure: own } = rootsWith({ own: '2.2.0' });
    const programs = await resolvePrograms({ cluster: {}, kea: { version: '2.2' } }, { ensure: own });
    expect(asked).toEqual(['own']);
    expect(programs).toMatchObject({ keaDhcp4: '/root-own/kea-dhcp4', versions: { kea: '2.2.0' } });
  });

  test('that another suite has: Kea and all that belongs to it from there, the database from its own', async () => {
    const { asked, ensure: both } = rootsWith({ own: '2.2.0', trixie: '2.6.3' });
    const programs = await resolvePrograms({ cluster: {}, kea: { version: '2.6' } }, { ensure: both });
    expect(asked).toEqual(['own', 'trixie']);
    expect(programs).toMatchObject({
      keaDhcp4: '/root-trixie/kea-dhcp4',
      keaDhcp6: '/root-trixie/kea-dhcp6',
      keaMysqlSchema: '/root-trixie/schema',
      perfdhcp: '/root-trixie/perfdhcp',
      keaEnvironment: { PATH: 'trixie' },
      mariadbd: '/root-own/mariadbd',
      wsrepProvider: '/root-own/provider',
      versions: { kea: '2.6.3', mariadb: '10.0-own' },
    });
  });

  test('that its suite no longer has is refused, naming the version that is there instead', async () => {
    const { ensure: moved } = rootsWith({ own: '2.2.0', sid: '3.2.0' });
    await expect(
      resolvePrograms({ cluster: {}, kea: { version: '3.0' } }, { ensure: moved }),
    ).rejects.toMatchObject({
      code: 'PREREQUISITE',
      message: 'kea.version is 3.0, but the suite sid has Kea 3.2.0',
    });
  });

  test('whose suite the mirror does not have is a missing prerequisite: runs without it can be made', async () => {
    const { ensure: own } = rootsWith({ own: '2.2.0' });
    const without = ({ suite }: { suite?: string | undefined }): Promise<Programs> =>
      suite === undefined
        ? own({})
        : Promise.reject(
            aptError('it failed', `E: The repository '${suite} Release' does not have a Release file.`),
          );
    await expect(
      resolvePrograms({ cluster: {}, kea: { version: '2.6' } }, { ensure: without }),
    ).rejects.toMatchObject({
      code: 'PREREQUISITE',
      message: expect.stringContaining('trixie Release') as string,
      hint: expect.stringContaining('kea.version') as string,
    });
  });

  test('that no suite is known to have', async () => {
    const { ensure: own } = rootsWith({ own: '2.2.0' });
    await expect(
      resolvePrograms({ cluster: {}, kea: { version: '2.4' } }, { ensure: own }),
    ).rejects.toMatchObject({
      code: 'PREREQUISITE',
      hint: expect.stringContaining('2.6 (trixie)') as string,
    });
  });

  test('is compared with that of a named Kea', async () => {
    const { dhcp4 } = kea('2.2.0');
    await expect(
      resolvePrograms({ cluster: {}, kea: { dhcp4, version: '2.6' } }, { ensure }),
    ).rejects.toMatchObject({ code: 'PREREQUISITE', message: expect.stringContaining('2.2.0') as string });
  });
});

describe('a version of the database', () => {
  const versions = { bookworm: '10.11.14', own: '10.11.14', trixie: '11.8.9', sid: '11.8.9' };
  const galera = { bookworm: '26.4.23', own: '26.4.23', trixie: '26.4.23', sid: '26.4.27' };
  const asked: string[] = [];
  const roots = ({ suite = 'own' }: { suite?: string | undefined }): Promise<Programs> => {
    asked.push(suite);
    const from = (what: string) => `/root-${suite}/${what}`;
    const name = suite as keyof typeof versions;
    return Promise.resolve({
      ...ROOT,
      mariadbd: from('mariadbd'),
      wsrepProvider: from('provider'),
      keaDhcp4: from('kea-dhcp4'),
      path: from('bin'),
      environment: { PATH: from('bin') },
      versions: { kea: '2.2.0', mariadb: versions[name], galera: galera[name] },
    });
  };
  const found = async (cluster: { version?: string; galeraVersion?: string }) => {
    asked.length = 0;
    return resolvePrograms({ cluster, kea: {} }, { ensure: roots });
  };

  test('that another suite has: all that belongs to the database from there, Kea from its own', async () => {
    expect(await found({ version: '11.8' })).toMatchObject({
      mariadbd: '/root-trixie/mariadbd',
      wsrepProvider: '/root-trixie/provider',
      path: '/root-trixie/bin',
      keaDhcp4: '/root-own/kea-dhcp4',
      versions: { kea: '2.2.0', mariadb: '11.8.9', galera: '26.4.23' },
    });
    expect(asked).toEqual(['own', 'trixie']);
  });

  test('with a version of the Galera library, which decides between two suites', async () => {
    expect(await found({ version: '11.8', galeraVersion: '26.4.27' })).toMatchObject({
      wsrepProvider: '/root-sid/provider',
      versions: { mariadb: '11.8.9', galera: '26.4.27' },
    });
    expect(await found({ galeraVersion: '26.4.27' })).toMatchObject({ mariadbd: '/root-sid/mariadbd' });
  });

  test('that the machine’s own suite has: no other root', async () => {
    await found({ version: '10.11', galeraVersion: '26.4.23' });
    expect(asked).toEqual(['own']);
  });

  test('that no suite has lists those that can be had', async () => {
    await expect(found({ version: '11.4' })).rejects.toMatchObject({
      code: 'PREREQUISITE',
      message: 'the harness knows no suite with MariaDB 11.4 (cluster.version)',
      hint: expect.stringContaining(
        '10.11 with Galera 26.4.23 (bookworm), 11.8 with Galera 26.4.23 (trixie)',
      ) as string,
    });
    await expect(found({ version: '10.11', galeraVersion: '26.4.27' })).rejects.toMatchObject({
      message:
        'the harness knows no suite with MariaDB 10.11 (cluster.version) and Galera 26.4.27 (cluster.galeraVersion)',
      hint: expect.stringContaining('11.8 with Galera 26.4.27 (sid)') as string,
    });
  });

  test('is compared with that of a named server', async () => {
    await expect(
      resolvePrograms({ cluster: { ...mariadb(), version: '11.8' }, kea: kea('2.2.0') }, { ensure: never }),
    ).rejects.toMatchObject({
      code: 'PREREQUISITE',
      message: expect.stringContaining('cluster.version is 11.8') as string,
    });
  });
});

describe('an installed Kea that KEA_CONFORMANCE_KEA names', () => {
  const resolved = (named: object = {}, directory = prefix) =>
    resolvePrograms({ cluster: {}, kea: named }, { ensure, environment: { KEA_CONFORMANCE_KEA: directory } });

  test('is the default of both servers and of the schema', async () => {
    const { dhcp4, dhcp6 } = kea('2.7.9');
    expect(await resolved()).toMatchObject({
      keaDhcp4: dhcp4,
      keaDhcp6: dhcp6,
      keaMysqlSchema: join(prefix, 'share/kea/scripts/mysql/dhcpdb_create.mysql'),
      versions: { kea: '2.7.9' },
    });
  });

  test('serves a scenario that wants its version, and no other', async () => {
    const { dhcp4 } = kea('2.7.9');
    expect(await resolved({ version: '2.7' })).toMatchObject({ keaDhcp4: dhcp4 });
    expect(await resolved({ version: '1.0' })).toMatchObject({ keaDhcp4: ROOT.keaDhcp4 });
  });

  test('gives way to what the scenario names', async () => {
    const named = kea('2.2.0');
    expect(await resolved(named, '/no/such')).toMatchObject({ keaDhcp4: named.dhcp4 });
  });

  test('is refused where it is not whole, naming what is missing', async () => {
    await expect(resolved({}, '/no/such')).rejects.toMatchObject({
      code: 'PREREQUISITE',
      message: 'KEA_CONFORMANCE_KEA: there is no /no/such/sbin/kea-dhcp4',
    });
    kea('2.7.9');
    rmSync(join(prefix, 'sbin/kea-dhcp6'));
    await expect(resolved()).rejects.toMatchObject({
      message: expect.stringContaining('kea-dhcp6') as string,
    });
  });
});

describe('a wrong path names its setting', () => {
  const refused = (setting: string) => ({
    code: 'PREREQUISITE',
    message: expect.stringContaining(setting) as string,
  });

  test.each([
    ['cluster.mariadbd', { cluster: { mariadbd: '/no/such' }, kea: {} }],
    ['cluster.wsrepProvider', { cluster: { wsrepProvider: '/usr' }, kea: {} }],
    ['kea.dhcp6', { cluster: {}, kea: { dhcp6: '/etc/os-release' } }],
    ['kea.schema', { cluster: {}, kea: { schema: 'no-such-file' } }],
    ['kea.haproxy', { cluster: {}, kea: { proxy: 'haproxy' as const, haproxy: '/no/such' } }],
  ])('%s', async (setting, named) => {
    await expect(resolvePrograms(named, { ensure: never })).rejects.toMatchObject(refused(setting));
  });

  test('a program that is something else', async () => {
    const dhcp4 = program('bin/kea-dhcp4', 'hello');
    await expect(resolvePrograms({ cluster: {}, kea: { dhcp4 } }, { ensure })).rejects.toMatchObject(
      refused('kea.dhcp4'),
    );
  });

  test('a server without its files', async () => {
    const mariadbd = program('bin/mariadbd', 'mariadbd  Ver 10.6.22-MariaDB');
    await expect(resolvePrograms({ cluster: { mariadbd }, kea: {} }, { ensure })).rejects.toMatchObject(
      refused('cluster.mariadbd'),
    );
  });

  test('two versions of Kea', async () => {
    const { dhcp4 } = kea('2.2.0');
    const dhcp6 = program('other/sbin/kea-dhcp6', '2.6.3');
    await expect(resolvePrograms({ cluster: {}, kea: { dhcp4, dhcp6 } }, { ensure })).rejects.toMatchObject(
      refused('kea.dhcp6 is Kea 2.6.3'),
    );
  });
});
