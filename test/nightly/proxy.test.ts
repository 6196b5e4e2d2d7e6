import { expect } from 'vitest';
import { leasesMeanwhile, PATIENT } from '../support/patient.js';
import { caseOf, RunFiles } from '../support/run-files.js';
import { setting } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';

test('behind haproxy a node that has no quorum is found, although it takes connections', async ({
  workspace,
}) => {
  const soon = 'evs.suspect_timeout=PT2S;evs.keepalive_period=PT0.5S';
  const fault = { fault: 'isolate', on: 'node-2', at: { exchanges: 15 }, undo: { exchanges: 285 } };
  const { code, output } = await workspace.run([
    'run',
    'proxy-failover',
    ...setting({
      ...PATIENT,
      cases: '[dhcp4]',
      'load.ratePerServer': 5,
      'load.clientsPerServer': 100,
      'cluster.settings.wsrep_provider_options': soon,
      faults: JSON.stringify([fault]),
      checks: '[]',
    }),
  ]);
  const run = RunFiles.only(workspace.cwd, 'proxy-failover');
  expect(code, output).toBe(0);
  expect(run.text('logs/haproxy.log')).toMatch(/Server nodes\/node-2 is DOWN, .*wsrep_ready is ON/);
  expect(leasesMeanwhile(run.result, 'dhcp4 server-2')).toBeGreaterThan(0);
  expect(caseOf(run.result, 'dhcp4')).toMatchObject({ heldConcurrently: 0, clientsWithLease: 300 });
});
