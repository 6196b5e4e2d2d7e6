import { expect } from 'vitest';
import { caseOf, RunFiles } from '../support/run-files.js';
import { smallRun } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';

test('transaction ids may be used again: each client gets only the replies to its own messages', async ({
  workspace,
}) => {
  const few = {
    'load.transactionIdBits': 10,
    'load.ratePerServer': 60,
    'load.clientsPerServer': 900,
    'load.arrival': 'poisson',
    'load.maxAttempts': 2,
    'load.timeoutMs': 1_000,
    'limits.maxMemoryMiB': 1,
  };
  const harness = await workspace.run(smallRun(few, '--set', 'checks=[exchanges.timesThroughIds >= 1.5]'));
  const { result } = RunFiles.only(workspace.cwd, 'small');
  const failed = result.checks.filter(({ verdict }) => verdict === 'fail');
  expect(failed, harness.output).toEqual([]);
  const { exchanges, clientsWithLease, phases } = caseOf(result, 'dhcp4');
  expect(exchanges?.timesThroughIds).toBeGreaterThan(1.5);
  expect(clientsWithLease).toBeGreaterThan(0);
  expect(phases.map(({ wrongClient }) => wrongClient)).toEqual([0, 0]);
  // No process fits into a mebibyte, so the check on memory is inconclusive.
  expect(result.checks.find(({ name }) => name === 'run.memory')).toMatchObject({ verdict: 'inconclusive' });
  expect(result.resources?.memory.judgedPeakMiB).toBeGreaterThan(10);
  workspace.expectNothingLeft();
});
