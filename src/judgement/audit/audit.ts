import {
  diedOf,
  LEASE_TABLES,
  seenOf,
  type LeaseTableName,
  type Seen,
  type SystemEvidence,
} from '../../evidence/system.js';
import type { Agreement } from '../clocks/offset.js';
import type { CaseState } from '../fold/case-state.js';
import { CasePass } from './tables/case-pass.js';
import { CaseTables, leaseText } from './tables/case-tables.js';
import { contentsOf, RowsOnNodes, type SameContent } from './contents.js';
import { differences } from './differences.js';
import { addressOf, Findings } from './finding-list.js';
import { clockOf, mayHaveChanged } from './tables/lifetimes.js';
import type { LostLeases } from './tables/lost-leases.js';
import type { AuditInput } from './input.js';
import type { CaseAudit, Identity, RowOnNode, RunAudit } from '../../results/audit.js';
import { serverCounters } from './server-counters.js';

export interface Audited {
  run: RunAudit;
  /** In the order of the cases; null for a case whose subnet the evidence does not know. */
  cases: readonly (CaseAudit | null)[];
  /**
   * The acknowledged leases that some node has no live row of for their client, in the order of the cases. Undefined
   * for a case whose tables nobody read, or not at rest.
   */
  lost: readonly (LostLeases | undefined)[];
  /** By case and server: how far its clock is ahead, microseconds, as its rows tell. */
  clocks: readonly (readonly (Agreement | undefined)[])[];
  /** The rows of a lease on every node. It knows the leases of the findings and those of `leasesToShow`. */
  rowsOf: (lease: string) => RowOnNode[];
  /** The identity of a client of a case; null where it is not known. */
  identityOf: (caseIndex: number, client: number) => Identity | null;
}

/**
 * Compares the lease tables, as they were read through every node, with what the clients were told. Reads each
 * distinct table content once, and again if there is something to show.
 *
 * @param leasesToShow leases whose rows are wanted besides those of the findings, such as the leases of witnesses
 */
export function audit(
  input: AuditInput,
  states: readonly CaseState[],
  leasesToShow: Iterable<string>,
): Audited {
  const { system, rows, offerLifetime = 0, aheadUs } = input;
  const clock = clockOf(system, aheadUs);
  const tables = states.map((state, caseIndex) => {
    const [subnet, ...further] = system.subnets.filter((one) => one.case === state.layout.name);
    if (subnet === undefined) return undefined;
    const subnets = [subnet, ...further] as const;
    return new CaseTables({ state, caseIndex, whose: input, subnets, clock, system, offerLifetime });
  });
  const runFindings = new Findings();
  const rowCounts = new Map<CaseTables, Map<string, number>>();
  for (const table of LEASE_TABLES) {
    const concerned = tables.filter((one) => one !== undefined && tableOf(one) === table) as CaseTables[];
    const contents = contentsOf(system.nodes, table);
    for (const content of contents) passOver(content, concerned, input, runFindings, rowCounts);
    if (!system.replicated) continue;
    for (const { row, nodes, how } of differences(contents, rows, (one) => mayHaveChanged(one, clock))) {
      const whose = concerned.find((one) => one.has(row))?.whoseRow(row);
      const about = { client: null, identity: null, ...whose, server: null };
      runFindings.add(
        { ...about, kind: 'differing', lease: leaseText(row), detail: `the same row on every node: ${how}` },
        nodes,
      );
    }
  }
  const all = [runFindings, ...tables.flatMap((one) => (one === undefined ? [] : [one.findings]))];
  const wanted = new Set(all.flatMap((findings) => findings.addresses));
  for (const lease of leasesToShow) wanted.add(addressOf(lease));
  const rowsOnNodes = new RowsOnNodes(system.nodes, wanted, rows);
  const rowsOf = (address: string): RowOnNode[] => rowsOnNodes.of(address);
  return {
    run: { ...runAudit(system), ...runFindings.list(rowsOf) },
    cases: states.map((state, index) => {
      const one = tables[index];
      if (one === undefined) return null;
      return {
        acknowledged: one.required.count,
        givenBack: one.promised.all.length,
        rows: [...(rowCounts.get(one) ?? [])].map(([node, count]) => ({ node, rows: count })),
        servers: serverCounters(state.layout, system.servers, state.traffic, input.doubledAnswers),
        ...one.findings.list(rowsOf),
      };
    }),
    lost: tables.map((one) =>
      one !== undefined && rowCounts.has(one) && system.settling.settled ? one.lost : undefined,
    ),
    clocks: tables.map((one) => one?.clocks.offsets() ?? []),
    rowsOf: (lease) => rowsOf(addressOf(lease)),
    identityOf: (caseIndex, client) => tables[caseIndex]?.identities.of(client) ?? null,
  };
}

