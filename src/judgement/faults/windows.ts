/**
 * What faults mean for the judgement: which servers a fault concerned and when, what their clients saw, and whether a
 * node outside the primary component gave leases.
 */
import type { Evidence } from '../../evidence/evidence.js';
import type { FaultEvidence, FaultsEvidence } from '../../evidence/faults.js';
import { rivalSpans } from './components.js';
import { isIn, type Span } from './span.js';

/**
 * How long after a fault was undone its effects may last: connections are made again, queued messages are answered, and
 * a server may still end because it lost its database.
 */
export const AFTERMATH_US = 10_000_000;

/** From the fault's beginning until its effects are over; undefined for a fault that never began. */
export function effectsOf({ beganAtUs, undoneAtUs }: FaultEvidence): Span | undefined {
  return beganAtUs === null
    ? undefined
    : { fromUs: beganAtUs, untilUs: (undoneAtUs ?? Infinity) + AFTERMATH_US };
}

/**
 * Whether a fault concerned a server. A fault of a node concerns the servers of all nodes: until the other nodes have
 * given it up, no node commits.
 *
 * @param server `dhcp4 server-1`
 */
export function concerns({ targets }: FaultEvidence, server: string): boolean {
  return targets.some((target) => target === server || target.startsWith('node-'));
}

/** When faults concerned a server: from the beginning of each until a while after it was undone. */
export function concernedSpans({ faults }: FaultsEvidence, server: string): Span[] {
  return faults.filter((fault) => concerns(fault, server)).flatMap((fault) => effectsOf(fault) ?? []);
}

/** The faults whose effects were not over at a moment, by their places in the list. */
export function activeAt({ faults }: FaultsEvidence, atUs: number): number[] {
  return faults.flatMap((fault, place) => {
    const effects = effectsOf(fault);
    return effects !== undefined && isIn([effects], atUs) ? [place] : [];
  });
}

/** The faults that may have cost a client a lease, by their places in the list. */
export interface FaultsOfLease {
  /** Those that were active when the lease was given. */
  during: readonly number[];
  /** If none was active: the first that began after it was given. */
  before?: number;
}

/** The faults that may have cost a client a lease that it was told of at this moment. */
export function faultsOfLease(evidence: FaultsEvidence, atUs: number): FaultsOfLease {
  const during = activeAt(evidence, atUs);
  if (during.length > 0) return { during };
  const began = evidence.faults.map(({ beganAtUs }) => beganAtUs ?? -Infinity);
  const next = Math.min(...began.filter((beganAtUs) => beganAtUs > atUs));
  return next === Infinity ? { during } : { during, before: began.indexOf(next) };
}

/** For how long the longest fault may have kept a server from its work, microseconds; Infinity for one without end. */
export function longestUs({ faults }: FaultsEvidence): number {
  const each = faults
    .flatMap((fault) => effectsOf(fault) ?? [])
    .map(({ fromUs, untilUs }) => untilUs - fromUs);
  return Math.max(0, ...each);
}

/**
 * When a node was for certain outside the primary component: by its own account (Galera documentation, "Quorum
 * Components"), or because the other nodes had another one.
 */
export function minoritySpans(faults: FaultsEvidence, node: string | undefined): Span[] {
  const told = faults.nodeStates
    .filter(({ node: name, status }) => name === node && isOutside(status))
    .map(({ atUs, lastAtUs }) => ({ fromUs: atUs, untilUs: lastAtUs }));
  return [...told, ...rivalSpans(faults, node)];
}

/** Values of `wsrep_cluster_status` in lower case. */
const OUTSIDE: ReadonlySet<string> = new Set(['non-primary', 'disconnected']);

/** @param status as `wsrep_cluster_status` says */
export function isOutside(status: string): boolean {
  return OUTSIDE.has(status.toLowerCase());
}

/**
 * When a node could not serve Kea: it was silent, outside the primary component, or not in step with it.
 *
 * @param node undefined for all nodes
 */
export function notReadySpans({ nodeStates }: FaultsEvidence, node: string | undefined): Span[] {
  return nodeStates
    .filter(({ node: name }) => node === undefined || name === node)
    .filter(({ status, state }) => !READY.has(`${status} ${state}`.trim().toLowerCase()))
    .map(({ atUs, lastAtUs }) => ({ fromUs: atUs, untilUs: lastAtUs }));
}

/** Status and state of a node that serves, in lower case. */
const READY: ReadonlySet<string> = new Set(['primary synced', 'serving']);

/** The node that a server is pinned to, as the evidence says. A server behind a proxy is pinned to none. */
export function nodeOf({ system }: Pick<Evidence, 'system'>, server: string): string | undefined {
  const found = system?.servers.find(({ name }) => name === server);
  return found?.proxy === undefined ? found?.node : undefined;
}

/** Whether each server is pinned to a node. Behind a proxy nobody knows which node a lease came through. */
export function arePinned({ system }: Pick<Evidence, 'system'>): boolean {
  return system?.servers.every(({ proxy }) => proxy === undefined) ?? true;
}
