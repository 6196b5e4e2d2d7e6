/**
 * The values of a figure in several repetitions of one run. With a single value, median, minimum and maximum are that
 * value.
 */
export interface Spread {
  /** One value for each run, in order; null if a run has no such figure. */
  values: (number | null)[];
  median: number;
  min: number;
  max: number;
  /** First and third quartile. Null below five values, which are too few for quartiles. */
  quartiles: readonly [number, number] | null;
}

const ENOUGH_FOR_QUARTILES = 5;

/** The spread of the known values; undefined if there are none. */
export function spreadOf(values: readonly (number | null)[]): Spread | undefined {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) return undefined;
  const quartiles =
    sorted.length < ENOUGH_FOR_QUARTILES ? null : ([quantile(sorted, 0.25), quantile(sorted, 0.75)] as const);
  return { values: [...values], median: quantile(sorted, 0.5), min, max, quartiles };
}

/** Interpolates between the two nearest values. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low === high ? low : low + (high - low) * (place - Math.floor(place));
}
