import type { Result } from '../../results/result.js';
import { LEASE_DATABASE_DEFAULTS } from '../../scenario/schema/lease-database.js';

/**
 * What the scenario says of how servers treat the loss of their database, where it differs from Kea's defaults: names as
 * in a scenario, such as `kea.leaseDatabase.onFail`, and values.
 */
export function leaseDatabaseSettings({ scenario }: Pick<Result, 'scenario'>): [string, string][] {
  const { kea } = scenario.effective;
  const stated: unknown = isObject(kea) ? kea['leaseDatabase'] : undefined;
  if (!isObject(stated)) return [];
  return Object.entries(LEASE_DATABASE_DEFAULTS).flatMap(([key, byDefault]): [string, string][] => {
    const value = stated[key];
    return value === undefined || value === null || value === byDefault
      ? []
      : [[`kea.leaseDatabase.${key}`, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
