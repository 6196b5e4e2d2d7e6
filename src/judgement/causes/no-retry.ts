import { RENEWING_PHASES } from '../../protocol/phases.js';
import type { Cause } from './cause.js';
import { LOST_RACE, messagesOf, plural } from './log-counts.js';

const MESSAGES: ReadonlySet<string> = new Set(['ALLOC_ENGINE_V6_ALLOC_ERROR']);

export const noRetry: Cause = {
  title: 'retries that never happen',
  meaning:
    'A statement that loses a certification race fails with error 1213. Kea means to try it again, up to five times, and never does: it waits for that number from a function that returns 0 or 1. A DHCPv6 client is then refused, although a second try would have served it.',
  versions: 'Kea 1.9 (2020) to 3.2, and the development branch of August 2026.',
  upstream:
    '`MySqlConnection::retryOnDeadlock` in `src/lib/mysql/mysql_connection.h` of Kea; not reported there as far as we know.',
  shownBy:
    'DHCPv6 clients were refused, and the servers of the case logged `ALLOC_ENGINE_V6_ALLOC_ERROR` with error 1213. The share of refusals with that error is told. The suite `retry` repairs the retry, and hardly any refusal is left.',
  whatToDo:
    'Nothing in the configuration prevents it. A client that starts over gets its lease. Servers that write through one node race in its database, which lets one of them wait. A random allocator hardly helps: most of these races are about the row that counts the leases.',
  found: ({ cases, system, scenario }) => {
    if (scenario.kea?.repairedRetry === true) return [];
    return cases.flatMap(({ figures, family, servers }) => {
      const refused = figures.phases
        .filter(({ committing, name }) => committing && !RENEWING_PHASES.has(name))
        .flatMap(({ refusals }) => refusals.reasons)
        .reduce((sum, { allAttempts }) => sum + allAttempts, 0);
      if (family !== 6 || refused === 0) return [];
      const logged = messagesOf(system, figures.name, MESSAGES, LOST_RACE);
      const errors = servers.reduce((sum, { name }) => sum + (logged(name) ?? 0), 0);
      if (errors === 0) return [];
      const share = Math.floor((100 * Math.min(errors, refused)) / refused);
      return [
        {
          case: figures.name,
          explains: 'committing.refusals.clients',
          text: `over all attempts ${plural(refused, 'request')} had a refusal, and the servers logged ${plural(errors, 'statement')} that failed with error ${LOST_RACE} (up to ${share}% of the refusals), which Kea does not try again`,
        },
      ];
    });
  },
};
