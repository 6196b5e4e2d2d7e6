import type { Leases } from './leases.js';

/** RFC 2131 section 4.4.5: a client tries again after half of the time that is left, but not after less than this. */
const LEAST_WAIT_MS = 60_000;

/**
 * When a client that holds a lease and waits for no answer renews or rebinds next: at T1; after an unanswered message when
 * half of the time until T2, or until the end of the lease, has passed; at T2. Infinity for not any more.
 */
export function nextRenewalMs(
  leases: Pick<Leases, 'renewMs' | 'rebindMs' | 'untilMs'>,
  client: number,
  nowMs: number,
): number {
  const t1Ms = leases.renewMs(client);
  const t2Ms = leases.rebindMs(client);
  if (nowMs < t1Ms) return Math.min(t1Ms, t2Ms);
  const isRenewing = nowMs < t2Ms;
  const halfMs = ((isRenewing ? t2Ms : leases.untilMs(client)) - nowMs) / 2;
  if (halfMs >= LEAST_WAIT_MS && halfMs < Infinity) return nowMs + halfMs;
  return isRenewing ? t2Ms : Infinity;
}
