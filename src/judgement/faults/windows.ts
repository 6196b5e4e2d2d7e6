/**
 * What faults mean for the judgement: which servers a fault concerned and when, what their clients saw, and whether a
 * node outside the primary component gave leases.
 */
import type { Evidence } from '../../evidence/evidence.js';
import type { FaultEvidence, FaultsEvidence } from '../../evidence/faults.js';
import { isIn, type Span } from './span.js';

/**
 * How long after a fault was undone its effects may last: connections are made again, queued messages are answered, and
 * a server may still end because it lost its database.
 */
export const AFTERMATH_US = 10_000_000;

/**
 * By the places of the faults: from the beginning of each until its effects are over. That is a while after it was
 * undone and its nodes are ready again. Undefined for a fault that never began.
 */
export function effectsOf(evidence: FaultsEvidence): (Span | undefined)[] {
  return evidence.faults.map((fault) =>
    fault.beganAtUs === null
      ? undefined
      : {
          fromUs: fault.beganAtUs,
          untilUs: readyAgainAtUs(evidence, fault) + backOffUs(fault) + AFTERMATH_US,
        },
  );
}

/**
 * A node that was frozen or cut off does not come back at once: it has to notice, and to find the others. Infinity for a
 * fault that was not undone.
 */
function readyAgainAtUs(evidence: FaultsEvidence, { targets, undoneAtUs }: FaultEvidence): number {
  let atUs = undoneAtUs ?? Infinity;
  const away = targets.filter(isNode).flatMap((node) => notReadySpans(evidence, node));
  for (const { fromUs, untilUs } of away.sort((one, other) => one.fromUs - other.fromUs))
    if (fromUs <= atUs + AFTERMATH_US) atUs = Math.max(atUs, untilUs);
  return atUs;
}

/** Whether a target of a fault is a node, not a server. */
export function isNode(target: string): boolean {
  return target.startsWith('node-');
}

/**
 * Whether a fault concerned a server. A fault of a node concerns the servers of all nodes: until the other nodes have
 * given it up, no node commits.
 *
 * @param server `dhcp4 server-1`
 */
export function concerns(fault: FaultEvidence, server: string): boolean {
  return takesDatabase(fault, server) || fault.lacking?.clients.includes(server) === true;
}

/**
 * Whether a fault may keep a server from its database: it is done to the server or to a node, or the server lacks its
 * node. One that is done to the messages of its clients alone does not.
 *
 * @param server `dhcp4 server-1`
 */
export function takesDatabase({ targets, lacking }: FaultEvidence, server: string): boolean {
  if (lacking !== undefined) return lacking.nodes.length > 0 || lacking.database.includes(server);
  return targets.some((target) => target === server || isNode(target));
}

/** The effects of the faults that may have kept a server from its database. */
export function databaseSpans(evidence: FaultsEvidence, server: string): Span[] {
  const effects = effectsOf(evidence);
  return evidence.faults.flatMap((fault, place) =>
    takesDatabase(fault, server) ? (effects[place] ?? []) : [],
  );
}

/**
 * A connection with the database sends again what was lost, at intervals that double (RFC 6298 section 5.5). So it may be
 * silent for as long again as its link was cut. Nodes have connections too, and say themselves when they are ready.
 *
 * @param server undefined for any server
 */
export function backOffUs({ lacking, beganAtUs, undoneAtUs }: FaultEvidence, server?: string): number {
  const { database = [] } = lacking ?? {};
  const isCut = server === undefined ? database.length > 0 : database.includes(server);
  return isCut ? (undoneAtUs ?? 0) - (beganAtUs ?? 0) : 0;
}

/**
 * The faults whose effects were not over at a moment, by their places in the list.
 *
 * @param effects as `effectsOf` returns them
 */
export function activeAt(effects: readonly (Span | undefined)[], atUs: number): number[] {
  return effects.flatMap((one, place) => (one !== undefined && isIn([one], atUs) ? [place] : []));
}

/** The faults that may have cost a client a lease, by their places in the list. */
export interface FaultsOfLease {
  /** Those that were active when the lease was given. */
  during: readonly number[];
  /** If none was active: the first that began after it was given. */
  before?: number;
}

/** The faults that may have cost a client a lease that it was told of at this moment. */
export function faultsOfLease(effects: readonly (Span | undefined)[], atUs: number): FaultsOfLease {
  const during = activeAt(effects, atUs);
  if (during.length > 0) return { during };
  const began = effects.map((one) => one?.fromUs ?? -Infinity);
  const next = Math.min(...began.filter((beganAtUs) => beganAtUs > atUs));
  return next === Infinity ? { during } : { during, before: began.indexOf(next) };
}

/** For how long the longest fault may have kept a server from its work, microseconds; Infinity for one without end. */
export function longestUs(evidence: FaultsEvidence): number {
  return Math.max(0, ...effectsOf(evidence).map((one) => (one === undefined ? 0 : one.untilUs - one.fromUs)));
}

/** For how long faults held messages of clients back at the most, should all of them do so at once; microseconds. */
export function latestUs({ faults }: FaultsEvidence): number {
  return 1_000 * faults.reduce((sum, { lateMs = 0 }) => sum + lateMs, 0);
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

/** How long after its node is ready, and how long before somebody saw that it is not, a server may lack its database. */
const NOTICED_WITHIN_US = 2_000_000;

/**
 * When a server had no database to look leases up in: its node could not serve it, or its log says so.
 *
 * @param server `dhcp4 server-1`
 */
export function withoutDatabaseSpans(
  faults: FaultsEvidence,
  server: string,
  node: string | undefined,
): Span[] {
  const logged = (faults.lostDatabases ?? [])
    .filter((one) => one.server === server)
    .map(({ lostAtUs, backAtUs }) => ({ fromUs: lostAtUs, untilUs: backAtUs ?? Infinity }));
  return [...notReadySpans(faults, node), ...logged].map(({ fromUs, untilUs }) => ({
    fromUs: fromUs - NOTICED_WITHIN_US,
    untilUs: untilUs + NOTICED_WITHIN_US,
  }));
}

/** Status and state of a node that serves, in lower case. It may say nothing of its state. */
const READY: ReadonlySet<string> = new Set(['primary synced', 'primary', 'serving']);

/** The node that a server is pinned to, as the evidence says. A server behind a proxy is pinned to none. */
export function nodeOf({ system }: Pick<Evidence, 'system'>, server: string): string | undefined {
  const found = system?.servers.find(({ name }) => name === server);
  return found?.proxy === undefined ? found?.node : undefined;
}

/** Whether each server is pinned to a node. Behind a proxy nobody knows which node a lease came through. */
export function arePinned({ system }: Pick<Evidence, 'system'>): boolean {
  return system?.servers.every(({ proxy }) => proxy === undefined) ?? true;
}
