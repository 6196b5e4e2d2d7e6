import { z } from 'zod';
import type { ToleranceEntry } from '../results/registry/figure.js';
import { FIGURES } from '../results/registry/figures.js';

/**
 * How much a figure may differ from its baseline before the difference counts as a regression. The registry of figures
 * has the tolerance of each figure. Counts of violations have none: one more is a regression.
 */

const points = z.number().min(0).max(100);
const percent = z.number().min(0).max(100_000);
const ms = z.number().min(0).max(3_600_000);

/** Transactions answered in time, with any answer. This is not a figure of the result, but follows from some. */
export const ANSWERED: ToleranceEntry = {
  key: 'answeredPercent',
  points: 1,
  meaning: 'points fewer transactions answered in time, of all attempts',
};

/** The achieved rate in percent of the planned one. In starts a second it would depend on chance: see `rateOf`. */
export const RATE: ToleranceEntry = {
  key: 'ratePercent',
  points: 5,
  meaning:
    'by how many points the achieved share of the planned rate may fall; the rate of an avalanche is not compared',
};

/** Tolerances that have the first part of their keys in common. */
const GROUPS: Readonly<Record<string, string>> = {
  firstPhase: 'the phase that commits nothing; its duplicates are by design',
  committing: 'the phases whose answer gives the lease',
  latency: 'milliseconds from the intended send time, phase by phase',
};

/** Every tolerance: those of the registry of figures, and those of what follows from some figures. */
export const TOLERANCE_ENTRIES: readonly ToleranceEntry[] = [
  ...FIGURES.flatMap(({ compared = [] }) => compared.map(({ tolerance }) => tolerance)),
  ANSWERED,
  RATE,
];

export const tolerancesSchema = objectOf(TOLERANCE_ENTRIES.map((entry) => [entry.key.split('.'), entry]));

/** Every tolerance by its key, with the defaults filled in. */
export type Tolerances = z.output<typeof tolerancesSchema>;

export const DEFAULT_TOLERANCES: Tolerances = tolerancesSchema.parse({});

/**
 * How much a figure may get worse.
 *
 * - `none`: not at all; the figure counts violations
 * - `points`: by percentage points
 * - `share`: by a percentage of the baseline, or by `atLeast` if that is more
 */
export type Tolerance =
  | { readonly kind: 'none' }
  | { readonly kind: 'points'; readonly points: number }
  | { readonly kind: 'share'; readonly percent: number; readonly atLeast: number };

/** What these tolerances allow for an entry. */
export function toleranceOf(entry: ToleranceEntry, tolerances: Tolerances): Tolerance {
  let value: unknown = tolerances;
  for (const key of entry.key.split('.')) value = (value as Readonly<Record<string, unknown>>)[key];
  if ('points' in entry) return { kind: 'points', points: points.parse(value) };
  const { percent, ms } = latencySchema(entry).parse(value);
  return { kind: 'share', percent, atLeast: ms };
}

type Keyed = readonly [keys: readonly string[], entry: ToleranceEntry];

function objectOf(entries: readonly Keyed[]) {
  const first = [...new Set(entries.map(([[key = '']]) => key))];
  return z.strictObject(Object.fromEntries(first.map((key) => [key, schemaAt(key, entries)])));
}

function schemaAt(key: string, entries: readonly Keyed[]): z.ZodType {
  const own = entries.filter(([[first]]) => first === key);
  const single = own.find(([keys]) => keys.length === 1)?.[1];
  if (single !== undefined) return schemaOf(single);
  const inside = objectOf(own.map(([[, ...rest], entry]) => [rest, entry]));
  return inside.prefault({}).describe(GROUPS[key] ?? '');
}

function schemaOf(entry: ToleranceEntry): z.ZodType {
  return ('points' in entry ? points.default(entry.points) : latencySchema(entry).prefault({})).describe(
    entry.meaning,
  );
}

/** The larger of the two values applies, so that 0.6 ms after 0.3 ms is no regression. */
function latencySchema(entry: { percent: number; ms: number }) {
  return z.strictObject({
    percent: percent.default(entry.percent).describe('how much slower than the baseline, in percent of it'),
    ms: ms.default(entry.ms).describe('a difference up to this many milliseconds is allowed'),
  });
}
