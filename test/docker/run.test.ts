import type Docker from 'dockerode';
import { beforeAll, expect } from 'vitest';
import { connectEngine } from '../../src/docker/engine.js';
import { leftInEngine, NOTHING, runOf, type LeftInEngine } from '../support/docker-runs.js';
import { caseOf, halvesOf, RunFiles } from '../support/run-files.js';
import { ENDLESS, smallRun } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';
import { eventually } from '../support/wait.js';

let engine: Docker;
let ofRun: (run: string) => Promise<LeftInEngine>;

beforeAll(async () => {
  engine = await connectEngine();
  ofRun = (run) => leftInEngine(engine, run);
});

const DOCKER = { 'cluster.provider': 'docker' };

test('a quick run of the published scenario on Docker gives what the local provider gives', async ({
  workspace,
}) => {
  const harness = workspace.start([
    ...['run', '--quick', '--set', 'cluster.provider=docker', '--set', 'cases=[dhcp4, dhcp6-ia-na]'],
    // The machine may be busy. The test does not depend on its speed.
    ...['--set', 'limits.minRatePercent=0', '--set', 'limits.maxStartLatenessMs=3600000'],
    ...['--set', 'load.timeoutMs=20000', '--set', 'cluster.startTimeoutMs=600000'],
  ]);
  const run = await runOf(workspace, harness);
  await harness.loadBegan();
  expect(await ofRun(run)).toEqual({
    containers: [1, 2, 3].flatMap((n) => [`dhcp4-${n}`, `dhcp6-ia-na-${n}`, `node-${n}`]).sort(),
    networks: [run],
  });
  const ended = await harness.ended;
  expect(await ofRun(run)).toEqual(NOTHING);

  const [files] = RunFiles.in(workspace.cwd, 'published-galera');
  if (files === undefined) throw new Error('no run directory');
  const { outcome, exitCode } = halvesOf(files.result);
  expect(ended, harness.output).toEqual({ code: exitCode, signal: null });
  expect(files.result).toMatchObject({ verdict: 'pass', outcome });
  for (const name of ['dhcp4', 'dhcp6-ia-na'] as const) {
    const { clients, clientsWithLease, heldConcurrently, phases } = caseOf(files.result, name);
    expect({ clients, clientsWithLease, heldConcurrently }).toEqual({
      clients: 357,
      clientsWithLease: 357,
      heldConcurrently: 0,
    });
    const [first, second] = phases;
    expect(first?.firstAttempt.duplicatePercent).toBeGreaterThan(25);
    expect(first?.firstAttempt.duplicatePercent).toBeLessThan(50);
    expect(second?.firstAttempt.duplicateLeases).toBe(0);
  }
  expect(files.result.environment).toMatchObject({
    kea: { version: '2.2.0' },
    database: { flavor: 'galera', wsrepProvider: expect.stringMatching(/\d/) as string },
  });
});

test('of two runs side by side, interrupting one does not touch the other', async ({ workspace }) => {
  const ended = workspace.start(smallRun({ ...DOCKER, ...ENDLESS, 'cluster.nodes': 2 }));
  const other = workspace.start(smallRun({ ...DOCKER, 'load.clientsPerServer': 100 }));
  const runs = [await runOf(workspace, ended), await runOf(workspace, other)] as const;
  await Promise.all([ended.loadBegan(), other.loadBegan()]);
  ended.signal('SIGINT');
  expect(await ended.ended, ended.output).toEqual({ code: 130, signal: null });
  expect(await ofRun(runs[0])).toEqual(NOTHING);
  expect(await other.ended, other.output).toEqual({ code: 0, signal: null });
  expect(await ofRun(runs[1])).toEqual(NOTHING);
});

test('interrupted while its cluster starts, a run leaves nothing', async ({ workspace }) => {
  const harness = workspace.start(smallRun({ ...DOCKER, 'cluster.nodes': 3 }));
  const run = await runOf(workspace, harness);
  await eventually('a node has a container', async () =>
    (await ofRun(run)).containers.some((name) => name.startsWith('node-')),
  );
  harness.signal('SIGTERM');
  expect(await harness.ended, harness.output).toEqual({ code: 143, signal: null });
  expect(await ofRun(run)).toEqual(NOTHING);
});

test('`clean` removes what a killed harness left, and nothing of a live run', async ({ workspace }) => {
  const living = workspace.start(smallRun({ ...DOCKER, ...ENDLESS }));
  const killed = workspace.start(smallRun({ ...DOCKER, ...ENDLESS }));
  const runs = { living: await runOf(workspace, living), killed: await runOf(workspace, killed) };
  await Promise.all([living.loadBegan(), killed.loadBegan()]);
  killed.signal('SIGKILL');
  await killed.ended;
  expect((await ofRun(runs.killed)).containers).toEqual(['dhcp4-1', 'node-1']);

  const cleaned = await workspace.run(['clean']);
  expect(cleaned.code, cleaned.output).toBe(0);
  expect(cleaned.stdout).toContain(`${runs.killed}: 2 containers removed, and their network\n`);
  expect(await ofRun(runs.killed)).toEqual(NOTHING);
  expect((await ofRun(runs.living)).containers).toEqual(['dhcp4-1', 'node-1']);
  living.signal('SIGINT');
  expect(await living.ended, living.output).toEqual({ code: 130, signal: null });
  expect(await ofRun(runs.living)).toEqual(NOTHING);
});

test('the CPU time of containers on this machine is attributed to their nodes and servers', async ({
  workspace,
}) => {
  const harness = await workspace.run(smallRun(DOCKER));
  expect(harness.code, harness.output).toBe(0);
  const { processes = [], samples = [] } = RunFiles.only(workspace.cwd, 'small').evidence.resources ?? {};
  expect(processes.map(({ name }) => name)).toEqual(['harness', 'node-1', 'dhcp4 server-1']);
  for (const { ticks } of samples) expect(ticks).not.toContain(null);
});

test('a container that ends by itself counts as a death, with its last lines', async ({ workspace }) => {
  const harness = workspace.start(smallRun({ ...DOCKER, ...ENDLESS }));
  const run = await runOf(workspace, harness);
  await harness.loadBegan();
  await engine.getContainer(`${run}-dhcp4-1`).kill({ signal: 'SIGKILL' });
  expect(await harness.ended, harness.output).toEqual({ code: 1, signal: null });
  expect(harness.output).toContain('dhcp4 server-1 was killed (SIGKILL)');
  expect(await ofRun(run)).toEqual(NOTHING);
});

test('what the Kea of an image refuses of a stated configuration is told before anything starts', async ({
  workspace,
}) => {
  const harness = await workspace.run(smallRun(DOCKER, '--set', 'kea.extra={max-lease-tme: 1}'));
  expect(harness.code, harness.output).toBe(64);
  expect(harness.output).toMatch(/Kea \d\S* refuses the configuration: .*max-lease-tme/);
});

test('an image without the needed program ends in one error, and leaves nothing', async ({ workspace }) => {
  const harness = await workspace.run(
    smallRun({ ...DOCKER, 'cluster.docker.keaImage': 'no-such-image.example/kea:none' }),
  );
  expect(harness.code, harness.output).toBe(69);
  expect(harness.output).toContain('no-such-image.example/kea:none');
});
