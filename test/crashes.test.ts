import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { RunFiles } from './support/run-files.js';
import { ENDLESS, smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import { commandLine, type Workspace } from './support/workspace.js';

/** Code that is loaded before the program. At SIGUSR2 it causes an error that no code can catch. */
const WAYS = {
  exception: "process.on('SIGUSR2', () => { throw new Error('out of the blue'); });",
  rejection: "process.on('SIGUSR2', () => void Promise.reject(new Error('out of the blue')));",
  'want of files':
    "process.on('SIGUSR2', () => { throw Object.assign(new Error('open'), { code: 'EMFILE' }); });",
};

function start(workspace: Workspace, way: keyof typeof WAYS) {
  const file = join(workspace.cwd, 'crash.mjs');
  writeFileSync(file, WAYS[way]);
  return workspace.start(smallRun({ 'cluster.nodes': 3, ...ENDLESS }), {
    env: { NODE_OPTIONS: `--import=${file}` },
  });
}

test.concurrent.for([
  ['exception', 70, 'INTERNAL'],
  ['rejection', 70, 'INTERNAL'],
  ['want of files', 69, 'PREREQUISITE'],
] as const)(
  '%s that nobody can catch: it ends the load, and all that was started, with %i',
  async ([way, code, error], { workspace }) => {
    const harness = start(workspace, way);
    await harness.said(/[1-9]\d*\/\d+ leased/);
    workspace.noteSockets(await workspace.liveDirectoryOf(harness));
    harness.signal('SIGUSR2');
    expect(await harness.ended, harness.output).toEqual({ code, signal: null });
    expect(harness.stderr.match(/^error [A-Z]+: /gm)).toEqual([`error ${error}: `]);
    const run = RunFiles.only(workspace.cwd, 'small');
    expect(run.evidence).toMatchObject({ endedEarly: { code: error }, interruptedBy: null, deaths: [] });
    expect(run.result).toMatchObject({ verdict: 'inconclusive', exitCode: code });
    expect(run.observations.length).toBeGreaterThan(0);
  },
);

test.concurrent('a crash while the cluster starts leaves nothing either', async ({ workspace }) => {
  const harness = start(workspace, 'exception');
  await harness.said(/Starting .*\n/);
  harness.signal('SIGUSR2');
  expect(await harness.ended, harness.output).toEqual({ code: 70, signal: null });
  expect(harness.stderr).toMatch(/^Error: out of the blue\n +at /m);
});

test.concurrent.for([30, 100])(
  'a limit of %i open files ends the run with an explanation and 69',
  async (limit, { workspace }) => {
    const harness = workspace.startCommand(['prlimit', `--nofile=${limit}`, ...commandLine(smallRun())]);
    expect(await harness.ended, harness.output).toEqual({ code: 69, signal: null });
    expect(harness.stderr).toMatch(/^error PREREQUISITE: .*EMFILE/);
    expect(harness.stderr).toContain('ulimit -n');
  },
);
