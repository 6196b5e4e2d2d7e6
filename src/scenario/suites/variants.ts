import type { Path } from '../language/paths.js';
import type { SuiteFile } from './schema.js';

/** The changes that one run of a suite makes. */
export interface Variant {
  /** The heading of the run's column, and the name of its directory. */
  name: string;
  /** The scenario that the run names; undefined for that of the suite. */
  scenario?: string | undefined;
  /** The changed paths, and their values. */
  set: Readonly<Record<string, unknown>>;
  /** The paths and values without which the run makes no sense. */
  onlyWith: Readonly<Record<string, unknown>>;
  /** Where the changes stand in the suite's file. */
  place: Path;
}

/** The runs that a suite lists, or all combinations of its matrix, the last path changing fastest. */
export function variantsOf({ runs = [], matrix }: Pick<SuiteFile, 'runs' | 'matrix'>): Variant[] {
  if (matrix === undefined)
    return runs.map(({ name, scenario, set, onlyWith }, index) => ({
      name,
      scenario,
      set,
      onlyWith,
      place: ['runs', index, 'set'],
    }));
  const combinations = Object.entries(matrix).reduce<[string, unknown][][]>(
    (before, [path, values]) =>
      before.flatMap((one) => values.map((value): [string, unknown][] => [...one, [path, value]])),
    [[]],
  );
  return combinations.map((pairs) => ({
    name: pairs.map(([, value]) => wordOf(value)).join('-'),
    set: Object.fromEntries(pairs),
    onlyWith: {},
    place: ['matrix'],
  }));
}

/**
 * The number of variants. It is computed without making them: ten paths of ten values give more than any memory
 * holds.
 */
export function variantCount({ runs = [], matrix }: Pick<SuiteFile, 'runs' | 'matrix'>): number {
  if (matrix === undefined) return runs.length;
  return Object.values(matrix).reduce((product, values) => product * values.length, 1);
}

/** A value as a word for a heading and a directory's name: `2.6`, `dhcp4`, `100`. */
function wordOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/[^a-zA-Z0-9.]+/g, '-').replace(/^-+|-+$/g, '');
}
