import type { Evidence } from '../../evidence/evidence.js';
import type { FaultEvidence, NodeState } from '../../evidence/faults.js';

export const S = 1_000_000;

/** node-2 is cut off at 10 s and connected again from 20 s to 21 s. */
export const CUT: FaultEvidence = {
  fault: 'isolate',
  on: 'node-2',
  targets: ['node-2'],
  planned: { at: '10 s', undo: '20 s' },
  beganAtUs: 10 * S,
  doneAtUs: 10 * S,
  undoBeganAtUs: 20 * S,
  undoneAtUs: 21 * S,
};

const state = (status: string, atS: number, lastAtS: number, node = 'node-2'): NodeState => ({
  node,
  status,
  state: '',
  size: 1,
  atUs: atS * S,
  lastAtUs: lastAtS * S,
});

/** node-2 was seen outside the primary component from 14 s to 20 s. */
const STATES = [
  state('Primary', 0, 60, 'node-1'),
  state('Primary', 0, 60, 'node-3'),
  state('Primary', 0, 13),
  state('non-Primary', 14, 20),
  state('Primary', 21, 60),
];

/** A run in which node-2 was cut off. */
export function evidence(
  more: Partial<Evidence> = {},
  fault: Partial<FaultEvidence> = {},
  nodeStates: readonly NodeState[] = STATES,
): Partial<Evidence> {
  return { faults: { loadBeganAtUs: 0, faults: [{ ...CUT, ...fault }], nodeStates }, ...more };
}

/**
 * A node's view of the cluster for some time, in which it calls itself primary.
 *
 * @param members the numbers of its members
 */
export function primary(node: number, members: readonly number[], fromS: number, untilS: number): NodeState {
  return {
    node: `node-${node}`,
    status: 'Primary',
    state: 'Synced',
    size: members.length,
    members: members.map((member) => `node-${member}`),
    atUs: fromS * S,
    lastAtUs: untilS * S,
  };
}
