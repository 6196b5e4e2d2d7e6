import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { messageOf, type HarnessError } from '../errors.js';
import { unlessAborted, until } from '../processes/wait.js';
import type { Accounts, DatabaseServer } from './flavors/server.js';
import type { Preparing } from './preparation.js';
import { endSession } from './session.js';

/** The database users that every node gets. Both have the run's password. */
export const USERS = { kea: 'kea', admin: 'conformance' } as const;
/** The user that the checks of a proxy log in as. It has no password and no rights. */
export const CHECK_USER = 'proxy_check';
export const DATABASE = 'kea';

export interface AccountsRequest extends Preparing {
  /** The socket of the server that prepares the data directory. */
  socket: string;
  server: DatabaseServer;
  /** The run's password, for both users. */
  password: string;
  /** Whether to make {@link CHECK_USER} too. */
  behindProxy?: boolean | undefined;
  /** Says how the server that prepares the data directory ended; undefined while that server runs. */
  whyItEnded: () => string | undefined;
  failure: (what: string) => HarnessError;
}

/**
 * Waits until the server that prepares the data directory answers. Then makes Kea's database and the run's users, and
 * drops every account that the server does not need itself.
 * Errors: what `failure` makes of the reason; the signal's reason when aborted, also while the server does not
 * answer.
 */
export async function createAccounts(request: AccountsRequest): Promise<void> {
  const { socket, server, failure, signal, doing } = request;
  const what = 'the start of the server that makes the accounts';
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
  if (begun === undefined) throw failure('the server does not answer on its socket');
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

/** The accounts that every node gets. */
export function accountsWith(password: string, behindProxy: boolean): Accounts {
  return { ...USERS, password, database: DATABASE, ...(behindProxy ? { check: CHECK_USER } : {}) };
}

async function makeAccounts(
  { server, password, behindProxy = false }: AccountsRequest,
  { session, accounts }: FirstSession,
): Promise<void> {
  for (const [sql, ...values] of server.accountStatements(accountsWith(password, behindProxy)))
    await session.query(sql, values);
  await session.query(`CREATE DATABASE ${DATABASE}`);
  // These accounts go last, because this session belongs to one of them.
  for (const { User: user, Host: host } of accounts) {
    if (!server.isOwnAccount(user)) await session.query('DROP USER ?@?', [user, host]);
  }
}

/**
 * Opens a session and reads the accounts that exist. The read shows that the server serves the session: a replicating
 * server refuses statements for a moment after its start.
 */
async function firstSession(socketPath: string, user: string): Promise<FirstSession> {
  const session = await createConnection({ socketPath, user });
  // Without a listener, the 'error' event of a killed server's session would be thrown in the harness.
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
