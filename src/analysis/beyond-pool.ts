import { seenOf, type Counters } from '../evidence/system.js';
import type { Evidence } from '../evidence/model.js';
import type { Scenario } from '../scenario/schema.js';
import type { CaseFigures } from './case-figures.js';

/** Kea's count of the requests for which it found no lease (Kea manual, "Statistics in the DHCPv4 Server"). */
const ALLOCATION_FAILURES = 'v4-allocation-fail';
/** What Kea logs once for each; messages with more of a name than this tell of the same failure again. */
const LOGGED_FAILURE = 'ALLOC_ENGINE_V4_ALLOC_FAIL';

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

/**
 * By server, how often it logged that it found no lease for a DHCPv4 client, where a scenario has one for every client: its
 * pool was full, and nobody had planned that.
 */
export function poolFullBy(
  caseName: string,
  { system }: Pick<Evidence, 'system'>,
  load: Pick<Scenario['load'], 'beyondPool'> | undefined,
): ReadonlyMap<string, number> {
  const prefix = `${caseName} `;
  const servers = load?.beyondPool === true ? [] : (system?.servers ?? []);
  return new Map(
    servers.flatMap(({ name, log }) => {
      const logged = seenOf(log)?.find(({ identifier }) => identifier === LOGGED_FAILURE);
      return logged === undefined || !name.startsWith(prefix)
        ? []
        : [[name.slice(prefix.length), logged.count] as const];
    }),
  );
}

/** Requests for a first lease that nobody answered, as far as their servers logged that they had none; empty for none. */
export function poolFullText(
  { name, phases }: Pick<CaseFigures, 'name' | 'phases'>,
  full: ReadonlyMap<string, number>,
): string {
  let [silent, logged] = [0, 0];
  for (const { name: server, outcomes } of phases[0]?.perServer ?? []) {
    const failures = full.get(server) ?? 0;
    silent += Math.min(outcomes.timeout, failures);
    logged += failures;
  }
  const said = `${plural(silent, 'DISCOVER')} unanswered, Kea logged ${plural(logged, 'allocation failure')}`;
  return silent === 0 ? '' : `the room in the pool of ${name}: ${said}: the pool is full`;
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function failuresIn(counters: Counters | undefined): number {
  return counters?.[ALLOCATION_FAILURES] ?? 0;
}
