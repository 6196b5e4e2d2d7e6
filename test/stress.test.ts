import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { suiteSchema } from '../src/report/suite-result.js';
import { caseOf, RunFiles } from './support/run-files.js';
import { NO_HURRY, setting } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import type { Workspace } from './support/workspace.js';

function suiteIn(workspace: Workspace, directory: string) {
  return suiteSchema.parse(JSON.parse(readFileSync(join(workspace.cwd, directory, 'suite.json'), 'utf8')));
}

/** No limit that a busy machine could miss: these tests are not about speed. */
const PATIENT = {
  'load.timeoutMs': 20_000,
  ...NO_HURRY,
};

test('find-limit finds that a server keeps up with the highest rate of the bounds', async ({ workspace }) => {
  const bounds = ['--from', '5', '--to', '10', '--seconds', '2', '--out', 'limit'];
  const harness = await workspace.run(['find-limit', 'small.yaml', ...bounds, ...setting(PATIENT)]);
  expect(harness.code, harness.output).toBe(0);
  expect(harness.stdout).toContain(
    'The highest rate at which at most 2.5% of the exchanges got no timely answer is',
  );
  expect(harness.stdout.trimEnd().split('\n').slice(-2).join('\n')).toContain('limit/report.html');
  expect(harness.stdout).toMatch(
    /^at least 10 a second on each server {2}find-limit, 2 runs: 2 pass; dhcp4/m,
  );
  const { limit, runs, tables } = suiteIn(workspace, 'limit');
  expect(limit).toMatchObject({
    highestPerServer: 10,
    nextPerServer: null,
    exceededPerServer: null,
    arrival: 'poisson',
    cases: ['dhcp4'],
  });
  expect(limit?.answer[0]).toContain(
    ' is 10 a second on each server (1 server of dhcp4, poisson, 2 s each rate)',
  );
  expect(limit?.trials.map(({ ratePerServer, outcome }) => [ratePerServer, outcome])).toEqual([
    [5, 'held'],
    [10, 'held'],
  ]);
  expect(runs.map(({ name, verdict }) => [name, verdict])).toEqual([
    ['5', 'pass'],
    ['10', 'pass'],
  ]);
  const offered = tables[0]?.rows.find(({ figure }) => figure === 'offered a second and server');
  expect([tables[0]?.columns, offered?.values]).toEqual([
    ['5', '10'],
    [5, 10],
  ]);
  const { result } = new RunFiles(join(workspace.cwd, 'limit', '10'));
  expect(caseOf(result, 'dhcp4').exchanges).toMatchObject({ offeredPerServer: 10, withoutTimelyAnswer: 0 });
  expect(result.resources?.processes.map(({ kind }) => kind)).toEqual(['harness', 'node', 'server']);
  expect((await workspace.run(['analyze', 'limit'])).code).toBe(0);
  workspace.expectNothingLeft();
});

test('an interrupted find-limit leaves nothing behind, and says what it has found so far', async ({
  workspace,
}) => {
  const options = ['--from', '5', '--to', '10', '--seconds', '3600', '--out', 'cut'];
  const harness = workspace.start(['find-limit', 'small.yaml', ...options]);
  await harness.loadBegan();
  harness.signal('SIGINT');
  expect((await harness.ended).code, harness.output).toBe(130);
  expect(suiteIn(workspace, 'cut')).toMatchObject({
    exitCode: 130,
    limit: { highestPerServer: null, answer: ['No rate was tried.'] },
    runs: [{ name: '5', outcome: 'interrupted' }],
  });
  workspace.expectNothingLeft();
});

test('bad bounds of find-limit are refused before anything is started', async ({ workspace }) => {
  const refused = async (...args: string[]) => {
    const { code, output } = await workspace.run(['find-limit', ...args]);
    expect(code).toBe(64);
    return output;
  };
  expect(await refused('--from', '0')).toContain('--from 0 is no number from 0.1');
  const crossed = await refused('--from', '20', '--to', '10');
  expect(crossed).toContain('--to 10 is below --from 20');
  expect(crossed).toContain('give a --to of at least 20, or a --from of at most 10');
  expect(await refused('--resolution', 'x')).toContain('--resolution x is no number');
  expect(await refused('--set', 'load.ratePerServer=5')).toContain('use --from, --to and --seconds');
  expect(await refused('allocators')).toContain('is a suite');
  expect(await refused('--seconds', '1000', '--to', '50000')).toContain('load.stages');
});
