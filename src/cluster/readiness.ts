import type { RowDataPacket } from 'mysql2/promise';
import { HarnessError, messageOf } from '../errors.js';
import { until } from '../processes/wait.js';
import type { DatabaseAccess } from './model.js';
import { readNamed, withSession } from './session.js';

interface ReadinessTarget {
  name: string;
  admin: DatabaseAccess;
}

interface Waiting {
  timeoutMs: number;
  signal: AbortSignal;
}

const STATUS = ['wsrep_ready', 'wsrep_local_state_comment', 'wsrep_cluster_status', 'wsrep_cluster_size'];

/**
 * Waits until every node says of itself that it is ready, synced, in the primary component, and sees them all.
 * One node's word for the others is not enough: a joiner is counted before it can serve.
 * Errors: CLUSTER, with what each node said last.
 */
export async function waitUntilReady(
  nodes: readonly ReadinessTarget[],
  { timeoutMs, signal }: Waiting,
): Promise<void> {
  const words = new Map<string, string>();
  const deadline = performance.now() + timeoutMs;
  await Promise.all(
    nodes.map(async (node) => {
      const ready = await until(
        async () => {
          const word = await stateOf(node.admin);
          words.set(node.name, word);
          return word === `ON, Synced, Primary, ${nodes.length}` ? true : undefined;
        },
        { timeoutMs: deadline - performance.now(), everyMs: 50, signal },
      );
      if (ready === undefined) {
        const said = nodes.map(({ name }) => `${name}: ${words.get(name) ?? 'no answer'}`).join('; ');
        throw new HarnessError('CLUSTER', `not ready within ${Math.round(timeoutMs / 1000)} s: ${said}`, {
          hint: 'the log of each node is in the run directory; cluster.startTimeoutMs gives a slow machine more time',
        });
      }
    }),
  );
}

async function stateOf(access: DatabaseAccess): Promise<string> {
  try {
    const status = await withSession(access, (session) => readNamed(session, 'STATUS', STATUS));
    return STATUS.map((name) => status[name] ?? 'unknown').join(', ');
  } catch (error) {
    return messageOf(error);
  }
}

/** An address and a subnet that no case uses: 192.0.2.1 of TEST-NET-1 (RFC 5737). */
const PROBE = { address: 0xc000_0201, subnet: 999_999_999 };

/**
 * The article's own check: a lease row inserted through one node is read on every other. Then the row is removed,
 * and its removal seen everywhere, so that the run starts with empty tables.
 * Errors: CLUSTER, naming the node that did not show it.
 */
export async function checkReplication(nodes: readonly ReadinessTarget[], waiting: Waiting): Promise<void> {
  const [first] = nodes;
  if (first === undefined) return;
  await withSession(first.admin, (session) =>
    session.query(
      'INSERT INTO lease4 (address, subnet_id, valid_lifetime, expire, state) VALUES (?, ?, 1, NOW(), 0)',
      [PROBE.address, PROBE.subnet],
    ),
  );
  await everyNodeShows(nodes, 1, waiting);
  await withSession(first.admin, async (session) => {
    await session.query('DELETE FROM lease4 WHERE address = ?', [PROBE.address]);
    // The schema's triggers keep a row of statistics for each subnet.
    await session.query('DELETE FROM lease4_stat WHERE subnet_id = ?', [PROBE.subnet]);
  });
  await everyNodeShows(nodes, 0, waiting);
}

async function everyNodeShows(
  nodes: readonly ReadinessTarget[],
  count: number,
  waiting: Waiting,
): Promise<void> {
  await Promise.all(
    nodes.map(async (node) => {
      const shown = await withSession(node.admin, (session) =>
        until(async () => {
          const [rows] = await session.query<RowDataPacket[]>('SELECT 1 FROM lease4 WHERE address = ?', [
            PROBE.address,
          ]);
          return rows.length === count ? true : undefined;
        }, waiting),
      );
      if (shown === undefined) {
        const expected =
          count === 1 ? 'does not show a lease row inserted' : 'still shows a lease row removed';
        throw new HarnessError('CLUSTER', `${node.name} ${expected} through ${nodes[0]?.name ?? ''}`, {
          hint: 'replication does not work; the log of each node is in the run directory',
        });
      }
    }),
  );
}
