import { expect } from 'vitest';
import { RunFiles } from './support/run-files.js';
import { NO_HURRY, ONE_DATABASE, setting } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';

const SMALL = {
  ...ONE_DATABASE,
  'load.clientsPerServer': 8,
  ...NO_HURRY,
};

test('more clients than leases: refused before the start; with load.beyondPool each lease is given, and the other clients are counted', async ({
  workspace,
}) => {
  const pool = {
    ...SMALL,
    cases: '[dhcp4, dhcp6-ia-na]',
    'kea.poolLeases': 16,
    'load.timeoutMs': 2_000,
    'load.maxAttempts': 4,
  };
  const refused = await workspace.run([
    'run',
    'pool-exhaustion',
    ...setting({ ...pool, 'load.beyondPool': 'false' }),
  ]);
  expect(refused.code).toBe(64);
  expect(refused.output).toContain(
    '--set kea.poolLeases=16: kea.poolLeases is 16, fewer than the 24 clients',
  );

  const checks = [
    'clientsWithLease == 16',
    'REQUEST-*.allAttempts.distinctLeases == 16',
    'dhcp6-ia-na.SOLICIT-ADVERTISE.allAttempts.outcomes.no-lease >= 8',
  ];
  const { code, output } = await workspace.run([
    'run',
    'pool-exhaustion',
    '--quick',
    ...setting({ ...pool, checks: `[${checks.join(', ')}]` }),
  ]);
  expect(code, output).toBe(0);
  const { result } = RunFiles.only(workspace.cwd, 'pool-exhaustion');
  const answered = result.checks.find((check) => check.name === 'load.answered' && check.case === 'dhcp4');
  expect(answered?.actual).toMatch(/ and \d+ left unanswered because no lease was free/);
  for (const { audit } of result.cases) expect(audit?.rows).toEqual([{ node: 'node-1', rows: 16 }]);
});
