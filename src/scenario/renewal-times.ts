import { familyOf, type CaseKind } from '../protocol/cases.js';
import type { Scenario } from './schema.js';

/** The times of leases whose lifetime the scenario does not state, in seconds. They outlast a run. */
export const DEFAULT_VALID_LIFETIME = 4_000;
export const DEFAULT_RENEW_TIMER = 1_000;
export const DEFAULT_REBIND_TIMER = 2_000;

/** The preferred lifetime as a share of the valid one, where the scenario states the latter alone. */
export const PREFERRED_SHARE = 0.625;

/**
 * T1 of the leases of a case as far as the scenario decides it, in seconds: what it states, or half of the lifetime in
 * DHCPv4 and half of the preferred lifetime in DHCPv6 (RFC 2131 section 4.4.5, RFC 8415 section 21.4).
 */
export function renewalTimeOf(
  kind: CaseKind,
  { renewTimer, validLifetime, preferredLifetime }: Scenario['kea'],
): number {
  if (renewTimer !== undefined) return renewTimer;
  if (validLifetime === undefined) return DEFAULT_RENEW_TIMER;
  const lifetime =
    familyOf(kind) === 4 ? validLifetime : (preferredLifetime ?? PREFERRED_SHARE * validLifetime);
  return lifetime / 2;
}
