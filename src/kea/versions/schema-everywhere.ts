import type { RowDataPacket } from 'mysql2/promise';
import { withSession } from '../../cluster/session.js';
import type { StartedNode } from '../../cluster/started-cluster.js';
import { HarnessError } from '../../errors.js';
import { until } from '../../processes/wait.js';

/**
 * Waits until all nodes have the lease schema that one of them has: replication takes a moment.
 *
 * @throws HarnessError KEA where that takes too long; the signal's reason when aborted
 */
export async function untilSchemaIsEverywhere(
  nodes: readonly StartedNode[],
  waiting: { timeoutMs: number; signal: AbortSignal },
): Promise<void> {
  const versionOn = ({ admin }: StartedNode): Promise<string> =>
    withSession(admin, async (session) => {
      const [rows] = await session.query<RowDataPacket[]>('SELECT version, minor FROM schema_version');
      return JSON.stringify(rows);
    });
  const isEverywhere = await until(async () => {
    const versions = new Set(await Promise.all(nodes.map(versionOn)));
    return versions.size === 1 || undefined;
  }, waiting);
  if (isEverywhere === undefined)
    throw new HarnessError('KEA', 'the upgraded lease schema did not reach every node', {
      hint: `raise cluster.startTimeoutMs if the machine is slow; ${waiting.timeoutMs} ms were not enough`,
    });
}
