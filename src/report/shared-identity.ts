import { SHARED, type Shared } from './phase-schema.js';
import type { CaseResult } from './result.js';

type Holder = Pick<CaseResult['witnesses'][number]['holders'][number], 'client' | 'caseIndex' | 'identity'>;

/** Where it stands. */
const FIELDS = { 'hardware address': 'hardwareAddress', 'client identifier': 'clientIdentifier' } as const;

/**
 * What any two of the clients have in common: then they may be one machine, or one cloned from the other. Nothing where it is
 * not known, or there is none.
 */
export function sharedBy(holders: readonly Holder[]): Shared[] {
  return SHARED.filter((what) => {
    const clientsOf = new Map<string, Set<string>>();
    for (const { client, caseIndex, identity } of holders) {
      if (identity == null || !('hardwareAddress' in identity)) continue;
      const value = identity[FIELDS[what]];
      if (value === '') continue;
      const clients = clientsOf.get(value) ?? new Set();
      clientsOf.set(value, clients.add(`${caseIndex ?? ''} ${client}`));
    }
    return [...clientsOf.values()].some(({ size }) => size > 1);
  });
}

/** `same hardware address, same client identifier`; empty where they share nothing. */
export function sharedText(holders: readonly Holder[]): string {
  return sharedBy(holders)
    .map((what) => `same ${what}`)
    .join(', ');
}
