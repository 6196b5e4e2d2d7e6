import { expect } from 'vitest';
import { PATIENT } from '../support/patient.js';
import { caseOf, RunFiles } from '../support/run-files.js';
import { setting } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';
import { eventually } from '../support/wait.js';

const SETTINGS = { ...PATIENT, cases: '[dhcp4]', 'load.ratePerServer': 5, checks: '[]' };
const deathsIn = ({ result }: RunFiles) => result.checks.find(({ name }) => name === 'run.deaths')?.verdict;

test('a server that ends for want of its node is excused, and a later fault starts it again', async ({
  workspace,
}) => {
  const { code, output } = await workspace.run([
    'run',
    'node-crash',
    ...setting({
      ...SETTINGS,
      // Kea's own settings: it ends when it loses its database, and does not start without it.
      'kea.leaseDatabase': '{}',
      'load.clientsPerServer': 200,
      faults: JSON.stringify([
        { fault: 'stop', on: 'node-2', at: { exchanges: 15 }, undo: { exchanges: 45 } },
        { fault: 'kill', on: 'dhcp4 server-2', at: { exchanges: 500 }, undo: { exchanges: 515 } },
      ]),
    }),
  ]);
  const run = RunFiles.only(workspace.cwd, 'node-crash');
  expect(code, output).toBe(0);
  expect(output).toContain('dhcp4 server-2 had ended before, so there was nothing to kill');
  expect(deathsIn(run)).toBe('pass');
  expect(run.result.faults?.ended).toMatchObject([
    { server: 'dhcp4 server-2', how: 'exit code 1', fault: 0 },
  ]);
  expect(run.evidence.faults?.faults.map(({ hadEnded }) => hadEnded)).toEqual([
    undefined,
    ['dhcp4 server-2'],
  ]);
  expect(run.result.faults?.faults.every(({ undoneAtMs }) => undoneAtMs !== null)).toBe(true);
  expect(caseOf(run.result, 'dhcp4')).toMatchObject({ heldConcurrently: 0, clientsWithLease: 600 });
});

test('a server that somebody ends after it has its node again fails the run', async ({ workspace }) => {
  const harness = workspace.start([
    'run',
    'node-crash',
    ...setting({
      ...SETTINGS,
      'load.clientsPerServer': 10_000, // more than half an hour
      faults: JSON.stringify([
        { fault: 'kill', on: 'node-2', at: { exchanges: 15 }, undo: { exchanges: 60 } },
      ]),
    }),
  ]);
  await harness.said(/node-2 was started again/);
  const run = RunFiles.only(workspace.cwd, 'node-crash');
  await eventually('the database of server-2', () =>
    run.text('logs/kea-dhcp4-2.log').includes('DHCP4_DB_RECONNECT_SUCCEEDED'),
  );
  const live = await workspace.liveDirectoryOf(harness);
  process.kill(live.server('dhcp4-2').pid, 'SIGTERM');
  expect(await harness.ended, harness.output).toEqual({ code: 1, signal: null });
  expect(deathsIn(run)).toBe('fail');
  expect(run.evidence.deaths).toMatchObject([{ name: 'dhcp4 server-2', exitCode: 0 }]);
  expect(run.evidence.deaths[0]).not.toHaveProperty('fault');
  expect(run.result.faults?.ended).toEqual([]);
});
