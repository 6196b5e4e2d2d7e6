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

function found(log: string) {
  const lost = new LostDatabases('dhcp4 server-2', (ms) => (ms - BEGAN_MS) * 1_000);
  for (const line of log.split('\n')) lost.add(line);
  return lost.all;
}

describe('a server that loses its database', () => {
  it('has it again when Kea says so', () => {
    expect(found(LOG)).toEqual([
      { server: 'dhcp4 server-2', lostAtUs: 5_377_000, backAtUs: 16_937_000, failedAttempts: 2 },
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
