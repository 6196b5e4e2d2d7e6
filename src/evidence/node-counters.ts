import type { Connection } from 'mysql2/promise';
import type { DatabaseAccess } from '../cluster/started-cluster.js';
import { readNamed, withSession } from '../cluster/session.js';
import type { Counters } from './system.js';

/** Counters of write sets sent and received, of conflicts, and of how long flow control paused replication. */
const COUNTERS = [
  'wsrep_last_committed',
  'wsrep_replicated',
  'wsrep_received',
  'wsrep_local_commits',
  'wsrep_local_cert_failures',
  'wsrep_local_bf_aborts',
  'wsrep_local_replays',
  'wsrep_flow_control_paused_ns',
  'wsrep_flow_control_sent',
  'wsrep_flow_control_recv',
];

/**
 * Reads a node's counters by name. A counter that the node does not have is left out; a database without wsrep has
 * none.
 */
export function readNodeCounters(access: DatabaseAccess, signal: AbortSignal): Promise<Counters> {
  return withEvidenceSession(access, signal, async (session) => {
    const status = await readNamed(session, 'STATUS', COUNTERS);
    return Object.fromEntries(Object.entries(status).map(([name, value]) => [name, Number(value)]));
  });
}

/**
 * Works in a session that is cut off when `signal` is aborted. So a frozen node can't keep the harness from ending.
 */
export function withEvidenceSession<T>(
  access: DatabaseAccess,
  signal: AbortSignal,
  work: (session: Connection) => Promise<T>,
): Promise<T> {
  return withSession(access, (session) => {
    const cut = (): void => session.destroy();
    signal.addEventListener('abort', cut, { once: true });
    return work(session).finally(() => signal.removeEventListener('abort', cut));
  });
}
