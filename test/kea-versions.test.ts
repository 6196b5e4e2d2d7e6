import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect } from 'vitest';
import { cacheDirectory } from '../src/packages/cache.js';
import { SUITES } from '../src/packages/suites.js';
import { ensurePrivateRoot } from '../src/packages/private-root.js';
import type { Suite } from '../src/report/suite-result.js';
import { installationForOthers } from './support/installation-for-others.js';
import { RunFiles } from './support/run-files.js';
import { NO_HURRY, setting } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';

/** `nobody` and `nogroup`, which every Debian has. */
const NOBODY = { uid: 65534, gid: 65534 };
const runAs = process.getuid?.() === 0 ? NOBODY : undefined;

/** Few clients. No check fails because the machine is busy. */
const FEW = setting({
  'load.clientsPerServer': 8,
  'load.drainMs': 500,
  'load.timeoutMs': 20_000,
  ...NO_HURRY,
  'cluster.startTimeoutMs': 600_000,
  'kea.startTimeoutMs': 600_000,
  published: 'null',
});

// The roots are made once for all tests of this machine. The ordinary user finds them there.
beforeAll(async () => {
  for (const suite of [undefined, ...Object.keys(SUITES)]) await ensurePrivateRoot({ suite });
});

test('three versions of Kea in one suite, run by an ordinary user: each has the requested version, one version of the database, and passes', async ({
  workspace,
}) => {
  if (runAs !== undefined) workspace.handOver(runAs);
  const { node, cli } = await installationForOthers(workspace.path);
  const harness = workspace.startCommand([node, cli, 'run', 'kea-versions', '--quick', ...FEW], {
    env: { HOME: workspace.cwd, KEA_CONFORMANCE_CACHE: cacheDirectory() },
    runAs,
  });
  expect(await harness.ended, harness.output).toEqual({ code: 0, signal: null });

  const directory = join(workspace.cwd, 'reports', 'latest');
  const suite = JSON.parse(readFileSync(join(directory, 'suite.json'), 'utf8')) as Suite;
  expect(suite).toMatchObject({ exitCode: 0, tables: [{ suite: 'kea-versions' }] });
  const results = suite.runs.map((run) => new RunFiles(join(directory, run.directory)).result);
  expect(suite.runs.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['2.2', 'pass'],
    ['2.6', 'pass'],
    ['3.0', 'pass'],
  ]);
  const versions = results.map(({ environment }) => environment?.kea.version);
  for (const [index, { name }] of suite.runs.entries()) expect(versions[index]).toMatch(`${name}.`);
  expect(new Set(results.map(({ environment }) => environment?.database.version)).size).toBe(1);
  for (const { cases, environment } of results) {
    expect(environment?.kea).toMatchObject({
      allocator: 'iterative',
      pdAllocator: 'iterative',
      offerLifetime: 0,
    });
    expect(cases).toHaveLength(3);
    for (const one of cases)
      expect(one).toMatchObject({ clients: 24, clientsWithLease: 24, heldConcurrently: 0 });
  }
  const rows = suite.tables[0]?.rows ?? [];
  expect(rows.find(({ figure }) => figure === 'Kea')?.values).toEqual(versions);
  for (const version of versions) expect(harness.stdout).toContain(String(version));
  expect(harness.stdout.split('\n').every((line) => line.length <= 80)).toBe(true);
});
