import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { messageOf, type HarnessError } from '../errors.js';
import { until } from '../processes/wait.js';
import type { DatabaseServer } from './flavors/server.js';
import { endSession } from './session.js';

/** The users of every node; the password is the run's. */
export const USERS = { kea: 'kea', admin: 'conformance' } as const;
export const DATABASE = 'kea';

export interface AccountsRequest {
  /** Of the server that prepares the data directory. */
  socket: string;
  server: DatabaseServer;
  /** Of the run, for both users. */
  password: string;
  /** How that server ended; undefined while it runs. */
  whyItEnded: () => string | undefined;
  failure: (what: string) => HarnessError;
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * Waits for the server that prepares the data directory, and makes Kea's database and the run's users, and no others.
 * Errors: what `failure` makes of the reason; the signal's reason when aborted.
 */
export async function createAccounts(request: AccountsRequest): Promise<void> {
  const { socket, server, password, failure } = request;
  let said = 'no answer on its socket';
  const begun = await until(async () => {
    const ended = request.whyItEnded();
    if (ended !== undefined) throw failure(ended);
    try {
      return await firstSession(socket, server.firstUser);
    } catch (error) {
      said = messageOf(error);
      return undefined;
    }
  }, request);
  if (begun === undefined) throw failure(said);
  const { session, accounts } = begun;
  try {
    const made = { ...USERS, password, database: DATABASE };
    for (const [sql, ...values] of server.accountStatements(made)) await session.query(sql, values);
    await session.query(`CREATE DATABASE ${DATABASE}`);
    // Last, as the session is one of theirs.
    for (const { User: user, Host: host } of accounts) {
      if (!server.isOwnAccount(user)) await session.query('DROP USER ?@?', [user, host]);
    }
  } finally {
    await endSession(session);
  }
}

/** A session that is served, as a replicating server refuses statements for a moment, and the accounts there are. */
async function firstSession(socketPath: string, user: string) {
  const session = await createConnection({ socketPath, user });
  try {
    const [accounts] = await session.query<(RowDataPacket & { User: string; Host: string })[]>(
      'SELECT User, Host FROM mysql.user',
    );
    return { session, accounts };
  } catch (error) {
    await endSession(session);
    throw error;
  }
}
