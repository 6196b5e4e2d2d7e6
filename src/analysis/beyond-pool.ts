import { seenOf, type Counters } from '../evidence/system.js';
import type { Evidence } from '../evidence/model.js';
import type { Scenario } from '../scenario/schema.js';

/** Kea's count of the requests for which it found no lease (Kea manual, "Statistics in the DHCPv4 Server"). */
const ALLOCATION_FAILURES = 'v4-allocation-fail';

/**
 * Requests of a case that its servers left unanswered for want of a lease, as they say themselves: what a DHCPv4 server
 * does with a DISCOVER that it has no address for, where a DHCPv6 server answers with NoAddrsAvail or NoPrefixAvail.
 */
export function refusedSilently(
  caseName: string,
  evidence: Pick<Evidence, 'system'>,
  load: Pick<Scenario['load'], 'beyondPool'> | undefined,
): number {
  let sum = 0;
  for (const count of refusedSilentlyBy(caseName, evidence, load).values()) sum += count;
  return sum;
}

/** The same by server; none where a scenario has a lease for every client. */
export function refusedSilentlyBy(
  caseName: string,
  { system }: Pick<Evidence, 'system'>,
  load: Pick<Scenario['load'], 'beyondPool'> | undefined,
): ReadonlyMap<string, number> {
  const prefix = `${caseName} `;
  const servers = load?.beyondPool === true ? (system?.servers ?? []) : [];
  return new Map(
    servers
      .filter(({ name }) => name.startsWith(prefix))
      .map(({ name, before, after }) => [
        name.slice(prefix.length),
        Math.max(0, failuresIn(seenOf(after)) - failuresIn(seenOf(before))),
      ]),
  );
}

function failuresIn(counters: Counters | undefined): number {
  return counters?.[ALLOCATION_FAILURES] ?? 0;
}
