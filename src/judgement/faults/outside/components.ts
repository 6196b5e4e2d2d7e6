import type { FaultEvidence, FaultsEvidence, NodeState } from '../../../evidence/faults.js';
import type { Span } from '../span.js';

/**
 * Components that call themselves primary at the same time. A node that ignores the quorum, or that somebody has
 * bootstrapped, calls its component primary whatever its size. So what a node calls itself is not enough: the members
 * of its view count.
 */

/** A node that is in a primary component by its own account, and the members of its view. */
export interface Member extends NodeState {
  members: readonly string[];
}

/**
 * When a node was, for certain, in a component that called itself primary and should not have. Another component,
 * which it is no part of, called itself primary at the same time, and the node's own lacked the majority of the last
 * view that both had in common.
 *
 * A node that has not yet noticed that it was cut off still lists the others as members, so it is in no component of
 * its own. A node that others have left in order is alone, and nobody else calls itself primary.
 */
export function rivalSpans({ nodeStates, faults }: FaultsEvidence, node: string | undefined): Span[] {
  const primary = nodeStates.filter(isInPrimary);
  return primary
    .filter((own) => own.node === node)
    .flatMap((own) =>
      primary.flatMap((other): Span[] => {
        const span = {
          fromUs: Math.max(own.atUs, other.atUs),
          untilUs: Math.min(own.lastAtUs, other.lastAtUs),
        };
        if (span.fromUs >= span.untilUs || !areApart(own, other)) return [];
        return isMinority(own, other, primary, cutOff(faults, span)) ? [span] : [];
      }),
    );
}

/**
 * Whether a node is in a primary component by its own account. A node that joins may list the others already, and not
 * yet itself.
 */
export function isInPrimary(state: NodeState): state is Member {
  return state.status.toLowerCase() === 'primary' && state.members?.includes(state.node) === true;
}

/** Whether neither node is in the other's view. */
function areApart(one: Member, other: Member): boolean {
  return !one.members.includes(other.node) && !other.members.includes(one.node);
}

/**
 * Whether a component has no right to go on beside another one. If neither has the majority of the last view that both
 * had in common, the one that a fault cut off has none; if that tells nothing, neither has.
 */
function isMinority(
  own: Member,
  other: Member,
  states: readonly Member[],
  isCutOff: (member: string) => boolean,
): boolean {
  const common = lastCommonView(own, other, states);
  const hasMajority = ({ members }: Member): boolean =>
    2 * members.filter((member) => common.includes(member)).length > common.length;
  if (hasMajority(own)) return false;
  if (hasMajority(other)) return true;
  return own.members.some(isCutOff) || !other.members.some(isCutOff);
}

/** The members of the last view, before the components parted, that has both nodes; both components if there is none. */
function lastCommonView(own: Member, other: Member, states: readonly Member[]): readonly string[] {
  const before = states.filter(
    (state) =>
      (state.node === own.node || state.node === other.node) &&
      state.atUs < Math.max(own.atUs, other.atUs) &&
      state.members.includes(own.node) &&
      state.members.includes(other.node),
  );
  const last = before.reduce<Member | undefined>(
    (latest, state) => (latest === undefined || state.atUs >= latest.atUs ? state : latest),
    undefined,
  );
  return last?.members ?? [...own.members, ...other.members];
}

/** Whether a fault was done to a node before this span, and not undone yet. */
function cutOff(faults: readonly FaultEvidence[], { fromUs }: Span): (member: string) => boolean {
  const active = faults.filter(
    ({ beganAtUs, undoneAtUs }) =>
      beganAtUs !== null && beganAtUs <= fromUs && (undoneAtUs === null || fromUs <= undoneAtUs),
  );
  return (member) => active.some(({ targets }) => targets.includes(member));
}
