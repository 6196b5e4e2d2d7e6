import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Suite } from '../../src/report/suite-result.js';
import { RunFiles } from '../support/run-files.js';
import { NO_HURRY, setting } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';

const FEW = setting({
  'load.clientsPerServer': 6,
  'load.timeoutMs': 20_000,
  ...NO_HURRY,
});

test('servers that share nothing fail in every case, with every duplicate witnessed', async ({
  workspace,
}) => {
  const { code, output } = await workspace.run(['run', 'negative-control', ...FEW]);
  expect(code, output).toBe(0);
  const { result } = RunFiles.only(workspace.cwd, 'negative-control');
  expect(result).toMatchObject({ verdict: 'fail', outcome: 'control held', exitCode: 0 });
  expect(result.checks.filter(({ verdict }) => verdict !== 'pass').map(({ name }) => name)).toEqual(
    result.cases.map(() => 'conformance.heldConcurrently'),
  );
  for (const { name, heldConcurrently, witnesses } of result.cases) {
    expect(heldConcurrently, name).toBe(6);
    expect(new Set(witnesses.map(({ kind, lease }) => `${kind} ${lease}`)).size).toBe(6);
    for (const { kind, holders } of witnesses) {
      expect(kind).toBe('held-concurrently');
      expect(holders.map(({ server }) => server).sort()).toEqual(['server-1', 'server-2', 'server-3']);
      expect(new Set(holders.map(({ client }) => client)).size).toBe(3);
    }
  }
});

test('nodes that replicate asynchronously give duplicates, and end with different rows', async ({
  workspace,
}) => {
  const { code, output } = await workspace.run(['run', 'circular', ...FEW]);
  expect(code, output).toBe(0);
  const { result } = RunFiles.only(workspace.cwd, 'circular');
  expect(result).toMatchObject({ verdict: 'fail', outcome: 'control held' });
  expect(result.cases.reduce((sum, { heldConcurrently }) => sum + heldConcurrently, 0)).toBeGreaterThan(0);
  expect(result.audit?.counts.differing).toBeGreaterThan(0);
});

test('a negative control in a suite has held', async ({ workspace }) => {
  const { code, output } = await workspace.run([
    'run',
    'shared-database',
    'negative-control',
    ...FEW,
    ...setting({ cases: '[dhcp4]' }),
  ]);
  expect(code, output).toBe(0);
  const file = join(workspace.cwd, 'reports', 'latest', 'suite.json');
  const suite = JSON.parse(readFileSync(file, 'utf8')) as Suite;
  expect(suite).toMatchObject({
    exitCode: 0,
    runs: [
      { scenario: 'shared-database', directory: 'shared-database', verdict: 'pass', outcome: 'pass' },
      {
        scenario: 'negative-control',
        directory: 'negative-control',
        verdict: 'fail',
        outcome: 'control held',
      },
    ],
  });
});
