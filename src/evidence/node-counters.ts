import type { Connection } from 'mysql2/promise';
import type { DatabaseAccess } from '../cluster/model.js';
import { readNamed, withSession } from '../cluster/session.js';
import type { Counters } from './system.js';

/** Write sets sent and received, conflicts, and how long replication held writes back. */
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

/** A node's counters by name; those that it doesn't have are left out, all of them on a database without wsrep. */
export function readNodeCounters(access: DatabaseAccess, signal: AbortSignal): Promise<Counters> {
  return withEvidenceSession(access, signal, async (session) => {
    const status = await readNamed(session, 'STATUS', COUNTERS);
    return Object.fromEntries(Object.entries(status).map(([name, value]) => [name, Number(value)]));
  });
}

/** A session that is cut off when `signal` is aborted, so that no frozen node keeps the harness from ending. */
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
