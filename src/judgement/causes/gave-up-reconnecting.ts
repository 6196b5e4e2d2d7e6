import { loggedBy } from './log-counts.js';
import type { Cause } from './cause.js';

/** Kea's last words before it ends for want of its database (Kea Messages Manual). */
const LAST_WORDS = [4, 6].flatMap((family) => [
  `DHCP${family}_DB_RECONNECT_DISABLED`,
  `DHCP${family}_DB_RECONNECT_FAILED`,
]);

export const gaveUpReconnecting: Cause = {
  title: 'servers that end without their database',
  meaning:
    'A server that loses its database, and may not try to reach it again or has tried as often as it may, ends with exit code 1. By default it may not try at all.',
  versions: 'Since Kea 1.9: `max-reconnect-tries` is 0 by default, and `on-fail` is `stop-retry-exit`.',
  upstream: 'Kea manual, "Lease Database Configuration".',
  shownBy:
    'A server ended with exit code 1, and its log has `DHCP4_DB_RECONNECT_DISABLED`, `DHCP4_DB_RECONNECT_FAILED` or the same of DHCPv6.',
  whatToDo:
    'Set `max-reconnect-tries`, `reconnect-wait-time` and `on-fail: serve-retry-continue` in `lease-database`, and have the service manager start a server again that ends.',
  found: ({ system, evidence }) =>
    evidence.deaths.flatMap(({ name, exitCode }) => {
      if (exitCode !== 1) return [];
      const server = system.servers.find((one) => one.name === name);
      const word = server === undefined ? undefined : LAST_WORDS.find((one) => loggedBy(server, one));
      if (word === undefined) return [];
      return [{ case: '', explains: 'run.deaths', text: `${name} ended, and its log has ${word}` }];
    }),
};
