import type { LeaseRow } from '../../evidence/lease-row.js';
import type { SystemEvidence } from '../../evidence/system.js';

/** What sets the run's times against the wall clock that lease rows are written by. */
export interface Clock {
  /** Of the run's time zero, microseconds since 1970. */
  zeroUnixUs: number;
  /** How far the two went apart in the course of the run, seconds. */
  driftS: number;
  /** When the load was drained, and the tables were about to be read, on the run's clock. */
  readAtUs: number;
  /** When the last of them had been read. */
  tablesReadAtUs: number;
}

const INFINITE_LIFETIME = 0xffff_ffff;
/** The tables have whole seconds, and Kea's idea of now is rounded down to one. */
const SLACK_S = 3;

export function clockOf({ clock: { start, end, tables = end } }: Pick<SystemEvidence, 'clock'>): Clock {
  const zeroUnixUs = start.unixUs - start.atUs;
  return {
    zeroUnixUs,
    driftS: Math.abs(end.unixUs - end.atUs - zeroUnixUs) / 1e6,
    readAtUs: end.atUs,
    tablesReadAtUs: tables.atUs,
  };
}

/** Assigned and not expired when the tables were read. */
export function isLive({ state, expire, validLifetime }: LeaseRow, { zeroUnixUs, readAtUs }: Clock): boolean {
  if (state !== 0) return false;
  return validLifetime === INFINITE_LIFETIME || (expire ?? 0) * 1e6 > zeroUnixUs + readAtUs;
}

/**
 * Expired before the tables had all been read: from then on servers may reclaim it, flush it, or give it to another client,
 * between one node's reading and the next one's.
 */
export function mayHaveChanged(
  { expire, validLifetime }: LeaseRow,
  { zeroUnixUs, tablesReadAtUs }: Clock,
): boolean {
  return validLifetime !== INFINITE_LIFETIME && (expire ?? 0) * 1e6 <= zeroUnixUs + tablesReadAtUs;
}

/**
 * Until when a lease must have been held at least for its row to be there for sure: a row expires up to a second before its
 * lease does for the client, as Kea's time is in whole seconds.
 */
export function heldWhenRead({ tablesReadAtUs, driftS }: Clock): number {
  return tablesReadAtUs + (1 + driftS) * 1e6;
}

/**
 * Between which seconds since 1970 a row must expire: the server dealt with the request after it was sent and before its
 * answer came. Kea stores an infinite lease as expiring when it was given (`MySqlConnection::convertToDatabaseTime` with
 * a lifetime of 0).
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
 * Whether a row that expires when it must may be for so many seconds. A server that need not write a lease anew tells its
 * client what is left of it (Kea manual, "Lease Caching"): the row is then for longer than the client was told, from some
 * earlier moment, but not from before the run.
 *
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
