import { INFINITE_LIFETIME } from '../../../protocol/leases.js';
import type { LeaseRow } from '../../../results/audit.js';
import type { SystemEvidence } from '../../../evidence/system.js';

/** How the run's clock relates to the wall clock, by which lease rows are written. */
export interface Clock {
  /** The run's time zero by the servers' clocks, microseconds since 1970. */
  zeroUnixUs: number;
  /** How far the clocks of all servers are ahead of the harness's, microseconds. */
  aheadUs: number;
  /** How far the two clocks drifted apart in the course of the run, seconds. */
  driftS: number;
  /** When the load was drained, and the tables were about to be read, on the run's clock. */
  readAtUs: number;
  /** When the last table had been read, on the run's clock. */
  tablesReadAtUs: number;
}

/** An allowance: the tables have whole seconds, and Kea rounds the current time down to a second. */
const SLACK_S = 3;

export function clockOf(
  { clock: { start, end, tables = end } }: Pick<SystemEvidence, 'clock'>,
  aheadUs = 0,
): Clock {
  const zeroUnixUs = start.unixUs - start.atUs;
  return {
    zeroUnixUs: zeroUnixUs + aheadUs,
    aheadUs,
    driftS: Math.abs(end.unixUs - end.atUs - zeroUnixUs) / 1e6,
    readAtUs: end.atUs,
    tablesReadAtUs: tables.atUs,
  };
}

/** Whether a row is assigned, and was not expired when the tables were about to be read. */
export function isLive({ state, expire, validLifetime }: LeaseRow, { zeroUnixUs, readAtUs }: Clock): boolean {
  if (state !== 0) return false;
  return validLifetime === INFINITE_LIFETIME || (expire ?? 0) * 1e6 > zeroUnixUs + readAtUs;
}

/**
 * Whether a row expired before all tables had been read. From then on servers may reclaim the row, flush it, or give
 * the lease to another client. That may happen between the reading of one node and the reading of the next.
 */
export function mayHaveChanged(
  { expire, validLifetime }: LeaseRow,
  { zeroUnixUs, tablesReadAtUs }: Clock,
): boolean {
  return validLifetime !== INFINITE_LIFETIME && (expire ?? 0) * 1e6 <= zeroUnixUs + tablesReadAtUs;
}

/**
 * Until when a lease must be held at least, so that the tables must have its row. A row expires up to a second before
 * its lease does for the client, because Kea's time is in whole seconds.
 */
export function heldWhenRead({ tablesReadAtUs, driftS }: Clock): number {
  return tablesReadAtUs + (1 + driftS) * 1e6;
}

/**
 * The range, in seconds since 1970, in which a row must expire. The server dealt with the request after the request
 * was sent and before its answer came. Kea stores an infinite lease as expiring when it was given
 * (`MySqlConnection::convertToDatabaseTime` with a lifetime of 0).
 */
export function expiryOf(
  given: { requestedAtUs: number; answeredAtUs: number; validLifetime: number },
  { zeroUnixUs, driftS }: Clock,
): { earliest: number; latest: number } {
  const lifetime = given.validLifetime === INFINITE_LIFETIME ? 0 : given.validLifetime;
  const slack = SLACK_S + driftS;
  return {
    earliest: Math.floor((zeroUnixUs + given.requestedAtUs) / 1e6 + lifetime - slack),
    latest: Math.ceil((zeroUnixUs + given.answeredAtUs) / 1e6 + lifetime + slack),
  };
}

/**
 * Whether a row with the right expiry may have its valid lifetime. A server that need not write a lease anew tells
 * its client the remaining lifetime (Kea manual, "Lease Caching"). The row then has a longer lifetime than the client
 * was told, from some earlier moment, but not from before the run.
 *
 * @param told the lifetime that the client was told, seconds
 * @param othersBefore whether rows of earlier runs may be there
 */
export function mayBeFor(
  { expire, validLifetime }: LeaseRow,
  told: number,
  { zeroUnixUs, driftS }: Clock,
  othersBefore: boolean,
): boolean {
  if (validLifetime === told) return true;
  if (told === INFINITE_LIFETIME || validLifetime === INFINITE_LIFETIME || validLifetime < told) return false;
  return othersBefore || (expire ?? 0) - validLifetime >= zeroUnixUs / 1e6 - SLACK_S - driftS;
}
