import type { Cause } from './cause.js';
import { LOST_RACE, loggedBy, plural } from './log-counts.js';

const LOGGED = 'ALLOC_ENGINE_V4_ALLOC_ERROR';

export const doubledAbort: Cause = {
  title: 'aborts that were reported twice',
  meaning:
    'A node of Percona XtraDB Cluster 5.7 that aborts a transaction which lost a certification race (error 1213) reports that abort again to the next statement of the same connection, whatever it is. Kea, which was refused an INSERT, then fails to look for the next client in `lease4`, and leaves the DISCOVER unanswered.',
  versions: 'Seen with Percona XtraDB Cluster 5.7.22, the only one that was measured; not with MariaDB.',
  upstream: 'Not reported as far as we know.',
  shownBy:
    'A server of the case logged `ALLOC_ENGINE_V4_ALLOC_ERROR` with error 1213 for a statement that only reads (`SELECT`), once for each DISCOVER that it did not answer. A read loses no race by itself. It explains missing answers, but no failed check on leases.',
  whatToDo:
    'Nothing in the configuration prevents it. Use Percona XtraDB Cluster 8.0 or later, or MariaDB with Galera. A client that is not answered asks again, and gets its lease.',
  silence: {
    of: (server) => loggedBy(server, LOGGED)?.readErrorCodes?.[LOST_RACE] ?? 0,
    appliesTo: () => true,
    leavesNothingOpen: true,
    words: 'left unanswered as the database reported an abort twice',
    shortage: {
      resource: 'database',
      found: (caseName, unanswered, said) =>
        `the database reported aborts twice: ${plural(unanswered, 'DISCOVER')} of ${caseName} unanswered, Kea logged ${plural(said, 'read')} that failed with error ${LOST_RACE}`,
    },
  },
};
