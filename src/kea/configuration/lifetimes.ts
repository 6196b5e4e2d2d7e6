import {
  DEFAULT_REBIND_TIMER,
  DEFAULT_RENEW_TIMER,
  DEFAULT_VALID_LIFETIME,
} from '../../scenario/renewal-times.js';
import type { KeaVersion } from '../../packages/kea/kea-version.js';
import { keaKey } from '../../scenario/kea-key.js';
import type { KeaSettings } from './settings.js';

/** Lifetimes that outlast a run, so that no lease ends by itself in a run. */
const OUTLASTING = {
  'valid-lifetime': DEFAULT_VALID_LIFETIME,
  'renew-timer': DEFAULT_RENEW_TIMER,
  'rebind-timer': DEFAULT_REBIND_TIMER,
};

/**
 * How long leases last, and what becomes of them afterwards, in either protocol. If the scenario states a valid
 * lifetime, no default timers are configured. DHCPv6 servers then calculate T1 and T2 from the lifetime, and DHCPv4
 * clients do (RFC 2131 section 4.4.5).
 */
export function lifetimes({
  validLifetime,
  renewTimer,
  rebindTimer,
  declineProbationPeriod,
  expiredLeases,
}: KeaSettings): object {
  const processing = keysOfKea(expiredLeases);
  return {
    ...(validLifetime === undefined ? OUTLASTING : { 'valid-lifetime': validLifetime }),
    ...(renewTimer === undefined ? {} : { 'renew-timer': renewTimer }),
    ...(rebindTimer === undefined ? {} : { 'rebind-timer': rebindTimer }),
    ...(declineProbationPeriod === undefined ? {} : { 'decline-probation-period': declineProbationPeriod }),
    ...(Object.keys(processing).length === 0 ? {} : { 'expired-leases-processing': processing }),
  };
}

/** A block of a scenario with the keys as Kea spells them. Keys without a value are left out. */
export function keysOfKea(block: object = {}): object {
  const stated = Object.entries(block).filter(([, value]) => value !== undefined);
  return Object.fromEntries(stated.map(([name, value]: [string, unknown]) => [keaKey(name), value]));
}

/**
 * When a renewal writes nothing to the database (Kea manual, "Lease Caching"). Versions before 3.0 refuse a threshold of
 * 0, and have none by default.
 */
export function caching(version: KeaVersion, { cacheThreshold, cacheMaxAge }: KeaSettings): object {
  const isDefault = cacheThreshold === 0 && !version.atLeast('3.0');
  return {
    ...(cacheThreshold === undefined || isDefault ? {} : { 'cache-threshold': cacheThreshold }),
    ...(cacheMaxAge === undefined ? {} : { 'cache-max-age': cacheMaxAge }),
  };
}
