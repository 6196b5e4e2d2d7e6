/**
 * What faults mean for the judgement: which servers a fault concerned and when, what their clients saw, and whether a
 * node outside the primary component gave leases.
 */
import type { Evidence } from '../../evidence/evidence.js';
import type { FaultsEvidence } from '../../evidence/faults.js';

/** A span of the run's clock, microseconds. */
export interface Span {
  fromUs: number;
  untilUs: number;
}

/** How long after a fault was undone its effects may last: connections are made again, queued messages are answered. */
const AFTERMATH_US = 10_000_000;

/**
 * When a fault concerned a server: from the fault's beginning until a while after it was undone. A fault of a node
 * concerns the servers of all nodes: until the other nodes have given it up, no node commits.
 *
 * @param server `dhcp4 server-1`
 */
export function concernedSpans({ faults }: FaultsEvidence, server: string): Span[] {
  return faults.flatMap(({ targets, beganAtUs, undoneAtUs }): Span[] =>
    beganAtUs === null || !targets.some((target) => target === server || target.startsWith('node-'))
      ? []
      : [{ fromUs: beganAtUs, untilUs: (undoneAtUs ?? Infinity) + AFTERMATH_US }],
  );
}

/** For how long the longest fault may have kept a server from its work, microseconds; Infinity for one without end. */
export function longestUs({ faults }: FaultsEvidence): number {
  const each = faults.map(({ beganAtUs, undoneAtUs }) =>
    beganAtUs === null ? 0 : (undoneAtUs ?? Infinity) - beganAtUs + AFTERMATH_US,
  );
  return Math.max(0, ...each);
}

/** When a node was for certain outside the primary component (Galera documentation, "Quorum Components"). */
export function minoritySpans({ nodeStates }: FaultsEvidence, node: string | undefined): Span[] {
  return nodeStates
    .filter(({ node: name, status }) => name === node && OUTSIDE.has(status.toLowerCase()))
    .map(({ atUs, lastAtUs }) => ({ fromUs: atUs, untilUs: lastAtUs }));
}

/** Values of `wsrep_cluster_status` in lower case. */
const OUTSIDE: ReadonlySet<string> = new Set(['non-primary', 'disconnected']);

export function isIn(spans: readonly Span[], atUs: number): boolean {
  return spans.some(({ fromUs, untilUs }) => fromUs <= atUs && atUs <= untilUs);
}

/** The node that a server is pinned to, as the evidence says. */
export function nodeOf({ system }: Pick<Evidence, 'system'>, server: string): string | undefined {
  return system?.servers.find(({ name }) => name === server)?.node;
}
