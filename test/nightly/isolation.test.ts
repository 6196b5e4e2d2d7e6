import { expect } from 'vitest';
import { PATIENT } from '../support/patient.js';
import { caseOf, RunFiles } from '../support/run-files.js';
import { setting } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';

test('a node that is cut off gives no lease', async ({ workspace }) => {
  const { code, output } = await workspace.run([
    'run',
    'isolation',
    '--quick',
    ...setting({
      ...PATIENT,
      cases: '[dhcp4]',
      'load.clientsPerServer': 300,
      'load.ratePerServer': 30,
      // Nodes notice sooner than by default that one of them is silent, so that the test is short.
      'cluster.settings.wsrep_provider_options': 'evs.suspect_timeout=PT2S;evs.keepalive_period=PT0.5S',
      'faults.0.at': 1,
      'faults.0.undo': 9,
    }),
  ]);
  expect(code, output).toBe(0);
  const { result } = RunFiles.only(workspace.cwd, 'isolation');
  expect(result.faults?.nodes.map(({ status }) => status)).toContain('non-Primary');
  expect(caseOf(result, 'dhcp4')).toMatchObject({
    heldConcurrently: 0,
    clientsWithLease: 900,
    faults: { minorityCommits: 0, lostLeases: 0 },
  });
  expect(caseOf(result, 'dhcp4').faults?.recoveredMs).toBeGreaterThan(0);
});
