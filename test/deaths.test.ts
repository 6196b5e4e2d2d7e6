import { expect } from 'vitest';
import type { Check } from '../src/results/check.js';
import type { Result } from '../src/results/result.js';
import type { LiveDirectory } from './support/live.js';
import { caseOf, RunFiles } from './support/run-files.js';
import { ENDLESS, smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';

interface Victim {
  kind: 'server' | 'node';
  name: string;
  log: string;
  pid: (live: LiveDirectory) => number;
  /** Descriptions of other things that may be unreadable after the death. */
  unread: RegExp[];
  /** What is certainly unreadable after the death. That is no error of its own. */
  gone: string[];
  /** The checks that may be inconclusive after the death. */
  open: string[];
}

const VICTIMS: Victim[] = [
  {
    kind: 'server',
    name: 'dhcp4 server-2',
    log: 'logs/kea-dhcp4-2.log',
    pid: (live) => live.server('dhcp4-2').pid,
    unread: [],
    gone: ['statistics of dhcp4 server-2: it had died'],
    open: [],
  },
  {
    kind: 'node',
    name: 'node-2',
    log: 'logs/node-2.log',
    pid: (live) => live.node('node-2').pid,
    // While the other nodes agree to go on without the dead node, every server waits for its database.
    unread: [
      /^the nodes had not come to rest /,
      /^statistics of dhcp4 server-\d: no answer (to \S+ )?within /,
    ],
    gone: ['lease tables of node-2: it had died'],
    // These checks need nodes that came to rest, and answers before the end of the run.
    open: ['audit.made', 'audit.sameRows', 'load.lost'],
  },
];

/** The share of answers before the death does not matter. The drain waits for the answers of the other servers. */
const UNTIL_THE_DEATH = { 'limits.minAnsweredPercent': 0, 'load.drainMs': 2_000 };

test.concurrent.for(VICTIMS)(
  'a $kind that is killed under load fails the run at once',
  async (victim, { workspace }) => {
    const { kind, name, log, pid, unread, gone, open } = victim;
    const harness = workspace.start(smallRun({ 'cluster.nodes': 3, ...ENDLESS, ...UNTIL_THE_DEATH }));
    await harness.said(/[1-9]\d*\/\d+ leased/);
    const live = await workspace.liveDirectoryOf(harness);
    workspace.noteSockets(live);
    process.kill(pid(live), 'SIGKILL');

    // This load never ends, so only the death can have ended the run.
    expect(await harness.ended, harness.output).toEqual({ code: 1, signal: null });
    expect(harness.output).toContain(`${name} was killed (SIGKILL)`);
    const run = RunFiles.only(workspace.cwd, 'small');
    const { deaths } = run.evidence;
    expect(deaths[0]).toMatchObject({ kind, name, how: 'signal SIGKILL', signal: 'SIGKILL' });
    // A server may go on without its node, or wait for it. If it ends, the node's death is its cause.
    expect(deaths.slice(1).map(({ after }) => after)).toEqual(deaths.slice(1).map(() => name));
    const lastLines = deaths[0]?.lastLines ?? [];
    expect(lastLines.length).toBeGreaterThan(0);
    for (const line of lastLines) expect(run.text(log)).toContain(line);
    const { result } = run;
    expect(result).toMatchObject({ verdict: 'fail', exitCode: 1 });
    const broken = (wanted: Result['verdict']) => result.checks.filter(({ verdict }) => verdict === wanted);
    // A node may die after it has committed a lease and before it confirms it. Its server then refuses the client.
    const unconfirmed = (one: Check): boolean =>
      kind === 'node' && one.name === 'audit.untold' && one.count?.found === 1;
    const failed = broken('fail').filter((one) => !unconfirmed(one));
    expect(failed.map((one) => `${one.name}: ${one.actual}`)).toEqual([
      expect.stringMatching(
        new RegExp(`^run\\.deaths: ${kind} ${name} was killed \\(SIGKILL\\) after [\\d.]+ s`),
      ),
    ]);
    const inconclusive = broken('inconclusive').map((one) => one.name);
    expect(inconclusive.filter((one) => !open.includes(one))).toEqual([]);
    const { audit, witnesses } = caseOf(result, 'dhcp4');
    const notMade = result.audit?.notMade ?? [];
    expect(notMade.filter((what) => !unread.some((pattern) => pattern.test(what)))).toEqual([]);
    expect(result.audit?.goneWithTheDead).toEqual(expect.arrayContaining(gone));
    const findings = (audit?.findings ?? []).filter((one) => kind !== 'node' || one.kind !== 'untold');
    expect([witnesses, findings, result.audit?.findings]).toEqual([[], [], []]);
  },
);

test.concurrent(
  'nodes that are killed at once are all named, each before its server',
  async ({ workspace }) => {
    const harness = workspace.start(smallRun({ 'cluster.nodes': 3, ...ENDLESS, ...UNTIL_THE_DEATH }));
    await harness.said(/[1-9]\d*\/\d+ leased/);
    const live = await workspace.liveDirectoryOf(harness);
    workspace.noteSockets(live);
    const nodes = ['node-1', 'node-2', 'node-3'];
    for (const pid of nodes.map((name) => live.node(name).pid)) process.kill(pid, 'SIGKILL');

    expect(await harness.ended, harness.output).toEqual({ code: 1, signal: null });
    const { deaths } = RunFiles.only(workspace.cwd, 'small').evidence;
    const causes = deaths.filter(({ after }) => after === undefined);
    expect(causes.map(({ name }) => name).sort()).toEqual(nodes);
    for (const [index, { kind, name, after }] of deaths.entries()) {
      if (after === undefined) continue;
      expect([kind, name]).toEqual(['server', `dhcp4 ${after.replace('node', 'server')}`]);
      expect(deaths.slice(0, index).map((earlier) => earlier.name)).toContain(after);
    }
  },
);
