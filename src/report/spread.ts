/** What a figure came to in several runs of the same; of one run everything is its one value. */
export interface Spread {
  /** In the order of the runs; null where a run has no such figure. */
  values: (number | null)[];
  median: number;
  min: number;
  max: number;
  /** First and third quartile; null below five values, which tell nothing of them. */
  quartiles: readonly [number, number] | null;
}

const ENOUGH_FOR_QUARTILES = 5;

/** Undefined without any value. */
export function spreadOf(values: readonly (number | null)[]): Spread | undefined {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) return undefined;
  const quartiles =
    sorted.length < ENOUGH_FOR_QUARTILES ? null : ([quantile(sorted, 0.25), quantile(sorted, 0.75)] as const);
  return { values: [...values], median: quantile(sorted, 0.5), min, max, quartiles };
}

/** Between the two nearest values where none is exactly there. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low === high ? low : low + (high - low) * (place - Math.floor(place));
}
