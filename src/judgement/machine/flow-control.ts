import { seenOf, type SystemEvidence } from '../../evidence/system.js';

/**
 * How long replication held writes back. A Galera node that can't keep up with the writes of the other nodes stops
 * all of them until it has caught up (Galera documentation, "Flow Control"). Kea waits meanwhile.
 */

/** The counter of the nanoseconds for which a node was paused in all. */
const PAUSED_NS = 'wsrep_flow_control_paused_ns';

/**
 * A verdict mentions pauses of this percentage of the load's time or more. A cluster that keeps up is not paused at
 * all, or for moments.
 */
const WORTH_SAYING_PERCENT = 10;

export interface PausedNode {
  node: string;
  /** Percent of the load's time; absent where the node does not count its pauses. */
  pausedPercent?: number | undefined;
}

/** For how many percent of the load's time a node was paused; undefined where the node does not count it. */
export function pausedPercent(
  growth: Readonly<Record<string, number>>,
  { start, end }: Pick<SystemEvidence['clock'], 'start' | 'end'>,
): number | undefined {
  const pausedNs = growth[PAUSED_NS];
  const loadUs = end.atUs - start.atUs;
  if (pausedNs === undefined || loadUs <= 0) return undefined;
  // The nodes go on counting while they come to rest after the load.
  return Math.min(100, (100 * pausedNs) / (loadUs * 1_000));
}

/** `flow control paused node-1, node-3 for 93% of the load, node-2 for 92%`; empty where no node was paused for long. */
export function pausedText(nodes: readonly PausedNode[]): string {
  const paused = nodes.filter((one) => (one.pausedPercent ?? 0) >= WORTH_SAYING_PERCENT);
  // Flow control mostly stops all nodes together.
  const percentOf = (one: PausedNode): number => Math.round(one.pausedPercent ?? 0);
  const [first, ...others] = [...new Set(paused.map(percentOf))].map((percent) => {
    const those = paused.filter((one) => percentOf(one) === percent).map(({ node }) => node);
    return `${those.join(', ')} for ${percent}%`;
  });
  if (first === undefined) return '';
  return `flow control paused ${[`${first} of the load`, ...others].join(', ')}`;
}

/** By how much each counter of a node grew during the load; empty where nobody read the counters. */
export function growthOf({
  before,
  after,
}: Pick<SystemEvidence['nodes'][number], 'before' | 'after'>): Record<string, number> {
  const [from, to] = [seenOf(before), seenOf(after)];
  if (from === undefined || to === undefined) return {};
  return Object.fromEntries(
    Object.entries(to).map(([counter, value]) => [counter, value - (from[counter] ?? 0)]),
  );
}
