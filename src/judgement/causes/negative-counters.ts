import { seenOf } from '../../evidence/system.js';
import type { Cause } from './cause.js';
import { serversOf } from './run-context.js';

/** Kea's counters of the leases that a subnet or a pool has given now: `subnet[1].assigned-addresses`. */
const ASSIGNED = /^subnet\[\d+\]\.(?:(?:pd-)?pool\[\d+\]\.)?assigned-(?:addresses|nas|pds)$/;

export const negativeCounters: Cause = {
  title: 'counters of assigned leases below zero',
  meaning:
    'A server counts the leases that it gave, and subtracts those that it takes back. Servers that share a database also take back what another server gave: whoever reclaims an expired lease, or gets its RELEASE, subtracts it. So the counter of one server falls below zero, and that of another stays too high.',
  versions:
    'Seen with 2.2 when expired leases were reclaimed. Up to 2.7.6 it also happens to a single server whose clients release leases while lease affinity is on.',
  upstream:
    'Kea issue 1336, fixed in 2.7.7, and Kea issue 4547, fixed later: both about releases with lease affinity.',
  shownBy:
    'A statistic `assigned-addresses`, `assigned-nas` or `assigned-pds` of a server is negative after the load.',
  whatToDo:
    "Don't watch these counters of servers that share a database. The tables `lease4_stat` and `lease6_stat` have the numbers (hook library `libdhcp_stat_cmds`); the check `audit.statistics` compares them with the rows.",
  found: (run) =>
    run.cases.flatMap((one) => {
      const negative = serversOf(one, run).flatMap(({ name, its }) =>
        Object.entries(seenOf(its.after) ?? {})
          .filter(([counter, value]) => value < 0 && ASSIGNED.test(counter))
          .map(([counter, value]) => ({ counter, text: `${counter} of ${name} ${value}` })),
      );
      const [lowest, ...others] = negative;
      if (lowest === undefined) return [];
      const more = others.length === 0 ? '' : `, and ${others.length} more`;
      return [
        {
          case: one.figures.name,
          explains: lowest.counter.replace(/^.*\./, ''),
          text: `counters of assigned leases are below zero: ${lowest.text}${more}`,
        },
      ];
    }),
};
