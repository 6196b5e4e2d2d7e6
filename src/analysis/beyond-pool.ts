import { seenOf, type Counters } from '../evidence/system.js';
import type { Evidence } from '../evidence/model.js';

/** Kea's count of the requests for which it found no lease (Kea manual, "Statistics in the DHCPv4 Server"). */
const ALLOCATION_FAILURES = 'v4-allocation-fail';

/**
 * Requests of a case that its servers left unanswered for want of a lease, as they say themselves: what a DHCPv4 server
 * does with a DISCOVER that it has no address for, where a DHCPv6 server answers with NoAddrsAvail or NoPrefixAvail.
 */
export function refusedSilently(caseName: string, { system }: Pick<Evidence, 'system'>): number {
  const servers = system?.servers.filter(({ name }) => name.startsWith(`${caseName} `)) ?? [];
  return servers.reduce(
    (sum, { before, after }) => sum + Math.max(0, failuresIn(seenOf(after)) - failuresIn(seenOf(before))),
    0,
  );
}

function failuresIn(counters: Counters | undefined): number {
  return counters?.[ALLOCATION_FAILURES] ?? 0;
}
