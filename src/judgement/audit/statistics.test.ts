import { describe, expect, it } from 'vitest';
import type { LeaseCount, LeaseStatistics, NodeEvidence } from '../../evidence/system.js';
import { statisticsChecks } from './statistics.js';

const NOT_READ = { failed: 'refused' };

function node(name: string, statistics: LeaseStatistics): NodeEvidence {
  const table = { file: '', rows: 0, digest: '', statistics: { seen: statistics } };
  return { name, before: NOT_READ, after: NOT_READ, leases: { lease4: NOT_READ, lease6: { seen: table } } };
}

const of = (subnet: number, state: number, leases: number, more: Partial<LeaseCount> = {}): LeaseCount => ({
  subnet,
  leaseType: 0,
  state,
  leases,
  ...more,
});

/** Two subnets, one of them with leases of two pools; one lease declined, two reclaimed. */
const ROWS = [
  of(1, 0, 3, { pool: 0 }),
  of(1, 0, 4, { pool: 5 }),
  of(1, 1, 1, { pool: 0 }),
  of(1, 2, 2, { pool: 0 }),
  of(2, 0, 8, { pool: 0, leaseType: 2 }),
];
const STAT = [of(1, 0, 7), of(1, 1, 1), of(2, 0, 8, { leaseType: 2 })];

/** The verdict, and what the check says, for node-1 with these tables. */
function judged(tables: Record<string, LeaseCount[]>): [string | undefined, string | undefined] {
  const [check] = statisticsChecks({ nodes: [node('node-1', { rows: ROWS, tables })] });
  return [check?.verdict, check?.actual];
}

describe('audit.statistics', () => {
  it('passes where the tables say what the rows say; reclaimed leases are in neither', () => {
    const byPool = ROWS.filter(({ state }) => state < 2);
    expect(judged({ lease6_stat: STAT, lease6_pool_stat: byPool })).toEqual(['pass', '2 tables do']);
  });

  it('takes a row of 0 leases for none', () => {
    expect(judged({ lease6_stat: [...STAT, of(9, 0, 0), of(2, 1, 0)] })[0]).toBe('pass');
  });

  it.each<[string, Record<string, LeaseCount[]>, string]>([
    [
      'counts one too many',
      { lease6_stat: [of(1, 0, 8), ...STAT.slice(1)] },
      'lease6_stat of node-1: 8 addresses assigned in subnet 1, and the rows are 7',
    ],
    [
      'lacks a state',
      { lease6_stat: STAT.filter(({ state }) => state === 0) },
      'lease6_stat of node-1: 0 addresses declined in subnet 1, and the rows are 1',
    ],
    [
      'has a subnet that no row has',
      { lease6_stat: [...STAT, of(7, 0, 1, { leaseType: 2 })] },
      'lease6_stat of node-1: 1 prefixes assigned in subnet 7, and the rows are 0',
    ],
    [
      'counts a pool wrongly, and the subnet rightly',
      {
        lease6_pool_stat: [
          of(1, 0, 4, { pool: 0 }),
          of(1, 0, 3, { pool: 5 }),
          of(1, 1, 1, { pool: 0 }),
          of(2, 0, 8, { pool: 0, leaseType: 2 }),
        ],
      },
      'lease6_pool_stat of node-1: 4 addresses assigned in pool 0 of subnet 1, and the rows are 3; lease6_pool_stat of node-1: 3 addresses assigned in pool 5 of subnet 1, and the rows are 4',
    ],
    [
      'counts a state that other versions do not count, and counts it wrongly',
      { lease6_stat: [...STAT, of(1, 2, 3)] },
      'lease6_stat of node-1: 3 addresses expired and reclaimed in subnet 1, and the rows are 2',
    ],
  ])('fails where a table %s', (_, tables, actual) => {
    expect(judged(tables)).toEqual(['fail', actual]);
  });

  it('names the node', () => {
    const wrong = { rows: ROWS, tables: { lease6_stat: STAT.slice(0, 2) } };
    const right = { rows: ROWS, tables: { lease6_stat: STAT } };
    const [check] = statisticsChecks({ nodes: [node('node-1', right), node('node-2', wrong)] });
    expect(check).toMatchObject({ verdict: 'fail', count: { found: 1, of: null } });
    expect(check?.actual).toContain('lease6_stat of node-2: 0 prefixes assigned in subnet 2');
  });

  it('can’t tell where a node was not asked, unless the database is somebody else’s', () => {
    const read = node('node-1', { rows: ROWS, tables: { lease6_stat: STAT } });
    const refused = { seen: { file: '', rows: 0, digest: '', statistics: { absent: 'denied' } } };
    const unread = { ...read, name: 'node-2', leases: { lease4: NOT_READ, lease6: refused } };
    const [check] = statisticsChecks({ nodes: [read, unread] });
    expect(check).toMatchObject({ verdict: 'inconclusive' });
    expect(check?.actual).toBe('1 tables do; those of lease6 on node-2 were not read');
    expect(statisticsChecks({ nodes: [unread] })).toMatchObject([{ verdict: 'inconclusive' }]);
    expect(statisticsChecks({ nodes: [read, unread], ownRowsOnly: true })).toMatchObject([
      { verdict: 'pass' },
    ]);
    expect(statisticsChecks({ nodes: [unread], ownRowsOnly: true })).toEqual([]);
  });

  it('fails where one node lacks a table that another one has', () => {
    const [check] = statisticsChecks({
      nodes: [
        node('node-1', { rows: ROWS, tables: { lease6_stat: STAT } }),
        node('node-2', { rows: ROWS, tables: {} }),
      ],
    });
    expect(check).toMatchObject({ verdict: 'fail', actual: 'node-2 has no lease6_stat' });
  });

  it('is not made where no table of statistics was read', () => {
    const { leases, ...rest } = node('node-1', { rows: ROWS, tables: {} });
    expect(statisticsChecks({ nodes: [{ ...rest, leases }] })).toEqual([]);
    const unread = { lease4: NOT_READ, lease6: { seen: { file: '', rows: 0, digest: '' } } };
    expect(statisticsChecks({ nodes: [{ ...rest, leases: unread }] })).toEqual([]);
  });
});
