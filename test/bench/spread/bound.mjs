// A bound for a count that varies by chance.

/** In standard deviations above the mean. Of thirty figures a night, none is so far off by chance in years. */
const DEVIATIONS = 6;
/** A few runs say little about rare high counts, so the bound is well above the highest one seen. */
const ABOVE_MOST = 1.5;

export const DERIVATION = `proposed: mean + ${DEVIATIONS} standard deviations (the larger of the sample's and of a Poisson count's), at least 1.5 times the highest count`;

/** @param values one for each run; at least one */
export function spreadOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const runs = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / runs;
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = runs > 1 ? Math.sqrt(squares / (runs - 1)) : 0;
  const median = (sorted[Math.floor((runs - 1) / 2)] + sorted[Math.ceil((runs - 1) / 2)]) / 2;
  const max = sorted[runs - 1];
  // If none was found, the next run may still find one. So the mean counts as at least one find in all runs together.
  const poisson = Math.sqrt(Math.max(mean, 1 / runs));
  const bound = Math.ceil(
    Math.max(mean + DEVIATIONS * Math.max(deviation, poisson), ABOVE_MOST * max, 1) - 1e-9,
  );
  return { runs, min: sorted[0], median, max, mean, deviation, bound };
}
