import { number } from '../../numbers.js';
import { LEASE_TABLES, seenOf, type LeaseCount, type SystemEvidence } from '../../evidence/system.js';
import type { Check } from '../../results/check.js';

/** A number in a table of statistics that the rows do not bear out. */
interface Difference {
  node: string;
  table: string;
  counted: LeaseCount;
  rows: number;
}

/** The states that Kea's triggers count in every version: assigned and declined. Later versions also count others. */
const ALWAYS_COUNTED: ReadonlySet<number> = new Set([0, 1]);
const STATES = ['assigned', 'declined', 'expired and reclaimed', 'released', 'registered'];
const SHOWN = 3;

/**
 * Whether the tables in which Kea's triggers count leases say what the rows of the same snapshot say, on every node. No check
 * where no such table was read.
 */
export function statisticsChecks({
  nodes,
  ownRowsOnly = false,
}: Pick<SystemEvidence, 'nodes' | 'ownRowsOnly'>): Check[] {
  let tables = 0;
  const differences: Difference[] = [];
  const unread: string[] = [];
  const missing = missingTables(nodes);
  for (const { name: node, leases } of nodes) {
    for (const leaseTable of LEASE_TABLES) {
      const read = seenOf(leases[leaseTable]);
      // Runs of earlier versions did not read them.
      if (read?.statistics === undefined) continue;
      const statistics = seenOf(read.statistics);
      if (statistics === undefined) {
        unread.push(`those of ${leaseTable} on ${node} were not read`);
        continue;
      }
      for (const [table, counts] of Object.entries(statistics.tables)) {
        tables++;
        for (const { counted, rows } of differencesOf(counts, statistics.rows))
          differences.push({ node, table, counted, rows });
      }
    }
  }
  // The user of somebody else's database may not be allowed to read these tables.
  if (tables === 0 && (unread.length === 0 || ownRowsOnly)) return [];
  const broken = [...missing, ...differences.map(text)];
  const more = broken.length > SHOWN ? `; and ${broken.length - SHOWN} more` : '';
  const open = unread.length === 0 ? '' : `; ${unread.slice(0, SHOWN).join('; ')}`;
  return [
    {
      name: 'audit.statistics',
      case: '',
      phase: '',
      expected: 'the statistics tables count the rows as they are, on every node',
      actual:
        broken.length === 0
          ? `${tables} tables do${open}`
          : `${broken.slice(0, SHOWN).join('; ')}${more}${open}`,
      verdict: broken.length > 0 ? 'fail' : unread.length > 0 && !ownRowsOnly ? 'inconclusive' : 'pass',
      count: { found: broken.length, of: null },
    },
  ];
}

/** Tables that some nodes have and others lack. Nodes of one cluster have one schema. */
function missingTables(nodes: SystemEvidence['nodes']): string[] {
  return LEASE_TABLES.flatMap((leaseTable) => {
    const read = nodes.flatMap(({ name, leases }) => {
      const statistics = seenOf(leases[leaseTable])?.statistics;
      const tables = statistics && seenOf(statistics)?.tables;
      return tables === undefined ? [] : [{ name, tables: Object.keys(tables) }];
    });
    const all = new Set(read.flatMap(({ tables }) => tables));
    return [...all].flatMap((table) =>
      read.filter(({ tables }) => !tables.includes(table)).map(({ name }) => `${name} has no ${table}`),
    );
  });
}

function differencesOf(
  counts: readonly LeaseCount[],
  rows: readonly LeaseCount[],
): { counted: LeaseCount; rows: number }[] {
  const byPool = counts.some(({ pool }) => pool !== undefined);
  const told = sums(counts, byPool);
  const real = sums(rows, byPool);
  const statesTold = new Set(counts.map(({ state }) => state));
  return [...new Set([...told.keys(), ...real.keys()])].flatMap((key) => {
    const one = told.get(key) ?? real.get(key);
    if (one === undefined) return [];
    if (!ALWAYS_COUNTED.has(one.state) && !statesTold.has(one.state)) return [];
    const counted = { ...one, leases: told.get(key)?.leases ?? 0 };
    const leases = real.get(key)?.leases ?? 0;
    return counted.leases === leases ? [] : [{ counted, rows: leases }];
  });
}

/** The counts by what they are of; those of several pools are added up where pools do not matter. */
function sums(counts: readonly LeaseCount[], byPool: boolean): Map<string, LeaseCount> {
  const all = new Map<string, LeaseCount>();
  for (const { pool, ...count } of counts) {
    const one = { ...count, ...(byPool && pool !== undefined ? { pool } : {}) };
    const key = [one.subnet, one.pool ?? '', one.leaseType ?? '', one.state].join(' ');
    all.set(key, { ...one, leases: one.leases + (all.get(key)?.leases ?? 0) });
  }
  return all;
}

/** `lease6_stat of node-2: 119 prefixes assigned in subnet 3, and the rows are 118` */
function text({ node, table, counted, rows }: Difference): string {
  const { subnet, pool, leaseType, state, leases } = counted;
  const what = leaseType === 2 ? 'prefixes' : 'addresses';
  const where = pool === undefined ? `subnet ${subnet}` : `pool ${pool} of subnet ${subnet}`;
  return `${table} of ${node}: ${number(leases)} ${what} ${STATES[state] ?? `in state ${state}`} in ${where}, and the rows are ${number(rows)}`;
}
