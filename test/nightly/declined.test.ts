import { expect } from 'vitest';
import { RunFiles } from '../support/run-files.js';
import { NO_HURRY, ONE_DATABASE, setting } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';

const SMALL = {
  ...ONE_DATABASE,
  'load.clientsPerServer': 8,
  ...NO_HURRY,
};

test('declined addresses are given to nobody during their probation period', async ({ workspace }) => {
  const { code, output } = await workspace.run([
    'run',
    'declined',
    '--quick',
    ...setting({
      ...SMALL,
      'load.life.seconds': 5,
      'load.timeoutMs': 20_000,
      checks: '[declines.declined >= 10, declines.reused == 0]',
    }),
  ]);
  expect(code, output).toBe(0);
  const { result } = RunFiles.only(workspace.cwd, 'declined');
  expect(result.checks.map(({ name }) => name)).toContain('conformance.declinedReused');
  const v6 = result.cases.find(({ name }) => name === 'dhcp6-ia-na');
  expect(v6?.audit?.givenBack).toBeGreaterThan(0);
});
