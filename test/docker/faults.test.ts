import type Docker from 'dockerode';
import { beforeAll, expect } from 'vitest';
import { connectEngine } from '../../src/docker/engine.js';
import { leftInEngine, NOTHING, runOf } from '../support/docker-runs.js';
import { caseOf, RunFiles } from '../support/run-files.js';
import { ENDLESS, NO_HURRY, setting, smallRun } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';
import { eventually } from '../support/wait.js';

let engine: Docker;

beforeAll(async () => {
  engine = await connectEngine();
});

const DOCKER = { 'cluster.provider': 'docker' };

test('nodes and servers in containers are killed and paused; no lease is lost or held by two', async ({
  workspace,
}) => {
  const faults = [
    { fault: 'freeze', on: 'server-1', at: { exchanges: 5 }, undo: { exchanges: 20 } },
    { fault: 'kill', on: 'server-3', at: { exchanges: 10 }, undo: { exchanges: 25 } },
    { fault: 'kill', on: 'node-2', at: { exchanges: 30 }, undo: { exchanges: 60 } },
  ];
  const { code, output } = await workspace.run([
    'run',
    'node-crash',
    ...setting({
      ...DOCKER,
      cases: '[dhcp4]',
      'cluster.commitHistory': 'true',
      ...NO_HURRY,
      'cluster.startTimeoutMs': 600_000,
      'kea.startTimeoutMs': 600_000,
      'load.maxAttempts': 1_000,
      'load.ratePerServer': 5,
      'load.clientsPerServer': 30,
      faults: JSON.stringify(faults),
      checks: '[]',
    }),
  ]);
  const { result } = RunFiles.only(workspace.cwd, 'node-crash');
  expect(
    result.checks.filter(({ verdict }) => verdict !== 'pass'),
    output,
  ).toEqual([]);
  expect(code, output).toBe(0);
  expect(caseOf(result, 'dhcp4')).toMatchObject({ heldConcurrently: 0, clientsWithLease: 90 });
  // A node that was killed has every change all the same, from two files of its log.
  const { nodes = [], changes = 0, replicationMs } = result.commits ?? {};
  expect(nodes.map((node) => node.changes)).toEqual([changes, changes, changes]);
  expect(changes).toBeGreaterThanOrEqual(90);
  expect(replicationMs?.measured).toBeGreaterThan(90);
  for (const { doneAtMs, undoneAtMs } of result.faults?.faults ?? [])
    expect(Number(undoneAtMs)).toBeGreaterThan(Number(doneAtMs));
  const ofNode = result.faults?.nodes.filter(({ node }) => node === 'node-2') ?? [];
  expect(ofNode.map(({ status }) => status)).toContain('silent');
  expect(ofNode.at(-1)).toMatchObject({ status: 'Primary', state: 'Synced', size: 3 });
});

test.concurrent.for(['SIGINT', 'SIGKILL'] as const)(
  'containers that are paused when %s ends the harness are removed, by the run itself if it can',
  async (signal, { workspace }) => {
    const faults = [
      { fault: 'freeze', on: 'server-1', at: { exchanges: 1 }, undo: { exchanges: 9_999 } },
      { fault: 'freeze', on: 'node-3', at: { exchanges: 1 }, undo: { exchanges: 9_999 } },
    ];
    const harness = workspace.start(
      smallRun({ ...DOCKER, ...ENDLESS, 'cluster.nodes': 3, faults: JSON.stringify(faults) }),
    );
    const run = await runOf(workspace, harness);
    await eventually('two containers are paused', async () => {
      const paused = await engine.listContainers({ filters: { status: ['paused'] } });
      return paused.filter(({ Names: [name = ''] }) => name.startsWith(`/${run}-`)).length === 2;
    });
    harness.signal(signal);
    const end = await harness.ended;
    expect(end, harness.output).toEqual(
      signal === 'SIGINT' ? { code: 130, signal: null } : { code: null, signal },
    );
    if (signal === 'SIGINT') expect(await leftInEngine(engine, run)).toEqual(NOTHING);
    const { code, output } = await workspace.run(['clean']);
    expect(code, output).toBe(0);
    expect(await leftInEngine(engine, run)).toEqual(NOTHING);
  },
);
