import type { Check } from './check.js';
import type { CheckName } from './check-names.js';

interface Checked {
  checks: readonly Pick<Check, 'name' | 'verdict'>[];
}

/** The check that something is missing of what was recorded. Undefined where nothing is. */
export function lackOf<T extends Checked>({ checks }: T): T['checks'][number] | undefined {
  return checks.find(
    ({ name, verdict }) => name === ('source.complete' satisfies CheckName) && verdict !== 'pass',
  );
}

/** Whether nothing is missing of what was recorded. What is missing may look like a violation, or hide one. */
export function isSourceWhole(result: Checked): boolean {
  return lackOf(result) === undefined;
}
