import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomInt } from 'node:crypto';
import { describe, expect } from 'vitest';
import { seededRandom } from '../../src/load/pacing/random.js';
import type { Result } from '../../src/results/result.js';
import { leasesMeanwhile, PATIENT } from '../support/patient.js';
import { processesOf } from '../support/processes.js';
import { RunFiles } from '../support/run-files.js';
import { setting, smallRun } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';
import { eventually } from '../support/wait.js';
import type { Workspace } from '../support/workspace.js';

/** Set the variable to repeat the moments of an earlier run of these tests. */
const SEED = Number(process.env['INTERRUPTIONS_SEED'] ?? randomInt(0x1_0000_0000));
const MOMENTS = 20;
/** From the start of the harness until its load goes on. */
const SPAN_MS = 9_000;

describe(`a harness that is killed at random moments (INTERRUPTIONS_SEED=${SEED})`, () => {
  const random = seededRandom(SEED);
  const moments = Array.from({ length: MOMENTS }, (_, index) =>
    Math.floor(((index + random()) / MOMENTS) * SPAN_MS),
  );

  for (const pauseMs of moments)
    test(`leaves nothing of its private network after ${pauseMs} ms`, async ({ workspace }) => {
      const links = readdirSync('/sys/class/net');
      const faults = [{ fault: 'partition', groups: ['node-1', ['node-2', 'node-3']], at: 0.2, undo: 60 }];
      const harness = workspace.start(
        smallRun({
          'cluster.nodes': 3,
          'cluster.network': 'private',
          'load.clientsPerServer': 10_000,
          faults: JSON.stringify(faults),
        }),
      );
      await sleep(pauseMs);
      harness.signal('SIGKILL');
      await harness.ended;
      // What holds a namespace is a process in the live directory. Without it there is no namespace.
      await eventually('all processes have ended', () => processesOf(workspace.path).length === 0);
      expect(readdirSync('/sys/class/net')).toEqual(links);
      const { code, output } = await workspace.run(['clean']);
      expect(code, output).toBe(0);
      expect(readdirSync(workspace.tmp)).toEqual([]);
    });
});

test('servers without the link to their node give no lease, and the others go on', async ({ workspace }) => {
  const settings = {
    ...PATIENT,
    cases: '[dhcp4]',
    'load.ratePerServer': 5,
    'load.clientsPerServer': 40,
    'load.restartDelayMs': '[200, 600]',
    'faults.0.at': 1,
    'faults.0.undo': 5,
  };
  const { code, output } = await workspace.run(['run', 'database-link-cut', ...setting(settings)]);
  expect(code, output).toBe(0);
  const { result } = RunFiles.only(workspace.cwd, 'database-link-cut');
  expect(result.faults?.faults[0]?.targets).toEqual(['dhcp4 server-3']);
  expect(leasesMeanwhile(result, 'dhcp4 server-3')).toBe(0);
  expect(leasesMeanwhile(result, 'dhcp4 server-2')).toBeGreaterThan(5);
  expect(new Set(result.faults?.nodes.map(({ status }) => status))).toEqual(new Set(['Primary']));
});

/** The figures alone tell what is wrong with the network. */
describe('a reader of the figures sees', () => {
  async function resultWith(
    workspace: Workspace,
    settings: Record<string, string | number>,
  ): Promise<Result> {
    const { output } = await workspace.run([
      'run',
      'published-galera',
      ...setting({
        ...PATIENT,
        'cluster.network': 'private',
        cases: '[dhcp4]',
        'load.ratePerServer': 10,
        'load.clientsPerServer': 150,
        'load.arrival': 'staggered',
        expectedFigures: '[]',
        'kea.leaseDatabase.maxReconnectTries': 1_000,
        'kea.leaseDatabase.reconnectWaitTime': 200,
        'kea.leaseDatabase.onFail': 'serve-retry-continue',
        ...settings,
      }),
    ]);
    const [run] = RunFiles.in(workspace.cwd, 'published-galera');
    if (run === undefined) throw new Error(output);
    return run.result;
  }
  const during = (fault: object): string => JSON.stringify([{ at: 1, undo: 13, ...fault }]);
  const medianOf = ({ cases }: Result): number => Number(cases[0]?.phases[0]?.latencyMs?.p50);

  test('a cut in one direction: the node is alone, and gives no lease', async ({ workspace }) => {
    const result = await resultWith(workspace, {
      faults: during({ fault: 'partition', from: 'node-3', to: ['node-1', 'node-2'] }),
    });
    const ofNode = result.faults?.nodes.filter(({ node }) => node === 'node-3') ?? [];
    expect(ofNode.map(({ status }) => status)).toContain('non-Primary');
    expect(result.faults?.nodes.filter(({ node }) => node === 'node-1').map(({ size }) => size)).toContain(2);
    expect(leasesMeanwhile(result, 'dhcp4 server-3')).toBeLessThan(10);
    expect(leasesMeanwhile(result, 'dhcp4 server-1')).toBeGreaterThan(10);
  });

  test('a loss of 30%: as many messages are lost, and about half of the exchanges are not answered', async ({
    workspace,
  }) => {
    const result = await resultWith(workspace, {
      faults: during({ fault: 'lose', between: ['clients', 'servers'], percent: 30 }),
    });
    for (const { toServer, toClients } of result.faults?.clientLinks ?? [])
      for (const { messages, lost } of [toServer, toClients]) {
        expect(messages).toBeGreaterThan(100);
        expect(lost / messages).toBeGreaterThan(0.2);
        expect(lost / messages).toBeLessThan(0.4);
      }
    expect(result.faults?.clientLinks).toHaveLength(3);
    // 0.7 · 0.7 of the exchanges have both messages.
    const { requests = 0, responses = 1 } = result.cases[0]?.phases[0]?.allAttempts ?? {};
    expect(responses / Number(requests)).toBeLessThan(0.75);
  });

  test('a delay of 50 ms: each exchange takes 100 ms longer', async ({ workspace }) => {
    const result = await resultWith(workspace, {
      faults: JSON.stringify([{ fault: 'delay', between: ['clients', 'servers'], ms: 50, at: 0, undo: 14 }]),
    });
    expect(medianOf(result)).toBeGreaterThanOrEqual(100);
    // Without it, an offer takes a millisecond. The machine may be busy.
    expect(medianOf(result)).toBeLessThan(150);
  });
});
