import { describe, expect, it } from 'vitest';
import type { Judgement } from '../../results/judgement.js';
import { AuditedRun, LIFETIME_S, NODES, sound, ZERO_UNIX_S } from '../audit/audit.test-support.js';
import { v4 } from '../synthetic.test-support.js';
import { CUT, evidence, S } from './faults.test-support.js';

/**
 * Each client of server-2 has a lease: client 1 from before the fault, client 4 from within it, client 7 from long
 * after it.
 *
 * @param lacking the clients whose rows are not on these nodes
 */
function run(lacking: readonly number[], nodes: readonly string[] = NODES): AuditedRun {
  const audited = new AuditedRun('dhcp4', 9);
  for (const [client, atS] of [
    [1, 5],
    [4, 15],
    [7, 40],
  ] as const) {
    audited.run.at(atS * S - 4_000).lease(client, v4(client));
    const on = lacking.includes(client) ? NODES.filter((node) => !nodes.includes(node)) : NODES;
    const expire = ZERO_UNIX_S + atS + LIFETIME_S;
    audited.stored(audited.row(client, `10.0.0.${client}`, { expire }), on);
  }
  return audited;
}

const lostIn = (audited: AuditedRun): Judgement => audited.judge({}, evidence());

describe('an acknowledged lease that is not in the lease tables', () => {
  it('is lost, and listed with the fault under which it was given', () => {
    const { faults, cases, checks } = lostIn(run([4]));
    expect(faults?.lost).toEqual({
      total: 1,
      during: [{ faults: [0], leases: 1 }],
      leases: [
        {
          case: 'dhcp4',
          lease: '10.0.0.4',
          clients: [4],
          servers: ['server-2'],
          nodes: NODES,
          atMs: 15_000,
          during: [0],
        },
      ],
    });
    expect(cases[0]?.faults?.lostLeases).toBe(1);
    expect(cases[0]?.audit?.findings).toMatchObject([{ kind: 'missing', client: 4, during: [0] }]);
    expect(checks.find(({ name }) => name === 'audit.stored')?.verdict).toBe('fail');
  });

  it('is lost if one node lacks it, and counts once', () => {
    expect(lostIn(run([1, 4], ['node-1'])).faults?.lost).toMatchObject({
      total: 2,
      leases: [
        { lease: '10.0.0.1', nodes: ['node-1'] },
        { lease: '10.0.0.4', nodes: ['node-1'] },
      ],
    });
  });

  it('is listed with the next fault if none was active when it was given', () => {
    const { faults, cases } = lostIn(run([1, 4, 7]));
    expect(faults?.lost?.during).toEqual([
      { faults: [], before: 0, leases: 1 },
      { faults: [0], leases: 1 },
      { faults: [], leases: 1 },
    ]);
    expect(faults?.lost?.leases).toMatchObject([
      { clients: [1], during: [], before: 0 },
      { clients: [4], during: [0] },
      { clients: [7], during: [] },
    ]);
    expect(cases[0]?.audit?.findings).toMatchObject([
      { client: 1, during: [], before: 0 },
      { client: 4, during: [0] },
      { client: 7, during: [] },
    ]);
  });

  it("is lost if its row is another client's", () => {
    const audited = run([4]).stored(run([]).row(5, '10.0.0.4'));
    expect(lostIn(audited).faults?.lost?.leases).toMatchObject([{ lease: '10.0.0.4', clients: [4] }]);
  });

  it('is none if all are stored', () => {
    const { faults, cases } = lostIn(run([]));
    expect(faults?.lost).toEqual({ total: 0, during: [], leases: [] });
    expect(cases[0]?.faults?.lostLeases).toBe(0);
  });

  it('is not known before the nodes have come to rest', () => {
    const settling = { settled: false, afterMs: 60_000, nodes: [] };
    const { faults, cases } = run([4]).judge({ settling }, evidence());
    expect(faults?.lost).toBeUndefined();
    expect(cases[0]?.faults?.lostLeases).toBeNull();
  });
});

describe('a lease that two clients held', () => {
  /** Client 0 is given the lease of client 1 while node-2 is cut off. */
  const twice = () => {
    const audited = new AuditedRun('dhcp4', 3);
    audited.run.at(5 * S - 4_000).lease(1, v4(1));
    audited.run.at(16 * S - 4_000).lease(0, v4(1));
    return audited;
  };

  it('is listed with the fault under which it was given for the second time', () => {
    const { faults, cases } = twice().judge({}, evidence());
    expect(faults?.heldByTwo).toEqual({
      total: 1,
      during: [{ faults: [0], leases: 1 }],
      leases: [
        {
          case: 'dhcp4',
          lease: '10.0.0.1',
          clients: [1, 0],
          servers: ['server-2', 'server-1'],
          atMs: 16_000,
          during: [0],
        },
      ],
    });
    const witness = cases[0]?.witnesses.find(({ kind }) => kind === 'held-concurrently');
    expect(witness).toMatchObject({ lease: '10.0.0.1', during: [0] });
  });

  it('is listed under each fault that was active', () => {
    const faults = [CUT, { ...CUT, beganAtUs: 17 * S }, { ...CUT, beganAtUs: 15 * S }];
    const judged = twice().judge({}, { faults: { loadBeganAtUs: 0, faults, nodeStates: [] } });
    expect(judged.faults?.heldByTwo?.during).toEqual([{ faults: [0, 2], leases: 1 }]);
  });
});

it('a run without faults says nothing of faults in witnesses and findings', () => {
  const audited = sound();
  audited.run.lease(0, v4(1));
  const { cases } = audited.judge();
  expect(cases[0]?.witnesses).toHaveLength(1);
  expect(cases[0]?.witnesses[0]).not.toHaveProperty('during');
  for (const finding of cases[0]?.audit?.findings ?? []) expect(finding).not.toHaveProperty('during');
});
