import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { DatabaseAccess } from '../started-cluster.js';
import { withSession } from '../session.js';
import type { UnreachableNode } from './cluster-check.js';

/** A session with a node. Every answer must come within a time limit. */
export interface NodeSession {
  query<Row extends RowDataPacket>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/**
 * Opens a session without choosing a database. A node that is not part of a primary component refuses a database, and
 * such a node too must be able to say what is wrong with it.
 */
export function withNode<T>(
  access: DatabaseAccess,
  timeoutMs: number,
  work: (session: NodeSession) => Promise<T>,
): Promise<T> {
  return withSession({ ...access, database: '' }, (connection) => work(sessionOver(connection, timeoutMs)));
}

function sessionOver(connection: Connection, timeout: number): NodeSession {
  return {
    async query<Row extends RowDataPacket>(sql: string, values: readonly unknown[] = []) {
      const [rows] = await connection.query<Row[]>({ sql, timeout, values: [...values] });
      return rows;
    },
  };
}

/** The error code that `mysql2` gives, such as ECONNREFUSED or ER_ACCESS_DENIED_ERROR; empty for any other error. */
export function errorCodeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

type Explanation = Pick<UnreachableNode, 'reason' | 'hint'>;

/** Explains in words why a node could not be asked, and what to do. */
export function explainUnreachable(error: unknown, { host, port, user }: DatabaseAccess): Explanation {
  const message = error instanceof Error ? error.message : String(error);
  switch (errorCodeOf(error)) {
    case 'ER_ACCESS_DENIED_ERROR':
      return {
        reason: `refuses user ${user}: ${message}`,
        hint: 'the node has another user or password, or does not let this user in from this machine',
      };
    case 'ER_HOST_NOT_PRIVILEGED':
      return {
        reason: message,
        hint: `the server lets no user in from this machine; create ${user}@'%'`,
      };
    case 'ECONNREFUSED':
      return {
        reason: `nothing listens on ${host} port ${port}`,
        hint: 'start the node, or check its bind_address and port',
      };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { reason: `${host} can't be resolved`, hint: 'check the spelling and the name server' };
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return {
        reason: `${host} port ${port} does not answer (${errorCodeOf(error)})`,
        hint: 'check that the machine is up and that its firewall lets this machine in',
      };
    case 'HANDSHAKE_NO_SSL_SUPPORT':
      return { reason: 'the server does not speak TLS', hint: 'give it a certificate, or leave --tls out' };
    case 'HANDSHAKE_SSL_ERROR':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return {
        reason: `its certificate is not accepted: ${message}`,
        hint: 'name the authority that signed it with --tls-ca',
      };
    default:
      return { reason: message, hint: 'see the log of that server' };
  }
}
