import { expect } from 'vitest';
import { PATIENT } from '../../support/patient.js';
import { caseOf, RunFiles } from '../../support/run-files.js';
import { setting } from '../../support/small-scenario.js';
import { test } from '../../support/test-with-workspace.js';

test('servers of two versions run in containers, on a schema that was upgraded in between', async ({
  workspace,
}) => {
  const { code, output } = await workspace.run([
    ...['run', 'rolling-upgrade'],
    ...setting({
      'cluster.provider': 'docker',
      cases: '[dhcp4, dhcp6-ia-na]',
      ...PATIENT,
      'load.ratePerServer': 5,
      'load.clientsPerServer': 20,
    }),
  ]);
  const run = RunFiles.only(workspace.cwd, 'rolling-upgrade');
  expect(code, output).toBe(0);
  for (const name of ['dhcp4', 'dhcp6-ia-na'] as const)
    expect(caseOf(run.result, name)).toMatchObject({ heldConcurrently: 0, clientsWithLease: 60 });
  // Each server says its version when it starts, and would not have started on another schema than its own.
  const versionIn = (log: string): string | undefined =>
    /DHCP[46]_STARTING Kea DHCPv[46] server version (\d+\.\d+)/.exec(run.text(log))?.[1];
  expect(['dhcp4-1', 'dhcp4-3', 'dhcp6-ia-na-3'].map((one) => versionIn(`logs/kea-${one}.log`))).toEqual([
    '2.6',
    '3.0',
    '3.0',
  ]);
  expect(run.text('logs/schema-upgrade.log')).toMatch(/upgrade_.*\.sh/);
});
