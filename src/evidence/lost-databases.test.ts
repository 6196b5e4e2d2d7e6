import { describe, expect, it } from 'vitest';
import { LostDatabases } from './lost-databases.js';

/** What Kea 2.2.0 wrote when its node was killed, shortened. */
const LOG = `\
2026-11-27 15:01:49.985 INFO  [kea-dhcp4.dhcpsrv/6536.140353676124672] DHCPSRV_MYSQL_DB opening MySQL lease database
2026-11-27 15:01:55.377 ERROR [kea-dhcp4.database/6536.140353676124672] DATABASE_MYSQL_FATAL_ERROR Unrecoverable MySQL error
2026-11-27 15:01:55.377 INFO  [kea-dhcp4.dhcp4/6536.140353676124672] DHCP4_DB_RECONNECT_LOST_CONNECTION database connection lost.
2026-11-27 15:01:55.378 ERROR [kea-dhcp4.dhcpsrv/6536.140353676124672] DHCPSRV_MYSQL_LEASE_DB_RECONNECT_ATTEMPT_FAILED database
2026-11-27 15:01:55.902 INFO  [kea-dhcp4.dhcp4/6536.140353676124672] DHCP4_DB_RECONNECT_LOST_CONNECTION database connection lost.
2026-11-27 15:01:56.419 INFO  [kea-dhcp4.dhcp4/6536.140353676124672] DHCP4_DB_RECONNECT_LOST_CONNECTION database connection lost.
2026-11-27 15:02:06.937 INFO  [kea-dhcp4.dhcp4/6536.140353676124672] DHCP4_DB_RECONNECT_SUCCEEDED database connection recovered.
`;

const BEGAN_MS = Date.parse('2026-11-27T15:01:50Z');

function read(log: string): LostDatabases {
  const lost = new LostDatabases('dhcp4 server-2', (ms) => (ms - BEGAN_MS) * 1_000);
  for (const line of log.split('\n')) lost.add(line);
  return lost;
}
const found = (log: string) => read(log).all;

const said = (second: number, what: string): string =>
  `2026-11-27 15:01:${second}.000 INFO  [kea-dhcp4.dhcp4/6536.140353676124672] DHCP4_${what}\n`;
const LOST = said(51, 'DB_RECONNECT_LOST_CONNECTION database connection lost.');
const MAY_NOT_TRY = said(51, 'DB_RECONNECT_DISABLED database reconnect is disabled: max-reconnect-tries 0');
const SHUTDOWN = said(52, 'SHUTDOWN server shutdown');
const STARTING = said(53, 'STARTING Kea DHCPv4 server version 2.2.0 (stable) starting');
const STARTED = said(54, 'STARTED Kea DHCPv4 server version 2.2.0 started');
const NOT_OPENED = said(
  54,
  "CONFIG_LOAD_FAIL configuration error using file: /tmp/dhcp4-2.json, reason: Unable to open database: Can't connect to server on '127.0.0.1' (115)",
);

describe('a server that loses its database', () => {
  it('has it again when Kea says so', () => {
    expect(found(LOG)).toEqual([
      { server: 'dhcp4 server-2', lostAtUs: 5_377_000, backAtUs: 16_937_000, failedAttempts: 2 },
    ]);
  });

  it('has it again when it is started again, and not before', () => {
    const all = (log: string) =>
      found(log).map(({ lostAtUs, backAtUs, failedAttempts }) => [lostAtUs, backAtUs, failedAttempts]);
    const ended = LOST + MAY_NOT_TRY + SHUTDOWN + STARTING;
    expect(all(ended)).toEqual([[1_000_000, null, 0]]);
    expect(all(ended + NOT_OPENED)).toEqual([[1_000_000, null, 1]]);
    expect(all(ended + STARTED)).toEqual([[1_000_000, 4_000_000, 0]]);
    expect(all(STARTING + NOT_OPENED)).toEqual([[4_000_000, null, 0]]);
  });

  it('does not have it when it starts without it', () => {
    // With `retry-on-startup`.
    const log = LOST + STARTING + STARTED + said(54, 'DB_RECONNECT_LOST_CONNECTION database connection lost');
    expect(found(log)).toMatchObject([{ lostAtUs: 1_000_000, backAtUs: null, failedAttempts: 1 }]);
    const later =
      LOST + STARTING + STARTED + said(56, 'DB_RECONNECT_LOST_CONNECTION database connection lost');
    expect(found(later)).toMatchObject([
      { lostAtUs: 1_000_000, backAtUs: 4_000_000 },
      { lostAtUs: 6_000_000, backAtUs: null },
    ]);
  });

  it('may lose it twice, and not have it again', () => {
    const twice = LOG + LOG.replace(/.*SUCCEEDED.*\n/, '').replaceAll('15:01', '15:03');
    expect(found(twice).map(({ lostAtUs, backAtUs }) => [lostAtUs, backAtUs])).toEqual([
      [5_377_000, 16_937_000],
      [125_377_000, null],
    ]);
  });
});

describe('a server that ends for want of its database', () => {
  const gaveUp = (log: string) => read(log).gaveUp;

  it('says that it may not try again, or has tried often enough', () => {
    const serving = { when: 'serving', lostAtUs: 1_000_000 };
    expect(gaveUp(STARTED + LOST + MAY_NOT_TRY + SHUTDOWN)).toEqual(serving);
    const triedInVain = said(52, 'DB_RECONNECT_FAILED maximum number of database reconnect attempts: 4');
    expect(gaveUp(STARTED + LOST + LOST + triedInVain + SHUTDOWN)).toEqual(serving);
    expect(gaveUp((LOST + MAY_NOT_TRY).replaceAll('DHCP4', 'DHCP6'))).toEqual(serving);
  });

  it('or does not get it at its start', () => {
    const log = LOST + MAY_NOT_TRY + SHUTDOWN + STARTING + NOT_OPENED;
    expect(gaveUp(log)).toEqual({ when: 'starting', lostAtUs: 4_000_000 });
  });

  it.each([
    ['that has it again', LOG],
    ['that still tries', STARTED + LOST + LOST + SHUTDOWN],
    ['that was started again', LOST + MAY_NOT_TRY + SHUTDOWN + STARTING + STARTED + SHUTDOWN],
    [
      'whose configuration is wrong',
      STARTING + said(54, 'CONFIG_LOAD_FAIL configuration error: no such file'),
    ],
  ])('and not one %s', (_, log) => {
    expect(gaveUp(log)).toBeUndefined();
  });
});
