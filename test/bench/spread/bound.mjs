// How far a count that comes by chance may go.

/** Standard deviations above the mean: of thirty figures a night for years, none is so far off by chance. */
const DEVIATIONS = 6;
/** Few runs tell little of the tail. */
const ABOVE_MOST = 1.5;

export const DERIVATION = `proposed: mean + ${DEVIATIONS} standard deviations (the larger of the sample's and of a Poisson count's), at least the most + 50%`;

/** @param values one a run; at least one */
export function spreadOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const runs = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / runs;
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = runs > 1 ? Math.sqrt(squares / (runs - 1)) : 0;
  const median = (sorted[Math.floor((runs - 1) / 2)] + sorted[Math.ceil((runs - 1) / 2)]) / 2;
  const max = sorted[runs - 1];
  // Where none was found, the next run may find one: as if one had been found in all of them.
  const poisson = Math.sqrt(Math.max(mean, 1 / runs));
  const bound = Math.ceil(
    Math.max(mean + DEVIATIONS * Math.max(deviation, poisson), ABOVE_MOST * max, 1) - 1e-9,
  );
  return { runs, min: sorted[0], median, max, mean, deviation, bound };
}
