import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../evidence/evidence.js';
import { v4 } from '../../judgement/synthetic.test-support.js';
import type { FaultsResult } from '../../results/faults.js';
import { reportPage } from '../html/page.js';
import { junitReport } from '../junit/junit.js';
import { markdownReport } from '../markdown/markdown.js';
import { dhcp4AsPublished, resultOf } from '../report.test-support.js';
import { terminalReport } from '../text/terminal.js';
import { faultedResult, FROZEN, KILLED } from '../faults.test-support.js';
import { leaseSentences } from './fault-leases.js';
import { faultSentences, longestWaitText, nodeSentences, worstWaitSentence } from './faults.js';
import { witnessLines } from './witness-text.js';

const S = 1_000_000;

/** node-2 is killed at 4 s and comes back from 12 s to 15.2 s. A server of it ends. A second fault is never due. */
const FAULTS: Partial<Evidence> = {
  faults: {
    loadBeganAtUs: 1 * S,
    faults: [
      {
        fault: 'kill',
        on: 'node-2',
        targets: ['node-2'],
        planned: { at: '4 s', undo: '12 s' },
        beganAtUs: 5 * S,
        doneAtUs: 5.1 * S,
        undoBeganAtUs: 13 * S,
        undoneAtUs: 16.2 * S,
      },
      {
        fault: 'freeze',
        on: 'server-1',
        targets: ['dhcp4 server-1', 'dhcp6-ia-na server-1'],
        planned: { at: '900 exchanges', undo: '990 exchanges' },
        beganAtUs: null,
        doneAtUs: null,
        undoBeganAtUs: null,
        undoneAtUs: null,
      },
    ],
    nodeStates: [
      { node: 'node-2', atUs: 0, lastAtUs: 5 * S, status: 'Primary', state: 'Synced', size: 3 },
      { node: 'node-2', atUs: 5.2 * S, lastAtUs: 15 * S, status: 'silent', state: '', size: null },
    ],
  },
  deaths: [
    { kind: 'server', name: 'dhcp4 server-2', atUs: 8 * S, how: 'exit code 1', fault: 0, lastLines: [] },
  ],
};

const result = () => resultOf([dhcp4AsPublished()], { evidence: FAULTS });

