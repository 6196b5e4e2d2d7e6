import { describe, expect, it } from 'vitest';
import type { SourceLimits } from '../checks/source-limits.js';
import { nth, prefix, v4, v6 } from '../synthetic.test-support.js';
import {
  AuditedRun,
  broken,
  findingsOf,
  LIFETIME_S,
  NODES,
  sound,
  ZERO_UNIX_S,
} from './audit.test-support.js';

describe('the audit of sound lease tables', () => {
  it('finds nothing, and says what it read', () => {
    const judgement = sound().judge();
    expect(judgement.verdict).toBe('pass');
    expect(findingsOf(judgement)).toEqual([]);
    expect(judgement.audit).toMatchObject({ notMade: [], settled: true });
    expect(nth(judgement.cases, 0).audit).toMatchObject({
      acknowledged: 3,
      rows: NODES.map((node) => ({ node, rows: 3 })),
    });
  });

  it.each([
    ['dhcp6-ia-na', v6(1), '2001:db8::1'],
    ['dhcp6-ia-pd', prefix(1, 64), '2001:db8:0:1::'],
  ])('finds nothing for %s', (name, lease, address) => {
    const audited = new AuditedRun(name, 1);
    audited.run.lease(0, lease);
    expect(findingsOf(audited.stored(audited.row(0, address)).judge())).toEqual([]);
  });

  it('finds nothing for an address and a prefix of one client, but finds a second address of it', () => {
    const audited = new AuditedRun('dhcp6-ia-na-pd', 1);
    const given = prefix(0x4000_0001, 64);
    audited.run.ask(0, 0).give(v6(1)).give(given, { answerIndex: 0 });
    audited.run.ask(0, 1).give(v6(1)).give(given, { answerIndex: 0 });
    audited.stored(audited.row(0, '2001:db8::1'));
    audited.stored(audited.row(0, '2001:db8:4000:1::', { leaseType: 'prefix', prefixLength: 64 }));
    const judgement = audited.countersSay().judge();
    expect(broken(judgement)).toEqual([]);
    expect(nth(judgement.cases, 0).audit).toMatchObject({ acknowledged: 2 });
    audited.stored(audited.row(0, '2001:db8::2'));
    expect(findingsOf(audited.judge())).toMatchObject([
      { kind: 'untold', lease: '2001:db8::2' },
      { kind: 'several-leases', client: 0, lease: '2001:db8::1' },
    ]);
  });

  it('expects each client’s lease in the subnet that its relay selects, and in no other', () => {
    const audited = new AuditedRun('dhcp4', 6);
    const subnets = [
      { case: 'dhcp4', id: 4, pool: { first: '10.0.0.0', last: '10.0.0.255' } },
      { case: 'dhcp4', id: 104, pool: { first: '10.0.1.0', last: '10.0.1.255' } },
    ];
    // The first clients of the three servers speak through the first relay, their second clients through the other
    // relay.
    for (let client = 0; client < 6; client++) {
      const relay = client < 3 ? 0 : 1;
      audited.run.lease(client, v4(256 * relay + client));
      audited.stored(audited.row(client, `10.0.${relay}.${client}`, { subnet: relay === 0 ? 4 : 104 }));
    }
    const judgement = audited.countersSay().judge({ subnets });
    expect(broken(judgement)).toEqual([]);
    expect(nth(judgement.cases, 0).audit).toMatchObject({
      acknowledged: 6,
      rows: NODES.map((node) => ({ node, rows: 6 })),
    });
    for (const rows of audited.rows.values()) {
      const row = nth(rows, 5);
      Object.assign(row, { subnet: 4 });
    }
    expect(findingsOf(audited.judge({ subnets }))).toMatchObject([
      { kind: 'out-of-pool', lease: '10.0.1.5', client: 5 },
    ]);
  });

  it('requires no row of a lease that was given back, refused or has run out', () => {
    const audited = sound();
    audited.run.ask(0, 1, { attempt: 2 }).nak();
    audited.run.lease(1, v4(1), { attempt: 2, validLifetime: 1 });
    for (const rows of audited.rows.values()) rows.splice(0, 2);
    expect(findingsOf(audited.judge())).toEqual([]);
  });

  it('accepts an infinite lease, which Kea stores as expiring when it was given', () => {
    const audited = new AuditedRun('dhcp4', 1);
    audited.run.lease(0, v4(0), { validLifetime: 0xffff_ffff });
    const row = audited.row(0, '10.0.0.0', { expire: ZERO_UNIX_S, validLifetime: 0xffff_ffff });
    expect(findingsOf(audited.stored(row).judge())).toEqual([]);
  });
});

