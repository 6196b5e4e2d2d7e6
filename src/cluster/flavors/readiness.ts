import type { Connection, RowDataPacket } from 'mysql2/promise';
import { HarnessError, messageOf } from '../../errors.js';
import { until } from '../../processes/wait.js';
import { withSession } from '../session.js';
import type { ReadinessTarget, Waiting } from './flavor.js';

/**
 * Waits until every node answers `question` with `wanted`.
 * Errors: CLUSTER, with what each node said last.
 */
export async function waitUntilAllSay(
  nodes: readonly ReadinessTarget[],
  wanted: string,
  question: (session: Connection) => Promise<string>,
  { timeoutMs, signal }: Waiting,
): Promise<void> {
  const words = new Map<string, string>();
  const deadline = performance.now() + timeoutMs;
  const said = (): string => nodes.map(({ name }) => `${name}: ${words.get(name) ?? 'no answer'}`).join('; ');
  await Promise.all(
    nodes.map(async ({ name, admin }) => {
      const ready = await until(
        async () => {
          const word = await withSession(admin, question).catch(messageOf);
          words.set(name, word);
          return word === wanted ? true : undefined;
        },
        { timeoutMs: deadline - performance.now(), everyMs: 50, signal },
      );
      if (ready === undefined) {
        throw new HarnessError('CLUSTER', `not ready within ${Math.round(timeoutMs / 1000)} s: ${said()}`, {
          hint: 'the log of each node is in the run directory; cluster.startTimeoutMs gives a slow machine more time',
        });
      }
    }),
  );
}

/** An address and a subnet that no case uses: 192.0.2.1 of TEST-NET-1 (RFC 5737). */
export const PROBE = { address: 0xc000_0201, subnet: 999_999_999 };

/**
 * The article's own check. Inserts a lease row through the first node. The nodes of `showing` must show the row, the
 * other nodes must not. Then deletes the row and waits until no node shows it, so that the run starts with empty
 * tables.
 * Errors: CLUSTER, naming the node.
 */
export async function checkShown(
  nodes: readonly ReadinessTarget[],
  showing: readonly ReadinessTarget[],
  waiting: Waiting,
): Promise<void> {
  const [first] = nodes;
  if (first === undefined) return;
  await insertProbe(first, waiting);
  await eachShows(showing, 1, waiting);
  await eachShows(
    nodes.filter((node) => !showing.includes(node)),
    0,
    waiting,
  );
  await withSession(first.admin, async (session) => {
    await session.query('DELETE FROM lease4 WHERE address = ?', [PROBE.address]);
    // The schema's triggers keep a row of statistics for each subnet.
    await session.query('DELETE FROM lease4_stat WHERE subnet_id = ?', [PROBE.subnet]);
  });
  await eachShows(nodes, 0, waiting);
}

/**
 * Inserts the row, and tries again where the node refuses. A node may lose its readiness once more while the last
 * node joins.
 */
async function insertProbe({ name, admin }: ReadinessTarget, waiting: Waiting): Promise<void> {
  let said = '';
  const inserted = await until(
    () =>
      withSession(admin, async (session) => {
        await session.query(
          'INSERT INTO lease4 (address, subnet_id, valid_lifetime, expire, state) VALUES (?, ?, 1, NOW(), 0)',
          [PROBE.address, PROBE.subnet],
        );
        return true;
      }).catch((error: unknown) => {
        said = messageOf(error);
        return undefined;
      }),
    waiting,
  );
  if (inserted === undefined) {
    throw new HarnessError('CLUSTER', `${name} refuses to insert a lease row: ${said}`, {
      hint: 'the log of each node is in the run directory',
    });
  }
}

async function eachShows(nodes: readonly ReadinessTarget[], rows: 0 | 1, waiting: Waiting): Promise<void> {
  await Promise.all(
    nodes.map(async ({ name, admin }) => {
      const shown = await withSession(admin, (session) =>
        until(async () => {
          const [found] = await session.query<RowDataPacket[]>('SELECT 1 FROM lease4 WHERE address = ?', [
            PROBE.address,
          ]);
          return found.length === rows ? true : undefined;
        }, waiting),
      );
      if (shown === undefined) {
        const expected = rows === 1 ? 'does not show the lease row' : 'shows the lease row';
        throw new HarnessError('CLUSTER', `${name} ${expected} that was inserted through the first node`, {
          hint: 'the log of each node is in the run directory',
        });
      }
    }),
  );
}
