import { SyntheticRun, v4 } from '../judgement/synthetic.test-support.js';
import type { Evidence } from '../evidence/evidence.js';
import type { FaultEvidence, FaultsEvidence, NodeState } from '../evidence/faults.js';
import type { Result } from '../results/result.js';
import { resultOf } from './report.test-support.js';

const S = 1_000_000;

/** The load of the made-up run begins at this second of the run's clock. All other times are seconds of the load. */
export const LOAD_BEGAN_S = 2;

const clock = (s: number): number => (s + LOAD_BEGAN_S) * S;

/** node-2 is killed at 5 s, and is being started again from 12 s to 15 s. */
export const KILLED: FaultEvidence = {
  fault: 'kill',
  on: 'node-2',
  targets: ['node-2'],
  planned: { at: '5 s', undo: '12 s' },
  beganAtUs: clock(5),
  doneAtUs: clock(5.1),
  undoBeganAtUs: clock(12),
  undoneAtUs: clock(15),
};

/** server-3 is frozen from 16 s to 18 s. */
export const FROZEN: FaultEvidence = {
  fault: 'freeze',
  on: 'dhcp4 server-3',
  targets: ['dhcp4 server-3'],
  planned: { at: '16 s', undo: '18 s' },
  beganAtUs: clock(16),
  doneAtUs: clock(16),
  undoBeganAtUs: clock(18),
  undoneAtUs: clock(18),
};

/** A fault that was never due. */
export const NOT_DUE: FaultEvidence = {
  fault: 'stop',
  on: 'server-1',
  targets: ['dhcp4 server-1'],
  planned: { at: '900 exchanges', undo: '990 exchanges' },
  beganAtUs: null,
  doneAtUs: null,
  undoBeganAtUs: null,
  undoneAtUs: null,
};

const state = (
  node: string,
  atS: number,
  status: string,
  of = '',
  size: number | null = null,
): NodeState => ({
  node,
  atUs: clock(atS),
  lastAtUs: clock(atS),
  status,
  state: of,
  size,
});

const NODE_STATES: NodeState[] = [
  ...['node-1', 'node-2', 'node-3'].map((node) => state(node, -1, 'Primary', 'Synced', 3)),
  state('node-2', 5.2, 'silent'),
  state('node-1', 10, 'Primary', 'Synced', 2),
  state('node-3', 10, 'non-Primary', 'Initialized', 1),
  state('node-3', 11, 'Primary', 'Synced', 2),
  state('node-2', 13, 'Primary', 'Joined', 3),
  state('node-1', 13, 'Primary', 'Synced', 3),
  state('node-3', 13, 'Primary', 'Synced', 3),
  state('node-2', 15, 'Primary', 'Synced', 3),
];

/**
 * A load of 20 seconds with three servers, each asked by a client twice a second. server-1 serves none from 5 s to
 * 10 s, server-2 none from 5 s to 16 s, server-3 none from 16 s to 18 s.
 */
function faultedRun(): SyntheticRun {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 120 });
  for (let client = 0; client < 120; client++) {
    const atS = Math.floor(client / 3) / 2;
    const [from, until] = [[5, 10] as const, [5, 16] as const, [16, 18] as const][client % 3] ?? [0, 0];
    run.at(clock(atS));
    if (atS >= from && atS < until) run.ask(client, 0).timeout();
    else run.lease(client, v4(client));
  }
  return run;
}

/** What was done and seen in the made-up run. */
export function faultedEvidence(
  faults: readonly FaultEvidence[],
  more: Partial<FaultsEvidence> = {},
): FaultsEvidence {
  return { loadBeganAtUs: clock(0), faults, nodeStates: NODE_STATES, ...more };
}

/** The result of the made-up run; by default node-2 is killed and nothing else is done. */
export function faultedResult(
  faults: readonly FaultEvidence[] = [KILLED],
  more: Partial<Evidence> = {},
): Result {
  const evidence = { faults: faultedEvidence(faults), ...more };
  return resultOf([faultedRun()], { evidence });
}
