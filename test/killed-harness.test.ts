import { existsSync } from 'node:fs';
import { expect } from 'vitest';
import { RunFiles } from './support/run-files.js';
import { ENDLESS, smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import { eventually } from './support/wait.js';

test.concurrent(
  'the servers of a killed harness die with it; `clean` removes its remains and spares a live run',
  async ({ workspace }) => {
    const spared = workspace.start(smallRun({ 'load.clientsPerServer': 60 }));
    const killed = workspace.start(smallRun({ 'cluster.nodes': 3, ...ENDLESS }));
    await Promise.all([spared.loadBegan(), killed.loadBegan()]);
    const live = await workspace.liveDirectoryOf(killed);
    const liveSpared = await workspace.liveDirectoryOf(spared);
    workspace.noteSockets(live);
    workspace.noteSockets(liveSpared);
    expect(live.processes).toHaveLength(3 + 3);

    killed.signal('SIGKILL');
    expect(await killed.ended).toEqual({ code: null, signal: 'SIGKILL' });
    await eventually('the servers have died with the harness', () => live.processes.length === 0);
    expect(existsSync(live.path)).toBe(true);

    const cleaned = await workspace.run(['clean']);
    expect(cleaned.code).toBe(0);
    expect(cleaned.stdout).toBe(`${live.path}: removed\n`);
    expect(workspace.liveDirectories().map(({ path }) => path)).toEqual([liveSpared.path]);
    expect(liveSpared.processes).toHaveLength(1 + 1);

    expect(await spared.ended, spared.output).toEqual({ code: 0, signal: null });
    const passed = RunFiles.in(workspace.cwd, 'small').filter((run) => run.has('result.json'));
    expect(passed.map(({ result }) => result.verdict)).toEqual(['pass']);
  },
);

test.concurrent('`clean` ends the servers that a killed harness was to keep', async ({ workspace }) => {
  const killed = workspace.start(smallRun(ENDLESS, '--keep'));
  await killed.loadBegan();
  const live = await workspace.liveDirectoryOf(killed);
  workspace.noteSockets(live);
  killed.signal('SIGKILL');
  await killed.ended;
  const [rows] = await live.withConnection((connection) => connection.query('SELECT 1 AS answer'));
  expect(rows).toEqual([{ answer: 1 }]);

  const cleaned = await workspace.run(['clean']);
  expect(cleaned.stdout).toBe(`${live.path}: removed, 2 processes ended\n`);
  const again = await workspace.run(['clean']);
  expect(again).toMatchObject({ code: 0, stdout: 'Nothing was left behind.\n' });
});

test.concurrent(
  'a run with --keep that is interrupted while it starts keeps nothing',
  async ({ workspace }) => {
    const harness = workspace.start(smallRun({ 'cluster.nodes': 3 }, '--keep'));
    const live = await workspace.liveDirectoryOf(harness);
    await eventually('a node is starting', () =>
      live.processes.some(({ command }) => /node-3.my.cnf/.test(command)),
    );
    harness.signal('SIGINT');
    expect(await harness.ended, harness.output).toEqual({ code: 130, signal: null });
  },
);
