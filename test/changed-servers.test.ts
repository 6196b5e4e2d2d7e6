import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { compileRepairedRetry } from '../src/kea/preload/repaired-retry.js';
import { ensurePrivateRoot } from '../src/packages/private-root.js';
import { LiveDirectory } from '../src/processes/live-directory.js';
import { RunFiles } from './support/run-files.js';
import { NO_HURRY, setting } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';

const FEW = setting({
  cases: '[dhcp6-ia-na]',
  'load.clientsPerServer': 30,
  'load.timeoutMs': 20_000,
  ...NO_HURRY,
  'cluster.startTimeoutMs': 600_000,
  'kea.startTimeoutMs': 600_000,
  published: 'null',
  expectedFigures: '[]',
});

test('with its retry repaired Kea refuses hardly anybody who lost a race, and a clock that is 2 s ahead is found', async ({
  workspace,
}) => {
  const harness = workspace.start([
    'run',
    'deadlock-retry',
    '--quick',
    ...FEW,
    ...setting({ servers: '[{ node: 1 }, { node: 2, clockOffset: 2 }, { node: 3 }]' }),
  ]);
  await harness.ended;
  expect(harness.code, harness.output).toBe(1);
  expect(harness.stdout).toContain('Kea changed by a library');
  expect(harness.stdout).toContain('clock of server-2 2 s ahead');

  const { result } = new RunFiles(join(workspace.cwd, 'reports', 'latest'));
  const failed = result.checks.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name);
  expect(failed).toEqual(['servers.clocks']);
  const offsets = result.clocks?.servers.map(({ server, rows }) => [
    server,
    Math.round((rows?.offsetMs ?? NaN) / 500),
  ]);
  expect(offsets?.map(([server, halves]) => [server, Number(halves) || 0])).toEqual([
    ['server-1', 0],
    ['server-2', 4],
    ['server-3', 0],
  ]);

  // Races were lost, as in the article's experiment. Without the library about half of the clients are refused.
  const lost = result.accompanying?.nodes.reduce(
    (sum, { growth }) => sum + (growth['wsrep_local_cert_failures'] ?? 0),
    0,
  );
  expect(lost).toBeGreaterThan(5);
  const committing = result.cases[0]?.phases.find((phase) => phase.committing);
  expect(committing?.firstAttempt.responses).toBeGreaterThanOrEqual(85);
});

test("the library is compiled by the private root's own compiler too, and Kea loads it", async ({
  workspace,
}) => {
  const programs = await ensurePrivateRoot();
  const live = LiveDirectory.create(undefined, workspace.path);
  const library = compileRepairedRetry({ programs: { path: join(programs.root ?? '', 'usr/bin') }, live });
  const version = execFileSync(programs.keaDhcp4, ['-v'], {
    env: {
      ...programs.keaEnvironment,
      LD_PRELOAD: library,
      LD_DEBUG: 'bindings',
      LD_DEBUG_OUTPUT: join(live.path, 'bound'),
    },
    encoding: 'utf8',
  });
  expect(version.trim()).toContain(programs.versions.kea);
  const [bound = ''] = readdirSync(live.path).filter((name) => name.startsWith('bound'));
  expect(readFileSync(join(live.path, bound), 'utf8')).toMatch(/to \S*repaired-retry\.so .*`mysql_query'/);
  live.remove();
});
