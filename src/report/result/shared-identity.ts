import { SHARED, type Shared } from '../../results/witness.js';
import type { CaseResult } from '../../results/case.js';

type Holder = Pick<CaseResult['witnesses'][number]['holders'][number], 'client' | 'caseIndex' | 'identity'>;

/** The field of the identity that holds each attribute. */
const FIELDS = { 'hardware address': 'hardwareAddress', 'client identifier': 'clientIdentifier' } as const;

/**
 * The attributes that at least two of the clients share. Such clients may be one machine, or one may be a clone of
 * the other. An identity that is unknown, or an empty value, counts as not shared.
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

/** Such as `same hardware address, same client identifier`. Empty if the clients share nothing. */
export function sharedText(holders: readonly Holder[]): string {
  return sharedBy(holders)
    .map((what) => `same ${what}`)
    .join(', ');
}
