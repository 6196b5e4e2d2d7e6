import { describe, expect } from 'vitest';
import { leasesMeanwhile, PATIENT } from './support/patient.js';
import { caseOf, RunFiles } from './support/run-files.js';
import { ENDLESS, setting, smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import { eventually } from './support/wait.js';

describe('haproxy between the servers and the nodes', () => {
  test.concurrent(
    'the server of a killed node goes on with another node, while the node stays away',
    async ({ workspace }) => {
      // The undoing waits for so many clients that most of them can only come after the other nodes go on.
      const fault = { fault: 'kill', on: 'node-2', at: { exchanges: 15 }, undo: { exchanges: 285 } };
      const { code, output } = await workspace.run([
        'run',
        'proxy-failover',
        ...setting({
          ...PATIENT,
          cases: '[dhcp4]',
          'load.ratePerServer': 5,
          'load.clientsPerServer': 100,
          faults: JSON.stringify([fault]),
          checks: '[]',
        }),
      ]);
      const run = RunFiles.only(workspace.cwd, 'proxy-failover');
      const { result } = run;
      expect(code, output).toBe(0);
      expect(result.environment?.proxy).toMatch(/^haproxy \d+\.\d+\.\d+$/);
      expect(caseOf(result, 'dhcp4')).toMatchObject({ heldConcurrently: 0, clientsWithLease: 300 });
      expect(leasesMeanwhile(result, 'dhcp4 server-2')).toBeGreaterThan(0);
      expect(result.checks.map(({ name }) => name)).not.toContain('faults.minorityCommits');
      const log = run.text('logs/haproxy.log');
      expect(log).toMatch(/Server nodes\/node-2 is DOWN/);
      expect(log).toMatch(/ prefers-node-2\/node-3 /);
      // The node did not log the checks as connections that were broken off.
      expect(run.text('logs/node-1.log')).not.toMatch(/Aborted connection .*'proxy_check'/);
      expect(run.text('logs/haproxy.cfg')).not.toContain('password ');
    },
  );

  test.concurrent('its death fails the run', async ({ workspace }) => {
    const harness = workspace.start(smallRun({ 'kea.proxy': 'haproxy', ...ENDLESS, 'load.drainMs': 2_000 }));
    await harness.said(/[1-9]\d*\/\d+ leased/);
    const live = await workspace.liveDirectoryOf(harness);
    workspace.noteSockets(live);
    process.kill(live.proxy().pid, 'SIGKILL');
    expect(await harness.ended, harness.output).toEqual({ code: 1, signal: null });
    expect(harness.output).toContain('haproxy was killed (SIGKILL)');
    const { result, evidence } = RunFiles.only(workspace.cwd, 'small');
    expect(evidence.deaths[0]).toMatchObject({ kind: 'proxy', name: 'haproxy', signal: 'SIGKILL' });
    expect(evidence.deaths.slice(1).map(({ after }) => after)).toEqual(
      evidence.deaths.slice(1).map(() => 'haproxy'),
    );
    expect(result.checks.find(({ name }) => name === 'run.deaths')).toMatchObject({
      verdict: 'fail',
      actual: expect.stringMatching(/^proxy haproxy was killed \(SIGKILL\) after /) as string,
    });
    await eventually('all processes have ended', () => live.processes.length === 0);
  });

  test.concurrent('it outlives no harness that is killed', async ({ workspace }) => {
    const harness = workspace.start(smallRun({ 'kea.proxy': 'haproxy', ...ENDLESS }));
    await harness.loadBegan();
    const live = await workspace.liveDirectoryOf(harness);
    workspace.noteSockets(live);
    expect(live.proxy().command).toContain('haproxy');
    harness.signal('SIGKILL');
    await harness.ended;
    await eventually('all processes have ended', () => live.processes.length === 0);
    expect((await workspace.run(['clean'])).code).toBe(0);
    expect(workspace.liveDirectories()).toEqual([]);
  });
});
