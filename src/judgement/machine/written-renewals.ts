import { seenOf, type ServerEvidence, type SystemEvidence } from '../../evidence/system.js';
import type { CaseFigures } from '../../results/case.js';

/** Kea's counters of leases that it did not write anew (Kea manual, "Statistics in the DHCPv4/DHCPv6 Server"). */
const REUSES = ['v4-lease-reuses', 'v6-ia-na-lease-reuses', 'v6-ia-pd-lease-reuses'];

/** How often a server answered with a lease as it was, during the load; undefined where its counters are not known. */
export function reusesOf({ before, after }: ServerEvidence): number | undefined {
  const [from, to] = [seenOf(before), seenOf(after)];
  if (from === undefined || to === undefined) return undefined;
  return REUSES.reduce((sum, statistic) => sum + (to[statistic] ?? 0) - (from[statistic] ?? 0), 0);
}

/**
 * Adds how many renewals reached the database. With lease caching a server answers an early renewal without writing
 * anything, and counts that. It counts the same for other requests, so there may be some more than told.
 */
export function withWritten(figures: CaseFigures, system: SystemEvidence | undefined): CaseFigures {
  if (system === undefined) return figures;
  const { renewals, name } = figures;
  const servers = system.servers.filter((one) => one.name.startsWith(`${name} `));
  const reuses = servers.map(reusesOf);
  const isKnown = servers.length > 0 && !reuses.includes(undefined);
  const reused = reuses.reduce((sum: number, one) => sum + (one ?? 0), 0);
  const reachedDatabase = isKnown ? Math.max(0, renewals.judged - reused) : null;
  return { ...figures, renewals: { ...renewals, reachedDatabase } };
}
