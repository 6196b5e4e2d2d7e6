/** A range that holds a value: from and to, in one unit. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The range that most of the given ranges agree on, and how many those are. */
export interface Agreement extends Range {
  readonly agreeing: number;
  readonly of: number;
}

/**
 * Marzullo's algorithm, by which NTP finds a time among several clocks (RFC 5905 section 11.2.1): the smallest range
 * in which as many of the given ranges as possible overlap. Undefined if none is given.
 */
export function agreementOf(ranges: readonly Range[]): Agreement | undefined {
  const edges = ranges.flatMap(({ from, to }) => [
    { at: from, opens: true },
    { at: to, opens: false },
  ]);
  // Ranges that only touch agree, so a range opens before another one closes.
  edges.sort((a, b) => a.at - b.at || Number(b.opens) - Number(a.opens));
  let open = 0;
  let best: Agreement | undefined;
  for (const [index, { at, opens }] of edges.entries()) {
    open += opens ? 1 : -1;
    if (!opens || open <= (best?.agreeing ?? 0)) continue;
    best = { from: at, to: edges[index + 1]?.at ?? at, agreeing: open, of: ranges.length };
  }
  return best;
}
