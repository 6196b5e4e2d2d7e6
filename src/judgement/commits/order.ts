/**
 * Compares the histories of nodes. All nodes of a Galera cluster commit the same changes in the same order. A node that
 * was started again begins a new file of its log, and may lack what the others committed meanwhile, if it got its data by
 * a full state transfer.
 */

/** A change as the comparison needs it. */
export interface Step {
  lease: string;
  signature: string;
  file: number;
  /** Whether it was written after the load: the logs of other nodes may have been read before. */
  isLate: boolean;
}

export interface Gap {
  /** How many changes of the node come before it. */
  after: number;
  /** How many changes of the reference it lacks. */
  changes: number;
}

export interface Comparison {
  gaps: Gap[];
  /** The leases whose changes are not the same, or not in the same order. */
  leases: Set<string>;
}

/**
 * Compares the history of a node with that of another one, the reference.
 *
 * @param mayEndEarly whether the node may lack the last changes without a fault: it had ended, or not come to rest
 */
export function compareHistories(
  reference: readonly Step[],
  other: readonly Step[],
  options: { mayEndEarly: boolean },
): Comparison {
  const places = firstWrites(other);
  const found = compareWrites(
    firstWrites(reference).flatMap((place) => reference[place] ?? []),
    places.flatMap((place) => other[place] ?? []),
    options,
  );
  const gaps = found.gaps.map(({ after, changes }) => ({ after: places[after] ?? other.length, changes }));
  return { ...found, gaps };
}

/**
 * The places of the changes that a node has written for the first time. A node that was killed may have lost a commit that
 * its log has (innodb_flush_log_at_trx_commit other than 1). It gets the commit again from another node, and writes it
 * again into the new file of its log.
 */
function firstWrites(steps: readonly Step[]): number[] {
  const written = new Map<string, string[]>();
  const again = new Set<number>();
  for (let begin = 0; begin < steps.length; begin = endOfFile(steps, begin)) {
    for (const [lease, places] of placesByLease(steps, begin, endOfFile(steps, begin))) {
      const its = places.map((place) => steps[place]?.signature ?? '');
      const before = written.get(lease) ?? [];
      const repeated = overlap(before, its);
      for (const place of places.slice(0, repeated)) again.add(place);
      written.set(lease, [...before, ...its.slice(repeated)]);
    }
  }
  return steps.flatMap((_, place) => (again.has(place) ? [] : [place]));
}

function placesByLease(steps: readonly Step[], begin: number, end: number): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (let place = begin; place < end; place++) {
    const lease = steps[place]?.lease ?? '';
    const its = found.get(lease);
    if (its === undefined) found.set(lease, [place]);
    else its.push(place);
  }
  return found;
}

/** How many of the last changes come again as the first ones of the next file. */
function overlap(before: readonly string[], next: readonly string[]): number {
  for (let count = Math.min(before.length, next.length); count > 0; count--)
    if (next.slice(0, count).every((one, index) => one === before[before.length - count + index]))
      return count;
  return 0;
}

function compareWrites(
  reference: readonly Step[],
  other: readonly Step[],
  { mayEndEarly }: { mayEndEarly: boolean },
): Comparison {
  const found: Comparison = { gaps: [], leases: new Set() };
  let at = 0;
  let begin = 0;
  while (begin < other.length) {
    const end = endOfFile(other, begin);
    const isFirstFile = begin === 0 && other[0]?.file === reference[0]?.file;
    const from = isFirstFile ? at : placeOf(reference, other, begin, at);
    if (from > at) found.gaps.push({ after: begin, changes: from - at });
    let same = 0;
    while (begin + same < end && isSame(reference[from + same], other[begin + same])) same += 1;
    if (begin + same < end) {
      // Where the rest of this file ends in the reference, only the next file can tell.
      const to = end < other.length ? placeOf(reference, other, end, from + same) : reference.length;
      const its = other.slice(begin + same, end);
      for (const lease of differing(reference.slice(from + same, to), its)) found.leases.add(lease);
      at = to;
    } else at = from + same;
    begin = end;
  }
  if (at === reference.length) return found;
  if (mayEndEarly || reference[at]?.isLate === true)
    found.gaps.push({ after: other.length, changes: reference.length - at });
  else for (const { lease } of reference.slice(at)) found.leases.add(lease);
  return found;
}

function endOfFile(steps: readonly Step[], begin: number): number {
  const file = steps[begin]?.file;
  let end = begin + 1;
  while (end < steps.length && steps[end]?.file === file) end += 1;
  return end;
}

/**
 * The place in the reference, from `from` on, at which a file of the other history goes on; `from` if there is none, so that
 * what it has is then a difference.
 */
function placeOf(reference: readonly Step[], other: readonly Step[], begin: number, from: number): number {
  for (let place = from; place < reference.length; place++)
    if (isSame(reference[place], other[begin])) return place;
  return from;
}

function isSame(one: Step | undefined, other: Step | undefined): boolean {
  return (
    one !== undefined && other !== undefined && one.lease === other.lease && one.signature === other.signature
  );
}

/** The leases whose sequences of changes differ. */
function differing(some: readonly Step[], others: readonly Step[]): string[] {
  const [one, other] = [sequences(some), sequences(others)];
  return [...new Set([...one.keys(), ...other.keys()])].filter(
    (lease) => one.get(lease)?.join('\n') !== other.get(lease)?.join('\n'),
  );
}

function sequences(steps: readonly Step[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { lease, signature } of steps) {
    const its = found.get(lease);
    if (its === undefined) found.set(lease, [signature]);
    else its.push(signature);
  }
  return found;
}
