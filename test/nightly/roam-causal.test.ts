import { expect } from 'vitest';
import { caseOf, RunFiles } from '../support/run-files.js';
import { NO_HURRY, setting } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';

/** No limit depends on the clock: the runs must pass on a machine that does other things as well. */
const PATIENT = {
  cases: '[dhcp4, dhcp6-ia-na-pd]',
  'load.timeoutMs': 20_000,
  'load.maxAttempts': 1_000,
  ...NO_HURRY,
};

test('clients keep their lease when they renew it through another node, if reads wait for what other nodes have committed', async ({
  workspace,
}) => {
  const { code, output } = await workspace.run([
    'run',
    'roam-causal',
    ...setting({ ...PATIENT, 'load.clientsPerServer': 20 }),
  ]);
  expect(code, output).toBe(0);
  const { result } = RunFiles.only(workspace.cwd, 'roam-causal');
  for (const [name, renewing] of [
    ['dhcp4', 'RENEW-ACK'],
    ['dhcp6-ia-na-pd', 'REBIND-REPLY'],
  ] as const) {
    const one = caseOf(result, name);
    expect(one).toMatchObject({ clients: 60, clientsWithLease: 60, heldConcurrently: 0 });
    expect(one.renewals?.notKept).toBe(0);
    const renewed = one.phases.find((phase) => phase.name === renewing);
    expect(renewed?.outcomes.lease).toBeGreaterThanOrEqual(60);
  }
  expect(result.checks).toContainEqual(
    expect.objectContaining({ name: 'conformance.leaseKept', case: 'dhcp4', verdict: 'pass' }),
  );
});
