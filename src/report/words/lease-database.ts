import type { Result } from '../../results/result.js';
import { isPlainObject } from '../../scenario/language/settings.js';
import { LEASE_DATABASE_DEFAULTS } from '../../scenario/schema/lease-database.js';

/**
 * How servers treat the loss of their database: names as in a scenario, such as `kea.leaseDatabase.onFail`, and values.
 * For a run with faults these are all of them, as its figures depend on each. For another run they are those that
 * differ from Kea's defaults.
 */
export function leaseDatabaseSettings({
  scenario,
  faults,
}: Pick<Result, 'scenario' | 'faults'>): [string, string][] {
  const { kea } = scenario.effective;
  const block: unknown = isPlainObject(kea) ? kea['leaseDatabase'] : undefined;
  const stated = isPlainObject(block) ? block : {};
  return Object.entries(LEASE_DATABASE_DEFAULTS).flatMap(([key, byDefault]): [string, string][] => {
    const value = stated[key] ?? byDefault;
    return faults === undefined && value === byDefault
      ? []
      : [[`kea.leaseDatabase.${key}`, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
}
