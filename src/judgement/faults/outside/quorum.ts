import type { FaultEvidence, FaultsEvidence, NodeState } from '../../../evidence/faults.js';
import { recordedKind } from '../../../faults/index.js';
import type { Ability } from '../../../faults/abilities.js';
import { isInPrimary } from './components.js';

/**
 * The states of a node in which it called itself primary without a quorum: its component did not have more than half of
 * the members that it had before, without those that left in order (Galera documentation, "Quorum Components"). A node
 * that ignores the quorum goes on so, even if all others are dead and no other component gives it away.
 */
export function withoutQuorum(evidence: FaultsEvidence, node: string | undefined): NodeState[] {
  const found: NodeState[] = [];
  let rightful: readonly string[] | undefined;
  let before: NodeState | undefined;
  for (const state of evidence.nodeStates.filter((one) => one.node === node)) {
    // A node that was started again finds the others, or is told to begin the cluster.
    if (before !== undefined && overcame(evidence, 'start', state.node, before, state)) rightful = undefined;
    before = state;
    if (!isInPrimary(state)) continue;
    const { members } = state;
    const rest = rightful?.filter((one) => members.includes(one) || !leftInOrder(evidence, one, state));
    const kept = rest?.filter((one) => members.includes(one)) ?? [];
    if (rest !== undefined && 2 * kept.length <= rest.length) found.push(state);
    else rightful = members;
  }
  return found;
}

/** Whether a fault that needs the ability was done to a node between two of its states. */
function overcame(
  { faults }: FaultsEvidence,
  ability: Ability,
  node: string,
  before: NodeState,
  after: NodeState,
): boolean {
  return faults.some(
    (fault) =>
      needs(fault, ability) &&
      fault.targets.includes(node) &&
      fault.beganAtUs !== null &&
      fault.beganAtUs <= after.atUs &&
      (fault.undoneAtUs ?? Infinity) >= before.lastAtUs,
  );
}

/** Whether a member left the cluster in order before this state, and was not back yet. */
function leftInOrder({ faults }: FaultsEvidence, member: string, { atUs }: NodeState): boolean {
  return faults.some(
    (fault) =>
      needs(fault, 'stop') &&
      fault.targets.includes(member) &&
      fault.beganAtUs !== null &&
      fault.beganAtUs <= atUs &&
      (fault.undoneAtUs ?? Infinity) >= atUs,
  );
}

function needs(fault: FaultEvidence, ability: Ability): boolean {
  return recordedKind(fault)?.needs.includes(ability) === true;
}
