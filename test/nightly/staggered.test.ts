import { expect } from 'vitest';
import { firstPhaseOf, halvesOf, RunFiles } from '../support/run-files.js';
import { setting } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';

test('with staggered arrival the duplicates of the first phase go away', async ({ workspace }) => {
  const { code, output } = await workspace.run([
    'run',
    'staggered',
    ...setting({
      cases: '[dhcp4]',
      // The servers are 133 ms apart: enough time to store a lease on a machine that does other things as well.
      'load.ratePerServer': 2.5,
      'load.clientsPerServer': 20,
      'limits.maxStartLatenessMs': 5_000,
      'limits.minRatePercent': 0,
    }),
  ]);
  const { result } = RunFiles.only(workspace.cwd, 'staggered');
  const { areKept, outcome, exitCode } = halvesOf(result);
  expect(code, output).toBe(exitCode);
  expect(result).toMatchObject({ verdict: 'pass', outcome });
  const { responses, duplicatePercent } = firstPhaseOf(result, 'dhcp4');
  expect(responses).toBeGreaterThanOrEqual(57);
  if (areKept) expect(duplicatePercent).toBeLessThanOrEqual(2);
});
