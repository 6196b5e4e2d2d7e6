import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import type { DatabaseAccess } from './started-cluster.js';

/** Runs `work` with one connection to a node. Closes the connection whatever happens. */
export async function withSession<T>(
  access: DatabaseAccess,
  work: (session: Connection) => Promise<T>,
): Promise<T> {
  const { tls, ...rest } = access;
  const session = await createConnection({
    ...rest,
    connectTimeout: 3_000,
    ...(tls === undefined ? {} : { ssl: { ...tls, rejectUnauthorized: tls.ca !== undefined } }),
  });
  // Without a listener, the 'error' event of a dead node's session would be thrown in the harness. The query under
  // way reports the error.
  session.on('error', () => undefined);
  try {
    return await work(session);
  } finally {
    await endSession(session);
  }
}

/** Reads variables by name from `SHOW GLOBAL STATUS` or `VARIABLES`. The names in the answer are in lower case. */
export async function readNamed(
  session: Connection,
  what: 'STATUS' | 'VARIABLES',
  names: readonly string[],
): Promise<Record<string, string>> {
  const [rows] = await session.query<(RowDataPacket & { Variable_name: string; Value: string })[]>(
    `SHOW GLOBAL ${what} WHERE Variable_name IN (?)`,
    [names],
  );
  return Object.fromEntries(rows.map((row) => [row.Variable_name.toLowerCase(), row.Value]));
}

/**
 * Ends the session properly, so that the node does not log an aborted connection. Waits at most a second, as the node
 * may be gone.
 */
export async function endSession(session: Connection): Promise<void> {
  const waiting = new AbortController();
  await Promise.race([
    session.end().catch(() => undefined),
    sleep(1_000, undefined, { signal: waiting.signal }).catch(() => undefined),
  ]);
  waiting.abort();
  session.destroy();
}
