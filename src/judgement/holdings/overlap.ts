import { HoldingsByLease } from './holdings-by-lease.js';
import type { KnownHoldings } from './holdings.js';
import type { LeaseIndex } from './leases.js';
import { Rivals, type Pairs } from './rivals.js';
import type { Delegated, SubDelegation } from './sub-delegation.js';

/** Enough to see who is concerned. A lease that was given to thousands of clients would fill the report. */
const HOLDERS_SHOWN = 16;

/** Two or more holdings that must not exist at the same time. */
export interface Conflict {
  lease: number;
  /** The prefix that `lease` lies in; null where all holdings are of `lease` itself. */
  within: number | null;
  /** Up to 16 of them, in the order in which they began. */
  holdings: readonly number[];
  /** The holder of the prefix may have given the lease itself. In that case there is no conflict. */
  isDoubtful?: true;
}

/** When the second of the holdings of a conflict began, microseconds. */
export function givenTwiceAtUs(holdings: KnownHoldings, { holdings: concerned }: Conflict): number {
  const [first = NaN, second = first] = concerned
    .map((holding) => holdings.fromUs(holding))
    .sort((one, other) => one - other);
  return second;
}

/** The holding of a conflict that began last. */
export function latestOf(holdings: KnownHoldings, { holdings: concerned }: Conflict): number {
  return concerned.reduce((one, other) => (holdings.fromUs(other) >= holdings.fromUs(one) ? other : one));
}

/** Leases that two clients held at the same time. */
export function* heldConcurrently(
  holdings: KnownHoldings,
  byLease: HoldingsByLease,
  leases: number,
  pairs: Pairs = 'definite',
): Generator<Conflict> {
  for (let lease = 0; lease < leases; lease++) {
    const group = byLease.of(lease);
    if (group.length < 2) continue;
    const before = new Rivals(holdings, pairs);
    const found = new Set<number>();
    for (const holding of group) {
      note(found, before.rivalOf(holding), holding);
      before.add(holding);
    }
    if (found.size > 0) yield { lease, within: null, holdings: [...found] };
  }
}

/**
 * Leases inside a prefix that another client held at the same time. Two prefixes nest or are disjoint. So with the
 * leases in the order of their bits, the prefixes around each lease form a stack.
 *
 * @param delegation given where servers may be routers, which lease out of a prefix of their own
 */
export function* overlapping(
  holdings: KnownHoldings,
  byLease: HoldingsByLease,
  leases: LeaseIndex,
  { delegation, pairs = 'definite' }: { delegation?: SubDelegation | undefined; pairs?: Pairs } = {},
): Generator<Conflict> {
  const held = [...nestable(leases)].filter((lease) => byLease.of(lease).length > 0);
  const around: number[] = [];
  for (const lease of held.sort((a, b) => leases.compare(a, b))) {
    while (around.length > 0 && !leases.contains(around.at(-1) ?? 0, lease)) around.pop();
    let doubtful: Conflict | undefined;
    let certain: Conflict | undefined;
    for (let depth = 0; depth < around.length && certain === undefined; depth++) {
      const within = around[depth] ?? 0;
      if (leases.excludes(within, lease)) continue;
      const [owners, others] = [byLease.of(within), byLease.of(lease)];
      const found = bothHeld(holdings, owners, others, pairs);
      if (found.size === 0) continue;
      if (delegation === undefined) {
        certain = { lease, within, holdings: [...found] };
        continue;
      }
      const between = around.slice(depth + 1);
      const bothAs = (wanted: Delegated): readonly number[] =>
        bothHeldIf(holdings, owners, others, (one, other) => delegation.of(one, other, between) === wanted);
      const undelegated = bothAs('no');
      if (undelegated.length > 0) certain = { lease, within, holdings: undelegated };
      else if (doubtful === undefined) {
        const perhaps = bothAs('perhaps');
        if (perhaps.length > 0) doubtful = { lease, within, holdings: perhaps, isDoubtful: true };
      }
    }
    const conflict = certain ?? doubtful;
    if (conflict !== undefined) yield conflict;
    if (leases.isPrefix(lease)) around.push(lease);
  }
}

/** As `bothHeld`, over the pairs of holdings that `isWanted` accepts. */
function bothHeldIf(
  holdings: KnownHoldings,
  outer: Uint32Array,
  inner: Uint32Array,
  isWanted: (outer: number, inner: number) => boolean,
): readonly number[] {
  const found = new Set<number>();
  for (const one of inner) {
    const wanted = outer.filter((other) => isWanted(other, one));
    for (const holding of bothHeld(holdings, wanted, Uint32Array.of(one))) found.add(holding);
    if (found.size >= HOLDERS_SHOWN) break;
  }
  return [...found].slice(0, HOLDERS_SHOWN);
}

/** All leases. None where they can't nest: without prefixes, or with nothing but prefixes of one length. */
function* nestable(leases: LeaseIndex): Generator<number> {
  const lengths = new Set<number>();
  let prefixes = 0;
  for (let lease = 0; lease < leases.size; lease++) {
    if (!leases.isPrefix(lease)) continue;
    prefixes++;
    lengths.add(leases.prefixLength(lease));
  }
  if (prefixes === 0 || (prefixes === leases.size && lengths.size === 1)) return;
  for (let lease = 0; lease < leases.size; lease++) yield lease;
}

/**
 * Holdings of two different leases, by different clients, at the same time. Both lists are in the order of beginning.
 */
function bothHeld(
  holdings: KnownHoldings,
  outer: Uint32Array,
  inner: Uint32Array,
  pairs: Pairs = 'definite',
): Set<number> {
  const found = new Set<number>();
  const outerBefore = new Rivals(holdings, pairs);
  const innerBefore = new Rivals(holdings, pairs);
  let o = 0;
  let i = 0;
  while (o < outer.length || i < inner.length) {
    const nextOuter = outer[o];
    const nextInner = inner[i];
    if (
      nextInner === undefined ||
      (nextOuter !== undefined && holdings.fromUs(nextOuter) <= holdings.fromUs(nextInner))
    ) {
      const holding = nextOuter ?? 0;
      note(found, innerBefore.rivalOf(holding), holding);
      outerBefore.add(holding);
      o++;
    } else {
      note(found, outerBefore.rivalOf(nextInner), nextInner);
      innerBefore.add(nextInner);
      i++;
    }
  }
  return found;
}

function note(found: Set<number>, rival: number, holding: number): void {
  if (rival < 0 || found.size >= HOLDERS_SHOWN) return;
  found.add(rival).add(holding);
}