describe('the faults of a run', () => {
  it('are told with their moments, in seconds of the load', () => {
    const told = faultSentences(result());
    expect(told[0]).toBe('node-2 was killed at 4.0 s, and started again from 12.0 s to 15.2 s');
    expect(told).toContain(
      'dhcp4 server-1, dhcp6-ia-na server-1 were not frozen, which was planned at 900 exchanges',
    );
    expect(told).toContain('dhcp4 server-2 ended at 7.0 s (exit code 1), because of kill of node-2');
    expect(told.at(-1)).toBe('node-2: Primary Synced 3; silent from 4.2 s');
  });

  it('are in every report', () => {
    const first = 'node-2 was killed at 4.0 s';
    expect(terminalReport(result(), { runDirectory: 'reports/x', columns: 200 })).toContain(first);
    expect(markdownReport(result())).toContain(first);
    expect(reportPage({ result: result(), witnesses: [], witnessesOmitted: 0 })).toContain(first);
    expect(junitReport(result())).toContain(`<property name="fault.1" value="${first}`);
  });

  it('are told with the leases that two clients held, and the faults under which these were given', () => {
    const run = dhcp4AsPublished();
    run.at(6 * S).lease(0, v4(7), { attempt: 2 });
    run.at(20 * S).lease(2, v4(5003), { attempt: 2 });
    run.at(50 * S).lease(1, v4(7), { attempt: 2 });
    const twice = resultOf([run], { evidence: FAULTS });
    expect(leaseSentences(twice.faults as FaultsResult)).toEqual([
      '2 leases were held by two clients: 1 given during kill of node-2, 1 given under no fault',
      'dhcp4 10.0.19.139 of clients 3 and 2 by server-1 and server-3 at 19.0 s, given during kill of node-2',
      'dhcp4 10.0.0.7 of clients 0 and 1 by server-1 and server-2 at 49.0 s, given under no fault',
    ]);
    const lines = witnessLines(twice, 400);
    expect(lines).toContainEqual(
      expect.stringMatching(/held-concurrently 10.0.0.7: .*; given under no fault$/),
    );
    expect(markdownReport(twice)).toContain('2 leases were held by two clients: 1 given during kill');
    expect(junitReport(twice)).toContain('<property name="besideFaults.2" value="2 leases were held by two');
  });

  it('are named in what is said of a lost lease', () => {
    const { faults } = result();
    const lost = {
      total: 7,
      during: [
        { faults: [0, 1], leases: 6 },
        { faults: [], leases: 1 },
      ],
      leases: [4, 5, 6, 7, 8, 9, 10].map((client) => ({
        case: 'dhcp4',
        lease: `10.0.0.${client}`,
        clients: [client],
        servers: ['server-2'],
        nodes: ['node-1', 'node-3'],
        atMs: 12_345,
        during: client === 10 ? [] : [0, 1],
      })),
    };
    const told = leaseSentences({ ...(faults as FaultsResult), lost });
    expect(told.slice(0, 2)).toEqual([
      '7 acknowledged leases are not on every node at the end: 6 given during kill of node-2 and freeze of server-1, 1 given under no fault',
      'dhcp4 10.0.0.4 of client 4 by server-2 at 12.3 s, given during kill of node-2 and freeze of server-1; not on node-1, node-3',
    ]);
    expect(told.slice(5)).toEqual([expect.stringContaining('10.0.0.8'), 'and 2 more']);
  });

  it('tell a change of a view that looks the same once', () => {
    const nodes = [
      { node: 'node-1', atMs: 0, status: 'Primary', state: 'Synced', size: 3 },
      { node: 'node-1', atMs: 4_000, status: 'Primary', state: 'Synced', size: 3 },
      { node: 'node-1', atMs: 5_000, status: 'Primary', state: 'Synced', size: 2 },
    ];
    expect(nodeSentences(nodes)).toEqual(['node-1: Primary Synced 3; Primary Synced 2 from 5.0 s']);
  });

  it('are in no report of a run without any', () => {
    expect(faultSentences(resultOf([dhcp4AsPublished()]))).toEqual([]);
    expect(junitReport(resultOf([dhcp4AsPublished()]))).not.toContain('name="fault.');
  });
});

describe('what the clients of a server saw', () => {
  const waitOf = (server: string, faults = [KILLED, FROZEN]) => {
    const { faults: found } = faultedResult(faults);
    return found === undefined ? '' : longestWaitText(found, server);
  };

  it('is the longest time without a lease', () => {
    expect(waitOf('dhcp4 server-2')).toBe('11.0 s without a lease');
    expect(waitOf('dhcp4 server-1')).toBe('5.0 s without a lease');
  });

  it('is told for the whole run, with the server whose clients waited longest', () => {
    const worst = (faults = [KILLED, FROZEN]) => {
      const { faults: found } = faultedResult(faults);
      return found === undefined ? '' : worstWaitSentence(found);
    };
    expect(worst()).toBe('The longest time without a lease: 11.0 s, of clients of dhcp4 server-2.');
    expect(worst([])).toBe('No client of any server went without a lease for a second.');
  });

  it('is that of the fault for which they waited longest', () => {
    expect(waitOf('dhcp4 server-3')).toBe('2.0 s without a lease');
    expect(waitOf('dhcp4 server-1', [FROZEN])).toBe('gave leases all the time');
  });

  it('says so if nobody asked any more, or got none', () => {
    const undoneLate = { ...KILLED, undoBeganAtUs: 30_000_000, undoneAtUs: 31_000_000 };
    expect(waitOf('dhcp4 server-2', [undoneLate])).toBe('11.0 s without a lease, none after the undoing');
    const late = { ...FROZEN, beganAtUs: 22_000_000, doneAtUs: 22_000_000, undoBeganAtUs: 23_000_000 };
    expect(waitOf('dhcp4 server-2', [late])).toBe('nobody asked it for a lease');
  });
});
