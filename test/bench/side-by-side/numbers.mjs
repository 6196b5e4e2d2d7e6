export function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median, least and most; undefined without values. */
export function spread(values) {
  if (values.length === 0) return undefined;
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}

/** The ratio of two tools in each round, and its spread. A round of one tool alone has none. */
export function pairs(rounds, own, peer, value) {
  const of = (tool) =>
    new Map(rounds.filter((one) => one.tool === tool).map((one) => [one.round, value(one)]));
  const [owns, peers] = [of(own), of(peer)];
  return spread([...owns].flatMap(([round, one]) => (peers.has(round) ? [one / peers.get(round)] : [])));
}
