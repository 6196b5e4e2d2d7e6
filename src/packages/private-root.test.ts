import { type AddressInfo, createServer } from 'node:net';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { readDistribution } from './archive/distribution.js';
import { writeManifest, type RootManifest } from './archive/manifest.js';
import { ensurePrivateRoot, findPrivateRoot, privateRootPlace } from './private-root.js';
import { debianArchitecture, RECIPE_ID } from './archive/recipe.js';

let cache: string;
let etcApt: string;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'klc-test-'));
  chmodSync(cache, 0o755);
  etcApt = join(cache, 'etc');
  mkdirSync(etcApt);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true });
});

function mirror(uri: string): void {
  writeFileSync(join(etcApt, 'sources.list'), `deb ${uri} ${readDistribution().codename} main\n`);
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('what can’t be had is an error with a code and a hint', () => {
  test('no apt', async () => {
    vi.stubEnv('PATH', '/nonexistent');
    await expect(ensurePrivateRoot({ cache })).rejects.toMatchObject({
      code: 'PREREQUISITE',
      message: expect.stringContaining('apt-get') as string,
      hint: expect.stringContaining('--set cluster.mariadbd=') as string,
    });
  });

  test('a mirror that can’t be reached', async () => {
    mirror(`http://127.0.0.1:${await closedPort()}/debian`);
    await expect(ensurePrivateRoot({ cache, etcApt })).rejects.toMatchObject({
      code: 'PACKAGES',
      hint: expect.stringContaining('mirror') as string,
    });
  });

  test('a mirror without anything', async () => {
    mirror(`file:${cache}/nowhere`);
    await expect(ensurePrivateRoot({ cache, etcApt })).rejects.toMatchObject({ code: 'PACKAGES' });
    expect(existsSync(privateRootPlace({ cache, etcApt }).directory)).toBe(false);
  });

  test('a cache that can’t be written', async () => {
    const noCache = '/etc/os-release';
    await expect(ensurePrivateRoot({ cache: noCache, etcApt })).rejects.toMatchObject({ code: 'STORAGE' });
  });

  test('an abort rejects with its reason', async () => {
    mirror(`http://127.0.0.1:${await closedPort()}/debian`);
    const abortion = new AbortController();
    const onProgress = () => abortion.abort(new Error('enough'));
    await expect(ensurePrivateRoot({ cache, etcApt, onProgress, signal: abortion.signal })).rejects.toThrow(
      'enough',
    );
  });
});

describe('a finished root', () => {
  const FILES = [
    'sbin/mariadbd',
    'bin/mariadb',
    'bin/mariadb-binlog',
    'bin/rsync',
    'share/mysql/mysql_system_tables.sql',
    'lib/mysql/plugin/auth_ed25519.so',
    'lib/galera/libgalera_smm.so',
    'sbin/kea-dhcp4',
    'sbin/kea-dhcp6',
    'sbin/perfdhcp',
    'sbin/haproxy',
    'bin/ip',
    'sbin/nft',
    'sbin/tc',
    'bin/tcpdump',
    'share/kea/scripts/mysql/dhcpdb_create.mysql',
    'lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
    'lib/x86_64-linux-gnu/kea/hooks/libdhcp_lease_cmds.so',
  ];

  function finishedRoot(changes: Partial<RootManifest> = {}): string {
    const { directory } = privateRootPlace({ cache, suite: 'test' });
    for (const file of FILES) {
      mkdirSync(dirname(join(directory, 'usr', file)), { recursive: true });
      writeFileSync(join(directory, 'usr', file), '');
    }
    writeManifest(directory, {
      recipe: RECIPE_ID,
      suite: 'test',
      architecture: debianArchitecture(),
      location: directory,
      madeAt: '2026-01-01T00:00:00Z',
      download: '1 MB',
      bytes: 1,
      versions: { kea: '2.2.0', mariadb: '10.11.19', galera: '26.4.23' },
      packages: {},
      ...changes,
    });
    return directory;
  }

  test('is used as it is, without running anything', async () => {
    const directory = finishedRoot();
    vi.stubEnv('PATH', '/nonexistent');
    const programs = await ensurePrivateRoot({ cache, suite: 'test' });
    expect(programs).toMatchObject({
      root: directory,
      keaDhcp4: join(directory, 'usr/sbin/kea-dhcp4'),
      versions: { kea: '2.2.0', mariadb: '10.11.19', galera: '26.4.23' },
    });
    expect(programs.path.split(':').slice(0, 2)).toEqual(
      ['bin', 'sbin'].map((bin) => join(directory, 'usr', bin)),
    );
  });

  test.each([
    ['of another recipe', { recipe: 'other' }],
    ['that was moved', { location: '/elsewhere' }],
  ])('%s is not used', (_which, changes) => {
    finishedRoot(changes);
    expect(findPrivateRoot({ cache, suite: 'test' })).toBeUndefined();
  });

  test.each(FILES)('without %s is not used', (file) => {
    rmSync(join(finishedRoot(), 'usr', file.endsWith('.so') ? dirname(file) : file), { recursive: true });
    expect(findPrivateRoot({ cache, suite: 'test' })).toBeUndefined();
  });
});
