import type { Connection, ResultSetHeader } from 'mysql2/promise';
import { withSession } from '../../src/cluster/session.js';
import { until } from '../../src/processes/wait.js';
import type { Control } from './control.js';
import type { ControlRun } from './control-run.js';
import { expected, finding, NO_ROWS, rowsOf } from './expected.js';
import { hex, type Message } from './wire/message.js';
import { KINDS, TABLES } from './wire/kinds.js';

const SOMEBODY_ELSE = 'somebody else';
const THIRD = 'node-3';

/**
 * Controls that change a row of the lease tables by hand. It is the last client's row: otherwise a server could give
 * a freed lease to a later client, which would be a finding of its own.
 */
export const ROWS: readonly Control[] = [
  {
    ...toOneRow('one node', ({ table, owner }) => `DELETE FROM ${table} WHERE ${owner} = ?`),
    what: 'a row that is removed on one node only',
    always: ['dhcp6-ia-pd'],
    found: (run) => {
      const rows = rowsOf(run.victim, { [THIRD]: 'no row' });
      return expected(run, 'fail', {
        ofRun: ['audit.sameRows'],
        failed: ['audit.stored'],
        findings: [
          finding('differing', run.victim, { server: null, nodes: [THIRD], rows }),
          finding('missing', run.victim, { nodes: [THIRD], rows }),
        ],
      });
    },
  },
  {
    ...toOneRow(
      'one node',
      ({ table, owner }) => `UPDATE ${table} SET ${owner} = '${SOMEBODY_ELSE}' WHERE ${owner} = ?`,
    ),
    what: 'a row that is changed on one node only',
    always: ['dhcp4'],
    found: (run) => {
      const rows = rowsOf(run.victim, { [THIRD]: hex(Buffer.from(SOMEBODY_ELSE)) });
      return expected(run, 'fail', {
        ofRun: ['audit.sameRows'],
        failed: ['audit.identity'],
        findings: [
          // The row exists on every node, so this finding names no client.
          finding('differing', run.victim, { identity: null, server: null, nodes: [THIRD], rows }),
          finding('other-identity', run.victim, { nodes: [THIRD], rows }),
        ],
      });
    },
  },
  {
    ...toOneRow('every node', ({ table, owner }) => `DELETE FROM ${table} WHERE ${owner} = ?`),
    what: 'a row that is removed on every node',
    always: [],
    found: (run) =>
      expected(run, 'fail', {
        failed: ['audit.stored'],
        findings: [finding('missing', run.victim, { rows: NO_ROWS })],
      }),
  },
  {
    ...toOneRow(
      'every node',
      ({ table, owner }) => `UPDATE ${table} SET expire = expire + INTERVAL 1 HOUR WHERE ${owner} = ?`,
    ),
    what: 'a row that expires later than its client was told',
    always: [],
    found: (run) =>
      expected(run, 'fail', {
        failed: ['audit.expiry'],
        findings: [finding('expiry', run.victim, { rows: rowsOf(run.victim) })],
      }),
  },
  {
    ...toOneRow(
      'every node',
      ({ table, owner }) => `UPDATE ${table} SET valid_lifetime = 2 * valid_lifetime WHERE ${owner} = ?`,
    ),
    what: 'a row with another valid lifetime than its client was told',
    always: ['dhcp4'],
    found: (run) =>
      expected(run, 'fail', {
        failed: ['audit.expiry'],
        findings: [finding('lifetime', run.victim, { rows: rowsOf(run.victim) })],
      }),
  },
  {
    ...toOneRow('every node', ({ table, owner }) => `UPDATE ${table} SET prefix_len = 60 WHERE ${owner} = ?`),
    what: 'a row of a prefix with another length than is configured',
    kinds: ['dhcp6-ia-pd'],
    always: [],
    found: (run) =>
      expected(run, 'fail', {
        failed: ['audit.pools'],
        findings: [
          finding('wrong-length', run.victim, {
            lease: run.victim.lease.replace('/64', '/60'),
            server: null,
            rows: rowsOf(run.victim),
          }),
        ],
      }),
  },
];

/** Changes the row while the grant waits at the proxy: the tables are not read before the client has the grant. */
function toOneRow(
  where: 'one node' | 'every node',
  statementFor: (table: (typeof TABLES)[keyof typeof TABLES]) => string,
): Pick<Control, 'kinds' | 'victim' | 'grant'> {
  return {
    kinds: KINDS,
    victim: 'last',
    grant: async ({ message, toVictim }, run) => {
      if (toVictim) await changeRow(run, message, where, statementFor(TABLES[run.kind]));
      return [message];
    },
  };
}

/** Changes the row once it is there: the third node may not have applied yet what another node has committed. */
async function changeRow(
  run: ControlRun,
  { identity }: Message,
  where: 'one node' | 'every node',
  statement: string,
): Promise<void> {
  const owner = Buffer.from('duid' in identity ? identity.duid : identity.clientIdentifier, 'hex');
  await withSession(run.node(THIRD).admin, async (session: Connection) => {
    if (where === 'one node') await session.query('SET SESSION wsrep_on = OFF');
    const changed = await until(
      async () => {
        const [{ affectedRows }] = await session.query<ResultSetHeader>(statement, [owner]);
        return affectedRows === 1 ? true : undefined;
      },
      { timeoutMs: 60_000, signal: new AbortController().signal },
    );
    if (changed === undefined) throw new Error('the row never came');
  });
}
