import type { Cause } from './cause.js';
import { loggedBy, plural } from './log-counts.js';

/**
 * The message that Kea logs once for each failure. Messages whose names begin with this name tell of the same failure
 * again.
 */
const LOGGED = 'ALLOC_ENGINE_V4_ALLOC_FAIL';

export const fullPool: Cause = {
  title: 'full pools',
  meaning:
    'A DHCPv4 server that has no address left leaves a DISCOVER unanswered, where a DHCPv6 server says NoAddrsAvail or NoPrefixAvail. To a client that looks like loss.',
  versions: 'Every version of Kea.',
  upstream: 'Kea Messages Manual, `ALLOC_ENGINE_V4_ALLOC_FAIL`.',
  shownBy:
    'A server of the case logged `ALLOC_ENGINE_V4_ALLOC_FAIL` once for each DISCOVER that it did not answer. It explains missing answers, but no failed check on leases. The verdict stays inconclusive.',
  whatToDo:
    'Give the pool more leases than there are clients and declined addresses (`kea.poolLeases`), or state `load.beyondPool: true` if the pool is meant to be too small.',
  silence: {
    of: (server) => loggedBy(server, LOGGED)?.count ?? 0,
    appliesTo: ({ beyondPool }) => !beyondPool,
    leavesNothingOpen: false,
    words: 'left unanswered as the pool was full',
    shortage: {
      resource: 'pool',
      found: (caseName, unanswered, said) =>
        `free leases in the pool of ${caseName}: ${plural(unanswered, 'DISCOVER')} unanswered, and Kea logged ${plural(said, 'allocation failure')} because the pool is full`,
    },
  },
};
