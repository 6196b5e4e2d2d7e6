import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withSession } from '../src/cluster/session.js';
import type { Evidence } from '../src/evidence/evidence.js';
import { seenOf } from '../src/evidence/system.js';
import type { StartedSystem } from '../src/providers/provider.js';
import type { Result } from '../src/results/result.js';
import { runScenario } from '../src/run/run-scenario.js';
import { loadScenario } from '../src/scenario/load.js';
import { judgeStoredRun } from '../src/store/stored-run.js';
import { Progress } from '../src/terminal/progress.js';
import { eventually } from './support/wait.js';

const CLIENTS_PER_SERVER = 25;

/** Longer than a client waits for an answer, shorter than it holds a lease. */
const HELD_BY_THEN_US = 120e6;

/** Few clients, so that somebody has the time to change a row while others still get their leases. */
const SETTINGS = [
  'cluster.commitHistory=true',
  'cases=[dhcp4, dhcp6-ia-pd]',
  'expectedFigures=[]',
  'limits.maxStartLatenessMs=60000',
  'limits.minRatePercent=0',
  `load.clientsPerServer=${CLIENTS_PER_SERVER}`,
  'load.ratePerServer=10',
  'load.arrival=staggered',
  'load.timeoutMs=60000',
];

/** Gives the first lease of DHCPv4 to another client and back, by hand. */
async function giveAwayAndBack({ cluster: { nodes } }: StartedSystem): Promise<void> {
  const [node] = nodes;
  if (node === undefined) throw new Error('no node');
  await withSession(node.admin, async (session) => {
    const { address, clientId } = await eventually('a client has a lease', async () => {
      const [[row]] = await session.query<(RowDataPacket & { address: number; client_id: Buffer })[]>(
        'SELECT address, client_id FROM lease4 ORDER BY address LIMIT 1',
      );
      return row && { address: row.address, clientId: row.client_id };
    });
    for (const owner of [Buffer.from('somebody else'), clientId])
      await session.query('UPDATE lease4 SET client_id = ? WHERE address = ?', [owner, address]);
  });
}

describe('a run in which a lease was given to another client and back by hand', () => {
  const out = mkdtempSync(join(tmpdir(), 'commit-history-'));
  let directory = '';
  let result: Result;

  beforeAll(async () => {
    let meddling: Promise<void> = Promise.resolve();
    const outcome = await runScenario({
      loaded: loadScenario('published-galera', { set: SETTINGS, quick: true }),
      argv: [],
      out,
      keep: false,
      signal: new AbortController().signal,
      progress: new Progress({ write: () => true }),
      interpose: (system, cleanup) => {
        meddling = giveAwayAndBack(system);
        cleanup.push('the meddling', () => meddling);
        return Promise.resolve(system);
      },
    });
    await meddling;
    ({ result, runDirectory: directory } = outcome);
  });
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  it('fails for that alone, and shows who had the lease when, on each node', () => {
    expect(broken(result)).toEqual(['commits.owners']);
    const [finding, ...others] = result.commits?.findings ?? [];
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ kind: 'replaced', answers: [{ case: 'dhcp4' }] });
    const [answer] = finding?.answers ?? [];
    for (const node of ['node-1', 'node-2', 'node-3']) {
      const its = finding?.changes.filter((change) => change.node === node);
      expect(its?.map(({ kind, client }) => [kind, client])).toEqual([
        ['insert', answer?.client],
        ['update', null],
        ['update', answer?.client],
      ]);
      expect(its?.slice(1).map(({ through }) => through)).toEqual(['node-1', 'node-1']);
    }
    const [given] = finding?.changes ?? [];
    expect(given?.afterUs).toBeLessThan(answer?.fromUs ?? 0);
  });

  it('has the same history on every node, with a commit for each lease', () => {
    const leases = 2 * 3 * CLIENTS_PER_SERVER;
    const { nodes, gaps, ...counted } = summary(result);
    // Each lease is a row, and one row was changed twice. What the start of the cluster wrote comes before.
    expect(new Set(nodes)).toEqual(new Set([counted.changes]));
    expect(counted.changes).toBeGreaterThanOrEqual(leases + 2);
    expect(gaps).toEqual([]);
    expect(result.checks.find(({ name }) => name === 'commits.answers')?.count).toEqual({
      found: 0,
      of: leases,
    });
    expect(result.commits?.replicationMs?.measured).toBeGreaterThanOrEqual(2 * leases);
  });

  it('fails if a node has the changes of the lease in another order', () => {
    const { lease } = result.commits?.findings[0] ?? { lease: '' };
    rewrite(directory, 'node-2', (lines) => {
      const [first = -1, second = -1] = lines.flatMap((line, index) =>
        line.includes('"update"') && line.includes(`"${lease}"`) ? [index] : [],
      );
      return lines.map((line, index) =>
        index === first ? (lines[second] ?? '') : index === second ? (lines[first] ?? '') : line,
      );
    });
    const changed = judgeStoredRun(directory);
    expect(broken(changed)).toEqual(['commits.order', 'commits.owners']);
    expect(changed.commits?.counts).toEqual({ 'other-order': 1, replaced: 1 });
    expect(changed.commits?.findings.find(({ kind }) => kind === 'other-order')).toMatchObject({ lease });
  });

  it('fails if a client was told a longer lifetime than was committed', () => {
    const undone = changed(directory, (values, at) => {
      if (isGivenTo(values, at, 'lease6')) values[at('valid_lifetime')] = 60;
    });
    const check = judgeStoredRun(directory).checks.find(({ name }) => name === 'commits.answers');
    expect(check).toMatchObject({ verdict: 'fail', count: { found: 3 * CLIENTS_PER_SERVER } });
    undone();
  });

  it('fails if a lease was committed for a client that was told of another one', () => {
    const undone = changed(directory, (values, at) => {
      if (isGivenTo(values, at, 'lease6')) values[at('address')] = '2001:db8:ffff::';
    });
    const result = judgeStoredRun(directory);
    expect(result.checks.find(({ name }) => name === 'commits.told')?.verdict).toBe('fail');
    expect(result.commits?.findings.find(({ kind }) => kind === 'not-told')?.lease).toBe(
      '2001:db8:ffff::/64',
    );
    undone();
  });

  it('fails if a row was removed, and given to another client, while its client held the lease', () => {
    const isFirst = (values: unknown[], at: At): boolean => values[at('address')] === '10.1.0.5';
    const undone = changed(directory, (values, at) => {
      if (!isFirst(values, at)) return [];
      // The history may tell of the row before its client had the answer, so the others have to be later.
      const later = values.with(3, (values[3] as number) + HELD_BY_THEN_US);
      const client = Buffer.from('somebody else').toString('hex');
      return [values, later.with(5, 'delete'), later.with(at('client_id'), client)];
    });
    const result = judgeStoredRun(directory);
    const found = result.commits?.findings.filter(({ kind }) => kind === 'replaced') ?? [];
    expect(found.map(({ lease }) => lease)).toContain('10.1.0.5');
    undone();
  });

  it('fails if a lease was given before it was committed', () => {
    rewrite(directory, 'node-3', (lines) =>
      lines.map((line) => {
        const values = JSON.parse(line) as unknown[];
        if (typeof values[2] === 'number') values[2] = (values[3] as number) + 60e6;
        return JSON.stringify(values);
      }),
    );
    const changed = judgeStoredRun(directory);
    const check = changed.checks.find(({ name }) => name === 'commits.answers');
    expect(check).toMatchObject({ verdict: 'fail', count: { found: 2 * CLIENTS_PER_SERVER } });
  });
});