describe('the audit finds', () => {
  it('an acknowledged lease that was never stored', () => {
    const audited = sound();
    for (const rows of audited.rows.values()) rows.splice(1, 1);
    const judgement = audited.judge();
    expect(findingsOf(judgement)).toMatchObject([
      { kind: 'missing', lease: '10.0.0.1', client: 1, server: 'server-2', nodes: NODES },
    ]);
    expect(broken(judgement)).toEqual([['audit.stored', 'fail']]);
  });

  it('a row missing on one node', () => {
    const audited = sound();
    audited.rows.get('node-2')?.splice(1, 1);
    const judgement = audited.judge();
    const found = { lease: '10.0.0.1', nodes: ['node-2'] };
    expect(findingsOf(judgement)).toMatchObject([
      { ...found, kind: 'differing', client: 1 },
      { ...found, kind: 'missing', client: 1 },
    ]);
    expect(nth(findingsOf(judgement), 0).rows).toEqual([
      { node: 'node-1', row: audited.row(1, '10.0.0.1') },
      { node: 'node-2', row: null },
      { node: 'node-3', row: audited.row(1, '10.0.0.1') },
    ]);
    expect(broken(judgement)).toEqual([
      ['audit.sameRows', 'fail'],
      ['audit.stored', 'fail'],
    ]);
  });

  it('a row changed on one node', () => {
    const audited = sound();
    audited.rows.set(
      'node-3',
      audited.rows.get('node-3')?.with(2, audited.row(2, '10.0.0.2', { state: 1 })) ?? [],
    );
    expect(findingsOf(audited.judge())).toMatchObject([
      {
        kind: 'differing',
        lease: '10.0.0.2',
        nodes: ['node-3'],
        detail: 'the same row on every node: state is 1 and not 0',
      },
      { kind: 'not-live', lease: '10.0.0.2', client: 2, nodes: ['node-3'] },
    ]);
  });

  it('the odd row, on whichever node, also where every node has a table of its own', () => {
    const audited = sound();
    const declined = (client: number) => audited.row(client, `10.0.0.${client}`, { state: 1 });
    NODES.forEach((node, client) => {
      audited.rows.set(node, audited.rows.get(node)?.with(client, declined(client)) ?? []);
    });
    const differing = findingsOf(audited.judge()).filter(({ kind }) => kind === 'differing');
    expect(differing.map(({ lease, nodes }) => [lease, nodes]).sort()).toEqual([
      ['10.0.0.0', ['node-1']],
      ['10.0.0.1', ['node-2']],
      ['10.0.0.2', ['node-3']],
    ]);
    for (const { detail } of differing) expect(detail).toContain('state is 1 and not 0');
  });

  it('that nodes differ from each other, if there is no majority', () => {
    const three = sound();
    const states = [0, 1, 2];
    NODES.forEach((node, i) => {
      const row = three.row(2, '10.0.0.2', { state: nth(states, i) });
      three.rows.set(node, three.rows.get(node)?.with(2, row) ?? []);
    });
    expect(nth(findingsOf(three.judge()), 0)).toMatchObject({
      kind: 'differing',
      nodes: NODES,
      detail:
        'the same row on every node: they differ from each other: state is 0 on node-1, 1 on node-2, 2 on node-3',
    });
    const two = sound();
    two.rows.get('node-1')?.splice(1, 1);
    const nodes = two.system.nodes.slice(0, 2);
    expect(nth(findingsOf(two.judge({ nodes })), 0)).toMatchObject({
      kind: 'differing',
      lease: '10.0.0.1',
      nodes: ['node-1', 'node-2'],
      detail: 'the same row on every node: they differ from each other: there is no such row on node-1',
    });
  });

  it('no failure in a difference that may be a mere delay', () => {
    const audited = sound();
    NODES.forEach((node, i) => {
      const row = audited.row(2, '10.0.0.2', { expire: ZERO_UNIX_S + LIFETIME_S + i });
      audited.rows.set(node, audited.rows.get(node)?.with(2, row) ?? []);
    });
    const settling = { settled: false, afterMs: 10_000, nodes: [] };
    expect(broken(audited.judge({ settling }))).toContainEqual(['audit.sameRows', 'inconclusive']);
    expect(broken(audited.judge())).toEqual([['audit.sameRows', 'fail']]);
  });

  it('a row that only one node has', () => {
    const audited = sound();
    audited.stored(audited.row(2, '10.0.0.9'), ['node-1']);
    const kinds = findingsOf(audited.judge()).map(({ kind, lease, nodes }) => [kind, lease, nodes]);
    expect(kinds).toEqual([
      ['differing', '10.0.0.9', ['node-1']],
      ['untold', '10.0.0.9', ['node-1']],
      ['several-leases', '10.0.0.2', ['node-1']],
    ]);
  });

  it('a row that no client was told of', () => {
    const audited = new AuditedRun('dhcp4', 4);
    audited.run.lease(0, v4(0));
    audited.run.ask(1, 0).give(v4(1));
    audited.run.ask(1, 1).nak();
    audited.stored(audited.row(0, '10.0.0.0')).stored(audited.row(1, '10.0.0.1'));
    const judgement = audited.countersSay([0, -1, 0]).judge();
    expect(findingsOf(judgement)).toMatchObject([
      { kind: 'untold', lease: '10.0.0.1', client: 1, nodes: NODES },
    ]);
  });

  it('a row that no client was told of, but can’t tell if the journal ended before the run', () => {
    const audited = sound();
    audited.stored(audited.row(0, '10.0.0.8', { clientIdentifier: 'ff' }));
    const endedEarly = { code: 'STORAGE', message: 'no space' };
    expect(broken(audited.judge())).toEqual([['audit.untold', 'fail']]);
    expect(broken(audited.judge({}, { endedEarly }))).toEqual([
      ['run.endedEarly', 'inconclusive'],
      ['audit.untold', 'inconclusive'],
    ]);
  });

  it('what a message that is not in the journal may explain, but only where none is missing', () => {
    const audited = sound();
    audited.rows.get('node-1')?.splice(0, 1);
    audited.rows.get('node-2')?.splice(0, 1);
    audited.rows.get('node-3')?.splice(0, 1);
    const source: SourceLimits = {
      ...{ missing: ['the end of the journal'], unmade: new Set() },
      ...{ unseenRequests: false, prefixLengths: true, times: true },
    };
    expect(broken(audited.judge())).toEqual([['audit.stored', 'fail']]);
    expect(broken(audited.judge({}, {}, { source }))).toEqual([
      ['source.complete', 'inconclusive'],
      ['audit.stored', 'inconclusive'],
    ]);
    audited.rows.get('node-1')?.splice(0, 1);
    expect(broken(audited.judge({}, {}, { source }))).toContainEqual(['audit.sameRows', 'fail']);
  });

  it('a row of an unknown client, and a row in a subnet of no case', () => {
    const audited = sound();
    audited.stored(audited.row(0, '10.0.0.8', { clientIdentifier: 'ff' }));
    audited.stored(audited.row(0, '192.0.2.1', { subnet: 999 }));
    expect(findingsOf(audited.judge())).toMatchObject([
      { kind: 'untold', lease: '192.0.2.1', client: null },
      { kind: 'untold', lease: '10.0.0.8', client: null },
    ]);
  });

  it('a lease outside the pool', () => {
    const audited = new AuditedRun('dhcp4', 1);
    audited.run.lease(0, v4(0x01_0000));
    const judgement = audited.stored(audited.row(0, '10.1.0.0')).judge();
    expect(findingsOf(judgement)).toMatchObject([{ kind: 'out-of-pool', lease: '10.1.0.0', client: 0 }]);
    expect(broken(judgement)).toEqual([['audit.pools', 'fail']]);
  });

  it('an acknowledged lease outside the pool, also if there is no row of it', () => {
    const audited = new AuditedRun('dhcp4', 1);
    audited.run.lease(0, v4(0x01_0000));
    const judgement = audited.judge();
    expect(findingsOf(judgement)).toMatchObject([
      { kind: 'out-of-pool', lease: '10.1.0.0', client: 0, server: 'server-1', nodes: NODES },
    ]);
    expect(broken(judgement)).toEqual([['audit.pools', 'fail']]);
    const prefixes = new AuditedRun('dhcp6-ia-pd', 1);
    prefixes.run.lease(0, prefix(1, 80));
    expect(findingsOf(prefixes.judge())).toMatchObject([{ kind: 'wrong-length', client: 0 }]);
  });

  it.each([
    ['another lifetime than was answered', 4000, 4000, 7200, 1],
    ['a shorter lifetime than was answered', 4000, 4000, 3600, 1],
    ['no lifetime', 4000, 4000, 0, 1],
    ['an infinite lifetime that was answered finite', 4000, 4000, 0xffff_ffff, 1],
    ['no fault in a longer lifetime, if the server told what was left of it', 3980, 4000, 4000, 0],
    ['a longer lifetime that would be from before the run', 3980, 3980, 4000, 1],
  ])('%s', (_, told, expiresAfter, stored, findings) => {
    const audited = new AuditedRun('dhcp4', 1);
    audited.run.at(expiresAfter === told ? 0 : (expiresAfter - told) * 1_000_000);
    audited.run.lease(0, v4(0), { validLifetime: told });
    const row = audited.row(0, '10.0.0.0', { expire: ZERO_UNIX_S + expiresAfter, validLifetime: stored });
    const judgement = audited.stored(row).judge();
    expect(findingsOf(judgement)).toHaveLength(findings);
    expect(broken(judgement)).toEqual(Array.from({ length: findings }, () => ['audit.expiry', 'fail']));
  });

  it('no wrong lifetime in a row of an earlier run, whose start nobody knows', () => {
    const audited = new AuditedRun('dhcp4', 1);
    audited.run.lease(0, v4(0), { validLifetime: 3000 });
    audited.stored(audited.row(0, '10.0.0.0', { expire: ZERO_UNIX_S + 3000 }));
    expect(findingsOf(audited.judge())).toMatchObject([{ kind: 'lifetime' }]);
    expect(findingsOf(audited.judge({ ownRowsOnly: true }))).toEqual([]);
  });

  it('a prefix stored with another length than the configured one', () => {
    const audited = new AuditedRun('dhcp6-ia-pd', 1);
    audited.run.lease(0, prefix(1, 64));
    const judgement = audited.stored(audited.row(0, '2001:db8:0:1::', { prefixLength: 80 })).judge();
    expect(findingsOf(judgement)).toMatchObject([
      { kind: 'wrong-length', lease: '2001:db8:0:1::/80', client: 0 },
    ]);
  });

  it.each(['clientIdentifier', 'hardwareAddress'] as const)('another %s in the row', (part) => {
    const audited = new AuditedRun('dhcp4', 2);
    audited.run.lease(0, v4(0));
    const judgement = audited.stored(audited.row(0, '10.0.0.0', { [part]: 'ff'.repeat(6) })).judge();
    expect(findingsOf(judgement)).toMatchObject([{ kind: 'other-identity', lease: '10.0.0.0', client: 0 }]);
    expect(broken(judgement)).toEqual([['audit.identity', 'fail']]);
  });

  it('another IAID in the row', () => {
    const audited = new AuditedRun('dhcp6-ia-na', 1);
    audited.run.lease(0, v6(1));
    const judgement = audited.stored(audited.row(0, '2001:db8::1', { iaid: 99 })).judge();
    expect(findingsOf(judgement)).toMatchObject([{ kind: 'other-identity', lease: '2001:db8::1' }]);
  });

  it.each([
    [-4, 1],
    [-3, 0],
    [4, 0],
    [5, 1],
  ])('an expiry %i seconds off: %i finding', (off, findings) => {
    const audited = new AuditedRun('dhcp4', 1);
    audited.run.lease(0, v4(0));
    const row = audited.row(0, '10.0.0.0', { expire: ZERO_UNIX_S + LIFETIME_S + off });
    expect(findingsOf(audited.stored(row).judge()).map(({ kind }) => kind)).toEqual(
      Array.from({ length: findings }, () => 'expiry'),
    );
  });

  it('two live leases of one client', () => {
    const audited = new AuditedRun('dhcp4', 1);
    audited.run.lease(0, v4(0));
    audited.run.lease(0, v4(1), { attempt: 2 });
    const judgement = audited.stored(audited.row(0, '10.0.0.0')).stored(audited.row(0, '10.0.0.1')).judge();
    expect(findingsOf(judgement)).toMatchObject([{ kind: 'several-leases', client: 0, lease: '10.0.0.0' }]);
    expect(nth(findingsOf(judgement), 0).detail).toContain('10.0.0.1');
    expect(broken(judgement)).toEqual([['audit.oneLease', 'fail']]);
  });
});
