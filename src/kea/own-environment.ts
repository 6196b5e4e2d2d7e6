import { HarnessError } from '../errors.js';

/** What sets one server apart from the others by its environment, as a scenario states it. */
export interface OwnEnvironment {
  /** A name of the time zone database. */
  timeZone?: string | undefined;
  /** By how many seconds its clock is ahead. */
  clockOffset?: number | undefined;
  environment?: Readonly<Record<string, string>> | undefined;
}

/** The environment variables of a server, and the libraries that are loaded before its own (ld.so(8), LD_PRELOAD). */
export interface ServerEnvironment {
  variables: Record<string, string>;
  preload: readonly string[];
}

/**
 * The environment of a server with a time or settings of its own.
 *
 * @param faketime the path of libfaketime
 * @throws HarnessError PREREQUISITE for another clock where there is no libfaketime
 */
export function ownEnvironment(
  { timeZone, clockOffset, environment = {} }: OwnEnvironment,
  faketime?: string,
): ServerEnvironment {
  const zone = timeZone === undefined ? {} : { TZ: fixedZone(timeZone, new Date()) };
  if (clockOffset === undefined) return { variables: { ...environment, ...zone }, preload: [] };
  if (faketime === undefined)
    throw new HarnessError(
      'PREREQUISITE',
      'servers.N.clockOffset needs libfaketime, which is not installed',
      {
        hint: 'install the package libfaketime, or leave kea.dhcp4 and kea.dhcp6 out to use the private root',
      },
    );
  return { variables: { ...environment, ...zone, ...otherClock(clockOffset) }, preload: [faketime] };
}

/** Kea waits by the monotonic clock, which stays as it is. */
function otherClock(clockOffset: number): Record<string, string> {
  return {
    FAKETIME: `${clockOffset < 0 ? '' : '+'}${clockOffset}`,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    // The name of the variable above until libfaketime 0.9.7.
    DONT_FAKE_MONOTONIC: '1',
  };
}

/**
 * The offset that a time zone has at a moment, as a value of `TZ` (POSIX, "Environment Variables", where the sign says
 * how far UTC is ahead). Such a value needs no time zone database, which a server would silently do without.
 */
export function fixedZone(timeZone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign = '+', hours = '00', minutes = '00'] = /^GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return `<${sign}${hours}${minutes}>${sign === '+' ? '-' : '+'}${hours}:${minutes}`;
}
