import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../evidence/evidence.js';
import { reportPage } from '../html/page.js';
import { junitReport } from '../junit/junit.js';
import { markdownReport } from '../markdown/markdown.js';
import { dhcp4AsPublished, resultOf } from '../report.test-support.js';
import { terminalReport } from '../text/terminal.js';
import { faultSentences } from './faults.js';

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
    expect(told).toContain('dhcp4 server-2 ended at 7.0 s (exit code 1), because of the fault of node-2');
    expect(told.at(-1)).toBe('node-2: Primary Synced 3; silent from 4.2 s');
  });

  it('are in every report', () => {
    const first = 'node-2 was killed at 4.0 s';
    expect(terminalReport(result(), { runDirectory: 'reports/x', columns: 200 })).toContain(first);
    expect(markdownReport(result())).toContain(first);
    expect(reportPage({ result: result(), witnesses: [], witnessesOmitted: 0 })).toContain(first);
    expect(junitReport(result())).toContain(`<property name="fault.1" value="${first}`);
  });

  it('are in no report of a run without any', () => {
    expect(faultSentences(resultOf([dhcp4AsPublished()]))).toEqual([]);
    expect(junitReport(resultOf([dhcp4AsPublished()]))).not.toContain('name="fault.');
  });
});
