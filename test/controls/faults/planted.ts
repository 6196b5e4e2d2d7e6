import type { Connection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { expect } from 'vitest';
import { readNamed, withSession } from '../../../src/cluster/session.js';
import type { StartedNode } from '../../../src/cluster/started-cluster.js';
import type { Abilities } from '../../../src/faults/abilities.js';
import type { Result } from '../../../src/results/result.js';
import { caseOf } from '../../support/run-files.js';
import { eventually } from '../../support/wait.js';
import { TABLES, type Kind } from '../wire/kinds.js';

/** A violation planted in a run with faults, and what the harness must find of it. */
export interface PlantedFault {
  what: string;
  settings: Readonly<Record<string, string | number>>;
  /**
   * What node-3 does for the fault instead of what it can do, in such a way that the violation comes by construction.
   *
   * @param nodes all nodes; node-3 is the last
   */
  abilities: (its: Abilities, nodes: readonly StartedNode[], kind: Kind) => Abilities;
  found: (result: Result, kind: Kind) => void;
}

/** Nodes notice sooner than by default that one of them is silent, so that the run is short. */
const SOON = 'evs.suspect_timeout=PT3S;evs.keepalive_period=PT0.5S';

const THIRD = 'node-3';

/** node-3 is cut off, and somebody makes it primary by hand there. It must have given leases before it is reached again. */
const MINORITY: PlantedFault = {
  what: 'leases of a node that was made primary by hand while it was cut off',
  settings: {
    'load.clientsPerServer': 300,
    'load.ratePerServer': 40,
    faults: JSON.stringify([{ fault: 'isolate', on: THIRD, at: 1, undo: 7 }]),
  },
  abilities: (its, nodes, kind) => {
    const third = lastOf(nodes);
    let rowsBefore = 0;
    return {
      ...its,
      isolate: async () => {
        await its.isolate?.();
        await on(third, async (session) => {
          await losesPrimary(session);
          await session.query("SET GLOBAL wsrep_provider_options = 'pc.bootstrap=1'");
          rowsBefore = await eventually('the node takes writes', () =>
            rowsOf(session, kind).catch(() => undefined),
          );
        });
      },
      rejoin: async () => {
        await on(third, (session) =>
          // Those who wait are served at once. The watch of the nodes must see the node before and after some others.
          eventually(
            'the servers of the node give leases',
            async () => (await rowsOf(session, kind)) > rowsBefore + 200,
          ),
        );
        await its.rejoin?.();
      },
    };
  },
  found: (result, kind) => {
    const { faults, witnesses } = caseOf(result, kind);
    expect(failed(result)).toContain(`faults.minorityCommits ${kind}`);
    expect(faults?.minorityCommits).toBeGreaterThan(0);
    const minority = witnesses.filter((one) => one.kind === 'minority-commit');
    expect(minority).toHaveLength(faults?.minorityCommits ?? 0);
    expect(new Set(minority.flatMap(({ holders }) => holders.map(({ server }) => server)))).toEqual(
      new Set(['server-3']),
    );
    expect(minority.map(({ during }) => during)).toEqual(minority.map(() => [0]));
    const alone = result.faults?.nodes.filter(({ members }) => members?.join() === THIRD) ?? [];
    expect(alone.map(({ status, size }) => [status, size])).toContainEqual(['Primary', 1]);
  },
};

/**
 * After the undoing, when every client has its lease, the row of the first lease is deleted on all nodes, and that of the
 * last one on node-1 only. No server gives the freed leases again, as nobody asks any more.
 */
const LOSSES: PlantedFault = {
  what: 'acknowledged leases that are lost after a fault was undone',
  settings: {
    'load.clientsPerServer': 40,
    'load.ratePerServer': 8,
    faults: JSON.stringify([
      { fault: 'isolate', on: THIRD, at: { exchanges: 60 }, undo: { exchanges: 110 } },
    ]),
  },
  abilities: (its, nodes, kind) => ({
    ...its,
    rejoin: async () => {
      await on(lastOf(nodes), losesPrimary);
      await its.rejoin?.();
      const [first] = nodes;
      await on(lastOf(nodes), (session) =>
        eventually('all clients have leases', async () => {
          const rows = await rowsOf(session, kind).catch(() => 0);
          return rows >= 3 * 40;
        }),
      );
      await on(first, (session) => removeRow(session, kind, 'ASC'));
      await on(first, async (session) => {
        await session.query('SET SESSION wsrep_on = OFF');
        await removeRow(session, kind, 'DESC');
      });
    },
  }),
  found: (result, kind) => {
    expect(failed(result)).toEqual(['audit.sameRows', `audit.stored ${kind}`]);
    expect(caseOf(result, kind).faults).toMatchObject({ lostLeases: 2, minorityCommits: 0 });
    expect(result.faults?.lost).toMatchObject({
      total: 2,
      during: expect.arrayContaining([
        { faults: [], before: 0, leases: 1 },
        { faults: [0], leases: 1 },
      ]) as unknown,
      leases: [
        { case: kind, during: [], before: 0, nodes: ['node-1', 'node-2', 'node-3'] },
        { case: kind, during: [0], nodes: ['node-1'] },
      ],
    });
    const missing = caseOf(result, kind).audit?.findings.map(({ kind: what, during }) => [what, during]);
    expect(missing?.sort()).toEqual([
      ['missing', []],
      ['missing', [0]],
    ]);
  },
};

export const PLANTED_FAULTS: readonly PlantedFault[] = [MINORITY, LOSSES];

export function plantedSettings({ settings }: PlantedFault, kind: Kind): Record<string, string | number> {
  return {
    cases: `[${kind}]`,
    'cluster.settings.wsrep_provider_options': SOON,
    'cluster.startTimeoutMs': 600_000,
    'kea.startTimeoutMs': 600_000,
    'load.maxAttempts': 1_000,
    'limits.maxStartLatenessMs': 3_600_000,
    'limits.minRatePercent': 0,
    checks: '[]',
    ...settings,
  };
}

/** The failed checks, with their cases. */
function failed({ checks }: Result): string[] {
  return checks
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ name, case: of }) => `${name} ${of}`.trimEnd())
    .sort();
}

function on<T>(node: StartedNode | undefined, work: (session: Connection) => Promise<T>): Promise<T> {
  if (node === undefined) throw new Error('a cluster without nodes');
  return withSession(node.admin, work);
}

function lastOf(nodes: readonly StartedNode[]): StartedNode | undefined {
  return nodes.at(-1);
}

async function losesPrimary(session: Connection): Promise<void> {
  await eventually('the node loses the primary component', async () => {
    const told = await readNamed(session, 'STATUS', ['wsrep_cluster_status']);
    return told['wsrep_cluster_status'] === 'non-Primary';
  });
}

async function rowsOf(session: Connection, kind: Kind): Promise<number> {
  const [[found]] = await session.query<(RowDataPacket & { n: number })[]>(
    `SELECT COUNT(*) AS n FROM ${TABLES[kind].table}`,
  );
  return found?.n ?? 0;
}

/** Removes the row of the lease that was given first, or last. */
async function removeRow(session: Connection, kind: Kind, order: 'ASC' | 'DESC'): Promise<void> {
  const { table, owner } = TABLES[kind];
  const [{ affectedRows }] = await session.query<ResultSetHeader>(
    `DELETE FROM ${table} ORDER BY expire ${order}, ${owner} ${order} LIMIT 1`,
  );
  if (affectedRows !== 1) throw new Error(`no row of ${table} was removed`);
}
