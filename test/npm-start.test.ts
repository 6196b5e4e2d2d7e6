import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { RunFiles } from './support/run-files.js';
import { ENDLESS, smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import { eventually } from './support/wait.js';
import { commandLine, type Workspace } from './support/workspace.js';

const CHECKOUT = fileURLToPath(new URL('..', import.meta.url));

/** The command of `npm start`. Its working directory is the checkout. */
const npmStart = ({ cwd }: Workspace, settings: Record<string, string | number>): string[] => [
  ...['npm', '--prefix', CHECKOUT, 'start', '--', 'run', join(cwd, 'small.yaml')],
  ...smallRun(settings, '--out', join(cwd, 'out')).slice(2),
];

test.concurrent.for(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
  'a run that `npm start` began ends with npm, by %s',
  async (signal, { workspace }) => {
    const npm = workspace.startCommand(npmStart(workspace, ENDLESS));
    await npm.said(/[1-9]\d*\/\d+ leased/);
    const [live] = workspace.liveDirectories();
    if (live === undefined) throw new Error('no live directory');
    workspace.noteSockets(live);
    npm.signal(signal);

    // The run writes to npm's output too, so that stays open until both have ended.
    const end = await npm.ended;
    expect([end.code, end.signal]).not.toEqual([0, null]);
    expect(readdirSync(workspace.tmp)).toEqual([]);
    const run = new RunFiles(join(workspace.cwd, 'out'));
    expect(run.evidence).toMatchObject({ interruptedBy: 'SIGTERM', deaths: [] });
    expect(run.result).toMatchObject({ verdict: 'inconclusive', exitCode: 143 });
    expect(run.observations.length).toBeGreaterThan(0);
  },
);

test.concurrent(
  '`npm start` without an interruption gives the exit code of its run',
  async ({ workspace }) => {
    const npm = workspace.startCommand(npmStart(workspace, {}));
    expect(await npm.ended, npm.output).toEqual({ code: 0, signal: null });
  },
);

test.concurrent('a run that a shell began goes on when the shell is killed', async ({ workspace }) => {
  // npm sets this variable in each of its scripts. A value other than `start` must not make a run end with npm.
  const env = { npm_lifecycle_event: 'test' };
  const script = '"$@" & wait';
  const shell = workspace.startCommand(['sh', '-c', script, 'sh', ...commandLine(smallRun())], { env });
  await shell.loadBegan();
  shell.signal('SIGKILL');
  const run = await eventually('the result of the run', () => {
    const [found] = RunFiles.in(workspace.cwd, 'small');
    return found?.has('result.json') === true && found;
  });
  expect(run.evidence).toMatchObject({ interruptedBy: null, deaths: [] });
  expect(run.result.verdict).toBe('pass');
  await shell.ended;
});
