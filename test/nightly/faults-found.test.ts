import { describe, expect } from 'vitest';
import { caseOf, RunFiles } from '../support/run-files.js';
import { NO_HURRY, setting } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';

/** Real runs in which a cluster or a server does what it must not do under a fault. */
describe('is found', () => {
  const run = async (
    workspace: { run: (args: string[]) => Promise<{ code: number | null; output: string }>; cwd: string },
    scenario: string,
    settings: Record<string, string | number>,
  ) => {
    const { code, output } = await workspace.run([
      ...['run', scenario, '--quick'],
      ...setting({ cases: '[dhcp4]', checks: '[]', ...settings }),
    ]);
    expect(code, output).toBe(1);
    const { result } = RunFiles.only(workspace.cwd, scenario);
    const failed = result.checks.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name);
    return { result, failed };
  };

  test('a node that goes on alone when both others are killed, as it ignores the quorum', async ({
    workspace,
  }) => {
    const { result, failed } = await run(workspace, 'quorum-loss', {
      'cluster.settings.wsrep_provider_options': 'pc.ignore_quorum=true',
    });
    // What else such a cluster does when the others come back is its own affair: on a busy machine one of them may refuse
    // to go on, and rows may be lost.
    expect(failed).toContain('faults.minorityCommits');
    expect(caseOf(result, 'dhcp4').faults?.minorityCommits).toBeGreaterThan(0);
  });

  test('a server that gives up its database and goes on without it', async ({ workspace }) => {
    const { failed } = await run(workspace, 'node-crash', {
      'kea.leaseDatabase.maxReconnectTries': 1,
      'kea.leaseDatabase.reconnectWaitTime': 100,
      'load.maxAttempts': 30,
    });
    expect(failed).toEqual(['faults.servedAgain']);
  });

  test('what no node had written down when all were killed', async ({ workspace }) => {
    const { code, output } = await workspace.run([
      ...['run', 'flush-control'],
      ...setting({
        ...NO_HURRY,
        cases: '[dhcp4]',
        'load.ratePerServer': 10,
        'load.clientsPerServer': 30,
        'faults.0.at': '{ exchanges: 89 }',
        'faults.0.undo': '{ exchanges: 90 }',
      }),
    ]);
    expect(code, output).toBe(0);
    const { result } = RunFiles.only(workspace.cwd, 'flush-control');
    expect(result.outcome).toBe('control held');
    expect(result.faults?.lost?.total).toBeGreaterThan(0);
  });
});
