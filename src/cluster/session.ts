import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import type { DatabaseAccess } from './model.js';

/** Runs `work` with one connection to a node and closes it, whatever happens. */
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
  // A node that dies would else raise an 'error' event that nobody listens to; the query under way reports it.
  session.on('error', () => undefined);
  try {
    return await work(session);
  } finally {
    await endSession(session);
  }
}

/** `SHOW GLOBAL STATUS` or `VARIABLES` by name. */
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

/** Says good-bye, so that the node does not log an aborted connection; a node that is gone is no reason to wait. */
export async function endSession(session: Connection): Promise<void> {
  const waiting = new AbortController();
  await Promise.race([
    session.end().catch(() => undefined),
    sleep(1_000, undefined, { signal: waiting.signal }).catch(() => undefined),
  ]);
  waiting.abort();
  session.destroy();
}
