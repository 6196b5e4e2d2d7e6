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
  shownBy:
    'A server of the case logged `ALLOC_ENGINE_V4_ALLOC_FAIL` once for each DISCOVER that it did not answer. It explains missing answers, and no check on leases; the run still can not tell.',
  whatToDo:
    'Give the pool more leases than there are clients and declined addresses (`kea.poolLeases`), or state `load.beyondPool: true` where too few are meant.',
  silence: {
    of: (server) => loggedBy(server, LOGGED)?.count ?? 0,
    appliesTo: ({ beyondPool }) => !beyondPool,
    leavesNothingOpen: false,
    words: 'left unanswered as the pool was full',
    shortage: {
      resource: 'pool',
      found: (caseName, unanswered, said) =>
        `the room in the pool of ${caseName}: ${plural(unanswered, 'DISCOVER')} unanswered, Kea logged ${plural(said, 'allocation failure')}: the pool is full`,
    },
  },
};
