import { expect } from 'vitest';
import { leasesMeanwhile, PATIENT } from '../../support/patient.js';
import { caseOf, RunFiles } from '../../support/run-files.js';
import { setting } from '../../support/small-scenario.js';
import { test } from '../../support/test-with-workspace.js';

test('behind haproxy in a container, the server of a killed node goes on with another node', async ({
  workspace,
}) => {
  // The undoing waits for so many clients that most of them can only come after the other nodes go on.
  const fault = { fault: 'kill', on: 'node-2', at: { exchanges: 15 }, undo: { exchanges: 180 } };
  const { code, output } = await workspace.run([
    'run',
    'proxy-failover',
    ...setting({
      'cluster.provider': 'docker',
      cases: '[dhcp4]',
      ...PATIENT,
      'load.ratePerServer': 5,
      'load.clientsPerServer': 65,
      faults: JSON.stringify([fault]),
      checks: '[]',
    }),
  ]);
  const run = RunFiles.only(workspace.cwd, 'proxy-failover');
  expect(code, output).toBe(0);
  expect(run.result.environment?.proxy).toMatch(/^haproxy \d+\.\d+\.\d+$/);
  expect(caseOf(run.result, 'dhcp4')).toMatchObject({ heldConcurrently: 0, clientsWithLease: 195 });
  expect(leasesMeanwhile(run.result, 'dhcp4 server-2')).toBeGreaterThan(0);
  const log = run.text('logs/haproxy.log');
  expect(log).toMatch(/Server nodes\/node-2 is DOWN/);
  expect(log).toMatch(/Server nodes\/node-2 is UP/);
});
