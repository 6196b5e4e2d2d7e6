import type { Cause } from './cause.js';
import { reusesOf } from '../machine/written-renewals.js';
import { byServer, serversOf } from './run-context.js';

export const leaseCaching: Cause = {
  title: 'renewals that never reach the database',
  meaning:
    'A server with lease caching answers a client that comes back early with the lease as it is, and writes nothing. Such a renewal can neither lose a race nor be lost, so it says nothing of the database.',
  versions:
    'Off by default up to Kea 2.6; since 3.0 `cache-threshold` is 0.25: the first quarter of the lifetime.',
  upstream: 'Kea manual, "Lease Caching".',
  shownBy: "Kea's counters of reused leases (`v4-lease-reuses` and those of DHCPv6) grew during the load.",
  whatToDo:
    'In production: nothing, it spares the database. In a test of renewals: set `kea.cacheThreshold: 0`, or renew later than the first quarter of the lifetime. `renewals.reachedDatabase` counts the others.',
  found: (run) =>
    run.cases.flatMap((one) => {
      const reused = serversOf(one, run).flatMap(({ name, its }) => {
        const count = reusesOf(its) ?? 0;
        return count > 0 ? [{ name, count }] : [];
      });
      if (reused.length === 0) return [];
      const text = `the servers answered without writing to the database: ${byServer(reused)}`;
      return [{ case: one.figures.name, explains: 'renewals.judged', text }];
    }),
};
