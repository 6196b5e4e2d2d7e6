import type { FaultsEvidence } from '../../../evidence/faults.js';
import { rivalSpans } from './components.js';
import { withoutQuorum } from './quorum.js';
import type { Span } from '../span.js';

/** Two samples of a node are further apart than this only if it was silent in between. */
const SAMPLED_WITHIN_US = 2_000_000;

/**
 * When a node was for certain outside the primary component: by its own account (Galera documentation, "Quorum
 * Components"), because it lost the quorum and went on, or because the other nodes had another component.
 */
export function minoritySpans(faults: FaultsEvidence, node: string | undefined): Span[] {
  const ignored = withoutQuorum(faults, node);
  const spans: Span[] = [];
  let last: Span | undefined;
  for (const state of faults.nodeStates.filter((one) => one.node === node)) {
    if (!isOutside(state.status) && !ignored.includes(state)) {
      last = undefined;
      continue;
    }
    // The node changed from one such state to another: it was outside all the time.
    if (last !== undefined && state.atUs - last.untilUs <= SAMPLED_WITHIN_US) last.untilUs = state.lastAtUs;
    else spans.push((last = { fromUs: state.atUs, untilUs: state.lastAtUs }));
  }
  return [...spans, ...rivalSpans(faults, node)];
}

/** Values of `wsrep_cluster_status` in lower case. */
const OUTSIDE: ReadonlySet<string> = new Set(['non-primary', 'disconnected']);

/** @param status as `wsrep_cluster_status` says */
export function isOutside(status: string): boolean {
  return OUTSIDE.has(status.toLowerCase());
}

/** Whether anybody saw if the node was in the primary component. */
export function wasSeen({ nodeStates }: FaultsEvidence, node: string | undefined): boolean {
  return nodeStates.some((one) => one.node === node && one.status !== 'silent');
}

/** Whether the nodes replicate: one that does not is `serving`, and in no component. */
export function haveComponents({ nodeStates }: FaultsEvidence): boolean {
  return (
    nodeStates.length === 0 || nodeStates.some(({ status }) => status !== 'serving' && status !== 'silent')
  );
}
