import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { messageOf, type HarnessError } from '../errors.js';
import { unlessAborted, until } from '../processes/wait.js';
import type { DatabaseServer } from './flavors/server.js';
import type { Preparing } from './preparation.js';
import { endSession } from './session.js';

/** The users of every node; the password is the run's. */
export const USERS = { kea: 'kea', admin: 'conformance' } as const;
export const DATABASE = 'kea';

export interface AccountsRequest extends Preparing {
  /** Of the server that prepares the data directory. */
  socket: string;
  server: DatabaseServer;
  /** Of the run, for both users. */
  password: string;
  /** How that server ended; undefined while it runs. */
  whyItEnded: () => string | undefined;
  failure: (what: string) => HarnessError;
}

/**
 * Waits for the server that prepares the data directory, and makes Kea's database and the run's users, and no others.
 * Errors: what `failure` makes of the reason; the signal's reason when aborted, also where the server answers nothing.
 */
export async function createAccounts(request: AccountsRequest): Promise<void> {
  const { socket, server, failure, signal, doing } = request;
  const what = 'the server that is to make the accounts';
  doing(what);
  const ask = async () => {
    const ended = request.whyItEnded();
    if (ended !== undefined) throw failure(ended);
    try {
      return await unlessAborted(firstSession(socket, server.firstUser), signal);
    } catch (error) {
      if (!signal.aborted) doing(`${what} (${messageOf(error)})`);
      return undefined;
    }
  };
  const begun = await until(ask, { timeoutMs: Infinity, signal });
  if (begun === undefined) throw failure('no answer on its socket');
  const { session } = begun;
  try {
    await unlessAborted(makeAccounts(request, begun), signal);
  } catch (error) {
    signal.throwIfAborted();
    throw failure(messageOf(error));
  } finally {
    await endSession(session);
  }
}

interface FirstSession {
  session: Connection;
  accounts: readonly { User: string; Host: string }[];
}

async function makeAccounts(
  { server, password }: AccountsRequest,
  { session, accounts }: FirstSession,
): Promise<void> {
  const made = { ...USERS, password, database: DATABASE };
  for (const [sql, ...values] of server.accountStatements(made)) await session.query(sql, values);
  await session.query(`CREATE DATABASE ${DATABASE}`);
  // Last, as the session is one of theirs.
  for (const { User: user, Host: host } of accounts) {
    if (!server.isOwnAccount(user)) await session.query('DROP USER ?@?', [user, host]);
  }
}

/** A session that is served, as a replicating server refuses statements for a moment, and the accounts there are. */
async function firstSession(socketPath: string, user: string): Promise<FirstSession> {
  const session = await createConnection({ socketPath, user });
  // A server that is killed would else raise an 'error' event that nobody listens to.
  session.on('error', () => undefined);
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
