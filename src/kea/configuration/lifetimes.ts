import { DEFAULT_REBIND_TIMER, DEFAULT_VALID_LIFETIME } from '../../scenario/lease-contradictions.js';
import type { KeaSettings } from './by-version.js';

/** Leases that outlast a run, and so never end by themselves in it. */
const OUTLASTING = {
  'valid-lifetime': DEFAULT_VALID_LIFETIME,
  'renew-timer': 1000,
  'rebind-timer': DEFAULT_REBIND_TIMER,
};

/**
 * How long leases last and what becomes of them, for either protocol. With a lifetime of the scenario's own the timers
 * follow it: without any in the configuration DHCPv6 servers calculate them and DHCPv4 clients do (RFC 2131 section 4.4.5).
 */
export function lifetimes({
  validLifetime,
  renewTimer,
  rebindTimer,
  declineProbationPeriod,
  expiredLeases,
}: KeaSettings): object {
  const processing = Object.entries(expiredLeases ?? {}).filter(([, value]) => value !== undefined);
  return {
    ...(validLifetime === undefined ? OUTLASTING : { 'valid-lifetime': validLifetime }),
    ...(renewTimer === undefined ? {} : { 'renew-timer': renewTimer }),
    ...(rebindTimer === undefined ? {} : { 'rebind-timer': rebindTimer }),
    ...(declineProbationPeriod === undefined ? {} : { 'decline-probation-period': declineProbationPeriod }),
    ...(processing.length === 0
      ? {}
      : {
          'expired-leases-processing': Object.fromEntries(
            processing.map(([name, value]) => [withHyphens(name), value]),
          ),
        }),
  };
}

/** `hold-reclaimed-time` */
function withHyphens(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
