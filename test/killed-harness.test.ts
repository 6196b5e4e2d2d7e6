import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openJournal } from '../src/observations/journal/journal.js';
import { resultSchema } from '../src/results/result.js';
import { RunFiles } from './support/run-files.js';
import { ENDLESS, smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import { eventually } from './support/wait.js';
import type { Workspace } from './support/workspace.js';

test.concurrent(
  'the servers of a killed harness die with it; `clean` removes its remains and spares a live run',
  async ({ workspace }) => {
    const spared = workspace.start(smallRun(ENDLESS));
    const out = join(workspace.cwd, 'killed');
    const killed = workspace.start(
      smallRun({ 'cluster.nodes': 3, 'load.ratePerServer': 100, ...ENDLESS }, '--out', out),
    );
    await Promise.all([spared.loadBegan(), killed.loadBegan()]);
    await eventually('observations of the run are on disk', () => journalRecords(out) > 0);
    const live = await workspace.liveDirectoryOf(killed);
    const liveSpared = await workspace.liveDirectoryOf(spared);
    workspace.noteSockets(live);
    workspace.noteSockets(liveSpared);
    expect(live.processes).toHaveLength(3 + 3);

    killed.signal('SIGKILL');
    expect(await killed.ended).toEqual({ code: null, signal: 'SIGKILL' });
    await eventually('the servers have died with the harness', () => live.processes.length === 0);
    expect(existsSync(live.path)).toBe(true);
    await expectJudgedUpToItsEnd(workspace, out);

    const cleaned = await workspace.run(['clean']);
    expect(cleaned.code).toBe(0);
    expect(cleaned.stdout.split('\n')[0]).toBe(`${live.path}: removed`);
    expect(workspace.liveDirectories().map(({ path }) => path)).toEqual([liveSpared.path]);
    expect(liveSpared.processes).toHaveLength(1 + 1);

    spared.signal('SIGINT');
    expect(await spared.ended, spared.output).toEqual({ code: 130, signal: null });
    const [result] = RunFiles.in(workspace.cwd, 'small')
      .filter((run) => run.has('result.json'))
      .map((run) => run.result);
    expect(result?.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(result?.cases[0]?.clientsWithLease).toBeGreaterThan(0);
  },
);

function journalRecords(run: string): number {
  return openJournal(join(run, 'journal.bin')).records;
}

/** The run directory of a killed harness is judged. The judgement names what is missing, and is no pass. */
async function expectJudgedUpToItsEnd(workspace: Workspace, run: string): Promise<void> {
  const records = journalRecords(run);
  const before = readdirSync(run);
  expect(before).not.toContain('evidence.json');
  const { code, stdout, output } = await workspace.run(['analyze', run, '--json']);
  expect(code, output).toBe(2);
  const result = resultSchema.parse(JSON.parse(stdout));
  expect(result).toMatchObject({ verdict: 'inconclusive', exitCode: 2, finishedAt: null });
  const check = (name: string) => result.checks.find((one) => one.name === name);
  expect(check('source.complete')?.actual).toMatch(
    /no evidence\.json: the run was killed before it could write it/,
  );
  expect(check('audit.made')?.actual).toMatch(/ended before it read the lease tables/);
  expect(check('conformance.heldConcurrently')).toMatchObject({ actual: '0', verdict: 'pass' });
  expect(check('conformance.secondLease')).toMatchObject({ actual: '0', verdict: 'pass' });
  const messages = result.cases[0]?.phases.map(({ allAttempts }) => allAttempts?.requests ?? 0) ?? [];
  expect(Math.min(...messages)).toBeGreaterThan(0);
  expect(messages.reduce((sum, one) => sum + one, 0)).toBeLessThan(records);
  const { stdout: report } = await workspace.run(['analyze', run]);
  expect(report).toMatch(/^INCONCLUSIVE {2}small: this run can't tell:/m);
  expect(readdirSync(run)).toEqual(before);
}

test.concurrent('`clean` ends the servers of a killed harness with --keep', async ({ workspace }) => {
  const killed = workspace.start(smallRun(ENDLESS, '--keep'));
  await killed.loadBegan();
  const live = await workspace.liveDirectoryOf(killed);
  workspace.noteSockets(live);
  killed.signal('SIGKILL');
  await killed.ended;
  const [rows] = await live.withConnection((connection) => connection.query('SELECT 1 AS answer'));
  expect(rows).toEqual([{ answer: 1 }]);

  const cleaned = await workspace.run(['clean']);
  const [first, stays] = cleaned.stdout.split('\n');
  expect(first).toBe(`${live.path}: removed, 2 processes ended`);
  expect(stays).toMatch(/^What stays: /);
  const again = await workspace.run(['clean']);
  expect(again).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Nothing was left behind\.\n/) as string,
  });
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
