import type { Evidence } from '../../evidence/evidence.js';
import { seenOf, type Counters } from '../../evidence/system.js';
import { CAUSE_IDS, type CauseId } from '../../scenario/known-causes.js';
import type { Scenario } from '../../scenario/schema.js';
import type { CaseFigures } from '../../results/case.js';
import { CAUSES, type SilenceKind } from '../causes/index.js';

/**
 * Why first requests were left unanswered, as far as the servers say it themselves. A DHCPv4 server is silent if it
 * has no lease for a DISCOVER; a DHCPv6 server answers each SOLICIT.
 */
export interface Silence {
  kind: SilenceKind;
  /** The entry of the cause in the catalogue; null for a silence that the scenario wants. */
  cause: CauseId | null;
  /** By server: how often the server says so. */
  said: ReadonlyMap<string, number>;
}

/** Kea's count of the requests for which it found no lease (Kea manual, "Statistics in the DHCPv4 Server"). */
const ALLOCATION_FAILURES = 'v4-allocation-fail';

/** The scenario wants too few leases for its clients. Silence is then the server's answer. */
const BEYOND_POOL: SilenceKind = {
  of: ({ before, after }) => Math.max(0, failuresIn(seenOf(after)) - failuresIn(seenOf(before))),
  appliesTo: ({ beyondPool }) => beyondPool,
  leavesNothingOpen: true,
  words: 'left unanswered because no lease was free',
};

const KINDS: readonly Pick<Silence, 'kind' | 'cause'>[] = [
  { kind: BEYOND_POOL, cause: null },
  ...CAUSE_IDS.flatMap((cause) => {
    const { silence } = CAUSES[cause];
    return silence === undefined ? [] : [{ kind: silence, cause }];
  }),
];

/** What the servers of a case say about their silence. Kinds of silence of which they say nothing are left out. */
export function silencesOf(
  caseName: string,
  { system }: Pick<Evidence, 'system'>,
  load: Pick<Scenario['load'], 'beyondPool'> | undefined,
): Silence[] {
  const prefix = `${caseName} `;
  const servers = (system?.servers ?? []).filter(({ name }) => name.startsWith(prefix));
  return KINDS.flatMap((one): Silence[] => {
    if (!one.kind.appliesTo({ beyondPool: load?.beyondPool === true })) return [];
    const said = servers.flatMap((server): [string, number][] => {
      const count = one.kind.of(server);
      return count === 0 ? [] : [[server.name.slice(prefix.length), count]];
    });
    return said.length === 0 ? [] : [{ ...one, said: new Map(said) }];
  });
}

/** Requests that servers refused by silence where the scenario expects that, as the servers count them. */
export function refusedSilently(silences: readonly Silence[]): number {
  return sum(silences.flatMap(({ cause, said }) => (cause === null ? [...said.values()] : [])));
}

/** How many unanswered requests of the first phase a silence explains, and how often the servers say so. */
export interface Explained extends Pick<Silence, 'kind' | 'cause'> {
  unanswered: number;
  said: number;
}

/** Each request is explained once; silences that explain none are left out. */
export function explainedBy(silences: readonly Silence[], phases: CaseFigures['phases']): Explained[] {
  const open = new Map(
    (phases[0]?.perServer ?? []).map(({ name, outcomes }) => [name, outcomes.timeout] as const),
  );
  return silences.flatMap(({ kind, cause, said }): Explained[] => {
    let [unanswered, all] = [0, 0];
    for (const [server, timeouts] of open) {
      const count = said.get(server) ?? 0;
      const its = Math.min(timeouts, count);
      open.set(server, timeouts - its);
      unanswered += its;
      all += count;
    }
    return unanswered === 0 ? [] : [{ kind, cause, unanswered, said: all }];
  });
}

/** By server: how many unanswered requests the silences explain at most. */
export function saidByServer(silences: readonly Silence[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { said } of silences)
    for (const [server, count] of said) sums.set(server, (sums.get(server) ?? 0) + count);
  return sums;
}

function failuresIn(counters: Counters | undefined): number {
  return counters?.[ALLOCATION_FAILURES] ?? 0;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}
