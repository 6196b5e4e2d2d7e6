import { expect } from 'vitest';
import { smallRun } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';

/** The test is about the comparison, so no replication is needed. */
const LOAD = { 'cluster.flavor': 'standalone', 'load.clientsPerServer': 30 };

test('a server that dies is a regression however busy the machine is', async ({ workspace }) => {
  const first = await workspace.run(smallRun(LOAD));
  expect(first.code, first.output).toBe(0);
  expect((await workspace.run(['baseline', 'set', 'reports/latest'])).code).toBe(0);
  const harness = workspace.start(smallRun(LOAD));
  await harness.loadBegan();
  process.kill((await workspace.liveDirectoryOf(harness)).server('dhcp4-1').pid, 'SIGKILL');
  expect((await harness.ended).code, harness.output).toBe(1);
  const compared = await workspace.run(['compare', 'reports/latest']);
  expect(compared.code, compared.output).toBe(3);
  expect(compared.stdout).toMatch(/^REGRESSION small: verdict pass → fail \(run\.deaths/);
});