function tableOf({ isV4 }: CaseTables): LeaseTableName {
  return isV4 ? 'lease4' : 'lease6';
}

/** Goes once over a table's content, for all cases whose rows lie in it. */
function passOver(
  { nodes, table }: SameContent,
  cases: readonly CaseTables[],
  { system, rows }: AuditInput,
  runFindings: Findings,
  rowCounts: Map<CaseTables, Map<string, number>>,
): void {
  // Databases without replication are judged one by one, even if they have the same content, as empty ones do.
  for (const group of system.replicated ? [nodes] : nodes.map((node) => [node])) {
    const node = group[0] ?? '';
    const passes = new Map(cases.map((one) => [one, new CasePass(one, group)]));
    const passOf = new Map([...passes].flatMap(([one, pass]) => one.subnetIds.map((id) => [id, pass])));
    for (const { row } of rows(node, table)) {
      const pass = passOf.get(row.subnet);
      if (pass !== undefined) pass.add(row);
      else {
        const detail = `only rows in the subnets of the cases; subnet ${row.subnet} belongs to none`;
        const about = { client: null, identity: null, server: null, detail };
        runFindings.add({ ...about, kind: 'untold', lease: row.address }, group);
      }
    }
    for (const one of cases) {
      const pass = passes.get(one);
      pass?.end(function* () {
        for (const { row } of rows(node, table)) if (one.has(row)) yield row;
      });
      const counts = rowCounts.get(one) ?? new Map<string, number>();
      for (const name of group) counts.set(name, pass?.rows ?? 0);
      rowCounts.set(one, counts);
    }
  }
}

function runAudit(system: SystemEvidence): Omit<RunAudit, 'counts' | 'findings' | 'omitted'> {
  const { nodes, servers, replicated, settling } = system;
  const readings = [
    ...nodes.flatMap(({ name, leases }) =>
      LEASE_TABLES.map((table): Reading => [`${table} of ${name}`, leases[table]]),
    ),
    ...servers.flatMap(({ name, before, after }): Reading[] => [
      [`statistics of ${name} before the load`, before],
      [`statistics of ${name}`, after],
    ]),
  ];
  const failures = failuresOf(readings);
  const gone = goneWithTheDead(system);
  if (nodes.length > 0 && nodes.every(({ leases }) => diedOf(leases.lease4) !== undefined))
    failures.push('no lease table was read: every node had died');
  if (!settling.settled) failures.push(`the nodes had not come to rest after ${settling.afterMs / 1_000} s`);
  return {
    notMade: failures,
    ...(gone.length === 0 ? {} : { goneWithTheDead: gone }),
    replicated,
    settled: settling.settled,
    settledAfterMs: settling.afterMs,
    nodes: nodes.map(({ name, leases }) => {
      const table = (which: LeaseTableName) => {
        const seen = seenOf(leases[which]);
        return seen === undefined ? null : { rows: seen.rows, digest: seen.digest };
      };
      return { node: name, lease4: table('lease4'), lease6: table('lease6') };
    }),
  };
}

/**
 * What nobody could read because a node or server had died. A death has a check of its own: it is no failure of the
 * audit.
 */
function goneWithTheDead({ nodes, servers }: SystemEvidence): string[] {
  const told = (what: string, whose: string, reading: Seen<unknown>): string[] => {
    const died = diedOf(reading);
    return died === undefined ? [] : [`${what} of ${whose}: ${died === whose ? 'it' : died} had died`];
  };
  return [
    ...nodes.flatMap(({ name, leases }) => told('lease tables', name, leases.lease4)),
    ...servers.flatMap(({ name, after }) => told('statistics', name, after)),
  ];
}

/** A reading of the evidence: its name, and its result or why there is none. */
type Reading = [what: string, seen: Seen<unknown>];

/**
 * The failed readings in words. If no lease table could be read, for one and the same reason, one sentence says so.
 */
function failuresOf(readings: readonly Reading[]): string[] {
  const failed = readings.flatMap(([what, seen]) => ('failed' in seen ? [{ what, why: seen.failed }] : []));
  const tables = failed.filter(({ what }) => what.startsWith('lease'));
  const [first] = tables;
  const isNone = tables.length === readings.filter(([what]) => what.startsWith('lease')).length;
  if (first === undefined || !isNone || tables.some(({ why }) => why !== first.why)) {
    return failed.map(({ what, why }) => `${what}: ${why}`);
  }
  return [`no lease table was read: ${first.why}`];
}
