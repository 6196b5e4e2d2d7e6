import type { Connection, ResultSetHeader } from 'mysql2/promise';
import { expect, it } from 'vitest';
import { withSession } from '../../src/cluster/session.js';
import * as v4 from '../../src/dhcp/v4/index.js';
import { until } from '../../src/processes/wait.js';
import type { StartedSystem } from '../../src/run/providers/provider.js';
import { controlledRun, failedChecks } from './controlled-run.js';
import { onEachAck } from './forged-answers.js';

/** Runs a statement on one node alone, with the address of an ACK, as soon as the node shows its row. */
async function onOneNode(system: StartedSystem, statement: string, address: Uint8Array): Promise<void> {
  const node = system.cluster.nodes[2];
  if (node === undefined) throw new Error('a third node');
  const number = new DataView(address.buffer, address.byteOffset).getUint32(0);
  await withSession(node.admin, async (session: Connection) => {
    await session.query('SET SESSION wsrep_on = OFF');
    await until(
      async () => {
        const [{ affectedRows }] = await session.query<ResultSetHeader>(statement, [number]);
        return affectedRows === 1 ? true : undefined;
      },
      { timeoutMs: 10_000, signal: new AbortController().signal },
    );
  });
}

/** The last ACK of the run: no server can take up the freed address again, which would be a finding of its own. */
const LAST = 18;

it.concurrent.each([
  ['removed', 'audit.stored', 'DELETE FROM lease4 WHERE address = ?'],
  ['changed', 'audit.identity', "UPDATE lease4 SET client_id = 'somebody else' WHERE address = ?"],
])('finds a row that is %s on one node only', async (_what, check, statement) => {
  let address = '';
  const result = await controlledRun('dhcp4', (system) => ({
    // The answer waits until the row is tampered with, so the audit can't come first.
    reply: onEachAck(async (ack, number) => {
      if (number !== LAST) return [ack];
      address = v4.formatIpv4(ack.yiaddr);
      await onOneNode(system, statement, ack.yiaddr);
      return [ack];
    }),
  }));
  expect(failedChecks(result)).toEqual(['audit.sameRows', check]);
  expect(result.verdict).toBe('fail');
  expect(JSON.stringify(result)).toContain(address);
});
