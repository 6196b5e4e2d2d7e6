import type { Cause } from './cause.js';

/** What the C++ library prints of the exception that ends the server. */
const LAST_WORDS = 'rollback called for not started transaction';

export const refusedCommit: Cause = {
  title: 'servers that end when a commit is refused',
  meaning:
    'With the allocator `shared-flq` Kea stores a lease in a transaction of its own. If a node refuses to commit it, as the one that loses a certification race does, Kea has noted the end of the transaction already, and then ends it once more. That throws where nothing may throw, and the server aborts.',
  versions:
    'Seen with Kea 3.2.0, which was built from its source, on MariaDB 10.11 with Galera; the code is the same in the development branch of August 2026.',
  upstream:
    '`MySqlConnection::commit` and `MySqlTransaction::~MySqlTransaction` in `src/lib/mysql/mysql_connection.cc` of Kea; not reported there as far as we know.',
  shownBy: `A server ended, and its last lines have \`${LAST_WORDS}\`.`,
  whatToDo:
    'Do not use `shared-flq` with servers that write through several nodes. With one node for all servers no commit is refused; see the finding "A queue that all servers share".',
  found: ({ evidence }) =>
    evidence.deaths.flatMap(({ kind, name, lastLines }) =>
      kind === 'server' && lastLines.some((line) => line.includes(LAST_WORDS))
        ? [
            {
              case: '',
              explains: 'run.deaths',
              text: `${name} ended, and its last words were: ${LAST_WORDS}`,
            },
          ]
        : [],
    ),
};
