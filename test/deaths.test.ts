import { expect } from 'vitest';
import type { LiveDirectory } from './support/live.js';
import { caseOf, RunFiles } from './support/run-files.js';
import { ENDLESS, smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';

const VICTIMS = [
  {
    kind: 'server',
    name: 'dhcp4 server-2',
    log: 'logs/kea-dhcp4-2.log',
    pid: (live: LiveDirectory) => live.server('dhcp4-2').pid,
  },
  {
    kind: 'node',
    name: 'node-2',
    log: 'logs/node-2.log',
    pid: (live: LiveDirectory) => live.node('node-2').pid,
  },
];

test.concurrent.for(VICTIMS)(
  'a $kind that is killed under load fails the run at once',
  async (victim, { workspace }) => {
    const { kind, name, log, pid } = victim;
    const harness = workspace.start(smallRun({ 'cluster.nodes': 3, ...ENDLESS }));
    await harness.loadBegan();
    const live = await workspace.liveDirectoryOf(harness);
    workspace.noteSockets(live);
    process.kill(pid(live), 'SIGKILL');

    // With a load that never ends only the death can have ended the run.
    expect(await harness.ended, harness.output).toEqual({ code: 1, signal: null });
    expect(harness.output).toContain(`${name} ended by itself: signal SIGKILL`);
    const run = RunFiles.only(workspace.cwd, 'small');
    const { deaths } = run.evidence;
    expect(deaths).toMatchObject([{ kind, name, how: 'signal SIGKILL' }]);
    const lastLines = deaths[0]?.lastLines ?? [];
    expect(lastLines.length).toBeGreaterThan(0);
    for (const line of lastLines) expect(run.text(log)).toContain(line);
    const { result } = run;
    expect(result).toMatchObject({ verdict: 'fail', exitCode: 1 });
    expect(result.checks.find((check) => check.name === 'run.deaths')).toMatchObject({ verdict: 'fail' });
    expect(caseOf(result, 'dhcp4').heldConcurrently).toBe(0);
  },
);
