import { describe, expect } from 'vitest';
import { caseOf, RunFiles } from './support/run-files.js';
import { ENDLESS, NO_HURRY, setting, smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import { eventually } from './support/wait.js';

/** No limit depends on the clock. Clients of a server without a node go on asking until it is back. */
const PATIENT = {
  cases: '[dhcp4, dhcp6-ia-na]',
  'cluster.startTimeoutMs': 600_000,
  'kea.startTimeoutMs': 600_000,
  'load.timeoutMs': 1_000,
  'load.maxAttempts': 1_000,
  ...NO_HURRY,
};

describe('under load', () => {
  test.concurrent(
    'a node is killed, a server is frozen and another is stopped; no lease is lost or held by two clients',
    async ({ workspace }) => {
      const faults = [
        { fault: 'kill', on: 'node-2', at: { exchanges: 60 }, undo: { exchanges: 120 } },
        { fault: 'freeze', on: 'dhcp4 server-1', at: { exchanges: 10 }, undo: { exchanges: 50 } },
        { fault: 'stop', on: 'server-3', at: { exchanges: 20 }, undo: { exchanges: 55 } },
      ];
      const { code, output } = await workspace.run([
        'run',
        'node-crash',
        ...setting({
          ...PATIENT,
          'load.ratePerServer': 5,
          'load.clientsPerServer': 30,
          faults: JSON.stringify(faults),
          // It is made for the scenario's own number of clients. That all of these get a lease is expected below.
          checks: '[]',
        }),
      ]);
      // A machine that can't keep up makes the run inconclusive, and never a fail.
      const { result } = RunFiles.only(workspace.cwd, 'node-crash');
      expect(
        result.checks.filter(({ verdict }) => verdict !== 'pass'),
        output,
      ).toEqual([]);
      expect(code, output).toBe(0);
      expect(result.faults?.faults.map(({ fault, targets }) => [fault, targets])).toEqual([
        ['kill', ['node-2']],
        ['freeze', ['dhcp4 server-1']],
        ['stop', ['dhcp4 server-3', 'dhcp6-ia-na server-3']],
      ]);
      for (const { beganAtMs, doneAtMs, undoBeganAtMs, undoneAtMs } of result.faults?.faults ?? []) {
        const times = [beganAtMs, doneAtMs, undoBeganAtMs, undoneAtMs].map(Number);
        expect(times).toEqual([...times].sort((one, other) => one - other));
      }
      const ofNode = result.faults?.nodes.filter(({ node }) => node === 'node-2') ?? [];
      expect(ofNode[0]).toMatchObject({ status: 'Primary', state: 'Synced', size: 3 });
      expect(ofNode.map(({ status }) => status)).toContain('silent');
      expect(ofNode.at(-1)).toMatchObject({ status: 'Primary', state: 'Synced', size: 3 });
      for (const name of ['dhcp4', 'dhcp6-ia-na'])
        expect(caseOf(result, name)).toMatchObject({ heldConcurrently: 0, clientsWithLease: 90 });
    },
  );

  test.concurrent(
    'a node that is cut off gives no lease, unless it ignores that it has no quorum',
    async ({ workspace }) => {
      // Nodes notice sooner than by default that one of them is silent, so that the test is short.
      const soon = 'evs.suspect_timeout=PT2S;evs.keepalive_period=PT0.5S';
      const cutOff = (scenario: string, options = soon) =>
        workspace.run([
          'run',
          scenario,
          '--quick',
          ...setting({
            ...PATIENT,
            cases: '[dhcp4]',
            'load.clientsPerServer': 300,
            'load.ratePerServer': 30,
            'cluster.settings.wsrep_provider_options': options,
            'faults.0.at': 1,
            'faults.0.undo': 9,
          }),
        ]);
      const kept = await cutOff('isolation');
      expect(kept.code, kept.output).toBe(0);
      const { result } = RunFiles.only(workspace.cwd, 'isolation');
      expect(result.faults?.nodes.map(({ status }) => status)).toContain('non-Primary');
      expect(caseOf(result, 'dhcp4')).toMatchObject({
        heldConcurrently: 0,
        clientsWithLease: 900,
        faults: { minorityCommits: 0, lostLeases: 0 },
      });
      expect(caseOf(result, 'dhcp4').faults?.recoveredMs).toBeGreaterThan(0);
      const control = await cutOff('isolation-without-quorum', `${soon};pc.ignore_quorum=true`);
      expect(control.code, control.output).toBe(0);
      const found = RunFiles.only(workspace.cwd, 'isolation-without-quorum').result;
      expect(found.outcome).toBe('control held');
      expect(caseOf(found, 'dhcp4').heldConcurrently).toBeGreaterThan(0);
      expect(caseOf(found, 'dhcp4').faults?.minorityCommits).toBeGreaterThan(0);
      expect(found.checks.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name)).toEqual([
        'conformance.heldConcurrently',
        'faults.minorityCommits',
      ]);
      expect(found.environment?.database.settings).toMatchObject({ 'pc.ignore_quorum': 'true' });
    },
  );

  test.concurrent.for(['SIGINT', 'SIGKILL'] as const)(
    'a frozen server and a killed node outlive no harness that %s ends',
    async (signal, { workspace }) => {
      const faults = [
        { fault: 'freeze', on: 'server-1', at: { exchanges: 1 }, undo: { exchanges: 9_999 } },
        { fault: 'kill', on: 'node-3', at: { exchanges: 1 }, undo: { exchanges: 9_999 } },
      ];
      const run = workspace.start(
        smallRun({ 'cluster.nodes': 3, ...ENDLESS, faults: JSON.stringify(faults) }),
      );
      await run.loadBegan();
      const live = await workspace.liveDirectoryOf(run);
      workspace.noteSockets(live);
      // Kea ends the server of the killed node at its next query, so the number of processes says nothing.
      await eventually('the faults were done', () => live.server('dhcp4-1').frozen && !live.runs('node-3'));
      run.signal(signal);
      await run.ended;
      await eventually('the processes have ended with the harness', () => live.processes.length === 0);
      const { code } = await workspace.run(['clean']);
      expect(code).toBe(0);
      expect(workspace.liveDirectories()).toEqual([]);
    },
  );
});
