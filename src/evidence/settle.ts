import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseAccess } from '../cluster/started-cluster.js';
import { readNamed } from '../cluster/session.js';
import type { Running } from '../processes/running.js';
import { attemptOfTheLiving } from './attempt.js';
import { withEvidenceSession } from './node-counters.js';
import type { NodeState, Seen, Settling } from './system.js';

const POLL_MS = 50;
const ANSWER_MS = 3_000;

interface Node {
  name: string;
  admin: DatabaseAccess;
  /** Absent for a node that someone else runs. */
  running?: Running;
}

/**
 * Waits until all nodes have committed the same last write set, and no node has one in its receive queue. Until then
 * their tables may differ without a fault. A node that does not answer is reported, and not waited for.
 */
export async function settle(
  nodes: readonly Node[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<Settling> {
  const begun = performance.now();
  for (;;) {
    const states = await Promise.all(
      nodes.map(async ({ name, admin, running }) => ({
        name,
        state: await attemptOfTheLiving([running], (cut) => readState(admin, cut), {
          timeoutMs: ANSWER_MS,
          signal,
        }),
      })),
    );
    const afterMs = Math.round(performance.now() - begun);
    const settled = areSettled(states.map(({ state }) => state));
    if (settled || afterMs >= timeoutMs || signal.aborted) return { settled, afterMs, nodes: states };
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Whether the nodes that answered have come to rest. A node without replication has nothing to wait for. */
export function areSettled(states: readonly Seen<NodeState>[]): boolean {
  const answered = states.flatMap((state) => ('seen' in state ? [state.seen] : []));
  const replicating = answered.filter(({ lastCommitted }) => lastCommitted !== null);
  return replicating.every(
    ({ lastCommitted, receiveQueue }) =>
      lastCommitted === replicating[0]?.lastCommitted && receiveQueue === 0,
  );
}

function readState(admin: DatabaseAccess, signal: AbortSignal): Promise<NodeState> {
  return withEvidenceSession(admin, signal, async (session) => {
    const status = await readNamed(session, 'STATUS', ['wsrep_last_committed', 'wsrep_local_recv_queue']);
    const number = (text: string | undefined): number | null => (text === undefined ? null : Number(text));
    return {
      lastCommitted: number(status['wsrep_last_committed']),
      receiveQueue: number(status['wsrep_local_recv_queue']),
    };
  });
}