function broken({ checks }: Result): string[] {
  return checks.filter(({ verdict }) => verdict !== 'pass').map(({ name }) => name);
}

function summary({ commits }: Result) {
  return {
    changes: commits?.changes ?? 0,
    nodes: commits?.nodes.map(({ changes }) => changes),
    gaps: commits?.nodes.flatMap(({ gaps }) => gaps),
  };
}

/** The place of a column in a stored change. */
type At = (column: string) => number;

function isGivenTo(values: readonly unknown[], at: At, table: string): boolean {
  return values[6] === table && values[at('duid')] !== null;
}

/**
 * Changes the history of every node that a run has stored: in place, or by what is returned for a change.
 *
 * @returns undoes it
 */
function changed(
  directory: string,
  change: (values: unknown[], at: At) => unknown[][] | undefined,
): () => void {
  const nodes = ['node-1', 'node-2', 'node-3'];
  const before = new Map<string, string[]>();
  for (const node of nodes)
    rewrite(directory, node, (lines, head) => {
      before.set(node, lines);
      const columns = JSON.parse(head) as string[];
      return lines.flatMap((line) => {
        const values = JSON.parse(line) as unknown[];
        const instead = change(values, (column) => columns.indexOf(column)) ?? [];
        return (instead.length === 0 ? [values] : instead).map((one) => JSON.stringify(one));
      });
    });
  return () => {
    for (const node of nodes) rewrite(directory, node, () => before.get(node) ?? []);
  };
}

/** Changes the history of a node that a run has stored, and says so in its evidence. */
function rewrite(directory: string, node: string, change: (lines: string[], head: string) => string[]): void {
  const file = join(directory, 'evidence.json');
  const evidence = JSON.parse(readFileSync(file, 'utf8')) as Evidence;
  const its = evidence.commits?.nodes.find(({ name }) => name === node);
  const stored = its && seenOf(its.changes);
  if (stored === undefined) throw new Error(`no history of ${node}`);
  const path = join(directory, stored.file);
  const [head = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const text = [head, ...change(lines, head), ''].join('\n');
  writeFileSync(path, text);
  stored.digest = createHash('sha256').update(text).digest('hex');
  writeFileSync(file, JSON.stringify(evidence));
}
