import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from 'vitest';
import { GALERA } from '../src/cluster/flavors/galera.js';
import { STANDALONE } from '../src/cluster/flavors/plain.js';
import type { DatabaseFlavor } from '../src/cluster/flavors/flavor.js';
import type { Options } from '../src/cluster/flavors/options.js';
import { dataDirectory, type PreparedData } from '../src/cluster/local/kept-data-directory.js';
import { ensurePrivateRoot } from '../src/packages/private-root.js';
import { LiveDirectory } from '../src/processes/live-directory.js';
import { unprivilegedUser } from '../src/processes/unprivileged-user.js';

interface Preparing {
  flavor?: DatabaseFlavor;
  settings?: Options;
  behindProxy?: boolean;
  cache?: string;
}

interface Fixtures {
  cache: string;
  /** Gets the data directory of a new run, with a real MariaDB. */
  prepare: (preparing?: Preparing) => Promise<PreparedData>;
}

const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern
  cache: async ({}, use) => {
    const cache = mkdtempSync(join(tmpdir(), 'klt-'));
    chmodSync(cache, 0o755);
    await use(cache);
    rmSync(cache, { recursive: true });
  },
  prepare: async ({ cache }, use) => {
    const programs = await ensurePrivateRoot();
    const runAs = unprivilegedUser(undefined);
    const lives: LiveDirectory[] = [];
    await use(({ flavor = GALERA, settings = {}, ...more } = {}) => {
      const live = LiveDirectory.create(runAs);
      lives.push(live);
      return dataDirectory({
        programs,
        live,
        runAs,
        node: {
          flavor,
          provider: programs.wsrepProvider,
          installation: programs,
          address: '127.0.0.1',
          ports: { client: 13_001, group: 13_002, sst: 13_003, ist: 13_004 },
          settings,
        },
        logFile: join(live.path, 'prepare.log'),
        timeoutMs: 180_000,
        signal: new AbortController().signal,
        cache,
        ...more,
      });
    });
    for (const live of lives) live.remove();
  },
});

const keptIn = (cache: string): string[] => readdirSync(join(cache, 'data-directories')).sort();

test('a data directory is made once, and found by the next run', async ({ cache, prepare }) => {
  const made = await prepare();
  const [kept] = keptIn(cache);
  const found = await prepare();
  expect(found).toMatchObject({
    directory: join(cache, 'data-directories', kept ?? '', 'data'),
    password: made.password,
  });
  expect(made.directory).not.toBe(found.directory);
  expect(readdirSync(found.directory).sort()).toEqual(readdirSync(made.directory).sort());
  expect(existsSync(join(found.directory, 'kea', 'lease4.frm'))).toBe(true);
});

test('only the harness’s own user can read the password, and only the servers’ user the data', async ({
  prepare,
}) => {
  await prepare();
  const { directory } = await prepare();
  const own = process.getuid?.();
  const modeOf = (path: string) => [statSync(path).uid, (statSync(path).mode & 0o777).toString(8)];
  expect(modeOf(join(directory, '..', 'password'))).toEqual([own, '600']);
  expect(modeOf(directory)).toEqual([unprivilegedUser(undefined)?.uid ?? own, '700']);
});

test('what decides its content makes another one', async ({ cache, prepare }) => {
  await prepare();
  await prepare({ settings: { innodb_page_size: '8k' } });
  await prepare({ behindProxy: true });
  await prepare({ flavor: STANDALONE });
  expect(keptIn(cache)).toHaveLength(4);
});

test('after a cluster that did not start, it is made anew', async ({ cache, prepare }) => {
  const first = await prepare();
  first.distrust();
  const second = await prepare();
  expect(second.password).not.toBe(first.password);
  expect((await prepare()).password).toBe(second.password);
  expect(keptIn(cache)).toHaveLength(1);
});

test('runs that begin at once keep one, whole', async ({ cache, prepare }) => {
  // Replication would want a port, and all runs here have the same.
  const alone = { flavor: STANDALONE };
  const all = await Promise.all([prepare(alone), prepare(alone)]);
  const kept = await prepare(alone);
  expect(keptIn(cache)).toHaveLength(1);
  expect(all.map(({ password }) => password)).toContain(kept.password);
});

test('where the cache can’t be used, a run makes one for itself', async ({ cache, prepare }) => {
  const file = join(cache, 'a-file');
  writeFileSync(file, '');
  const { directory } = await prepare({ cache: file });
  expect(existsSync(join(directory, 'kea', 'lease6.frm'))).toBe(true);
});
