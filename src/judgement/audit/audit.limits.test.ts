import { describe, expect, it } from 'vitest';
import { v4 } from '../synthetic.test-support.js';
import { AuditedRun, broken, findingsOf, NODES, sound } from './audit.test-support.js';

describe('a request without an answer', () => {
  it('excuses a row that its client was not told of', () => {
    const audited = new AuditedRun('dhcp4', 1);
    audited.run.ask(0, 0).give(v4(0));
    audited.run.ask(0, 1).timeout();
    expect(findingsOf(audited.stored(audited.row(0, '10.0.0.0')).judge())).toEqual([]);
  });

  it('excuses no row of another client', () => {
    const audited = new AuditedRun('dhcp4', 2);
    audited.run.ask(0, 1).timeout();
    expect(findingsOf(audited.stored(audited.row(1, '10.0.0.0')).judge())).toMatchObject([
      { kind: 'untold', client: 1 },
    ]);
  });
});

describe('what can’t be told', () => {
  it('is a difference between nodes that had not come to rest', () => {
    const audited = sound();
    audited.rows.get('node-2')?.splice(1, 1);
    const judgement = audited.judge({ settling: { settled: false, afterMs: 10_000, nodes: [] } });
    expect(judgement.verdict).toBe('inconclusive');
  });

  it('is not a row that no node has', () => {
    const audited = sound();
    for (const rows of audited.rows.values()) rows.splice(1, 1);
    const judgement = audited.judge({ settling: { settled: false, afterMs: 10_000, nodes: [] } });
    expect(judgement.verdict).toBe('fail');
  });

  it('is an audit without one of the nodes', () => {
    const audited = sound();
    const gone = { failed: 'connect ECONNREFUSED' };
    const nodes = audited.system.nodes.map((node, index) =>
      index === 1 ? { ...node, leases: { lease4: gone, lease6: gone } } : node,
    );
    const judgement = audited.judge({ nodes });
    expect(broken(judgement)).toEqual([['audit.made', 'inconclusive']]);
    expect(judgement.audit?.notMade).toEqual([
      'lease4 of node-2: connect ECONNREFUSED',
      'lease6 of node-2: connect ECONNREFUSED',
    ]);
  });

  it('is no failure of the audit if a node or a server had died', () => {
    const audited = sound();
    const died = (name: string) => ({ absent: `${name} had died`, died: name });
    const gone = { lease4: died('node-2'), lease6: died('node-2') };
    const nodes = audited.system.nodes.map((node, index) => (index === 1 ? { ...node, leases: gone } : node));
    const servers = audited.system.servers.map((server, index) =>
      index === 0 ? server : { ...server, after: died(index === 1 ? 'node-2' : server.name) },
    );
    const judgement = audited.judge({ nodes, servers });
    expect(broken(judgement)).toEqual([]);
    const { notMade, goneWithTheDead } = judgement.audit ?? {};
    expect([notMade, goneWithTheDead?.length]).toEqual([[], 3]);
    const [, whose = ''] = /of (.*): it had died/.exec(goneWithTheDead?.[2] ?? '') ?? [];
    expect(whose).toBe(servers[2]?.name);

    const allGone = audited.system.nodes.map((node) => ({ ...node, leases: gone }));
    expect(broken(audited.judge({ nodes: allGone, servers }))).toEqual([['audit.made', 'inconclusive']]);
  });

  it('is said once if no table could be read', () => {
    const ended = { failed: 'not asked: the run was ended' };
    const audited = sound();
    const nodes = audited.system.nodes.map((node) => ({ ...node, leases: { lease4: ended, lease6: ended } }));
    const judgement = audited.judge({ nodes });
    expect(broken(judgement)).toEqual([['audit.made', 'inconclusive']]);
    expect(judgement.audit?.notMade).toEqual(['no lease table was read: not asked: the run was ended']);
  });

  it('is an audit that was not made at all', () => {
    const judgement = sound().run.judge({ audit: { notMade: 'the run ended before' } });
    expect(broken(judgement)).toEqual([['audit.made', 'inconclusive']]);
  });
});

describe('databases without replication', () => {
  it('are each audited for the leases of its own server', () => {
    const audited = new AuditedRun('dhcp4', 3);
    for (let client = 0; client < 3; client++) {
      audited.run.lease(client, v4(client));
      audited.stored(audited.row(client, `10.0.0.${client}`), [NODES[client] ?? '']);
    }
    expect(broken(audited.judge({ replicated: false }))).toEqual([]);
    audited.rows.set('node-1', []);
    expect(findingsOf(audited.judge({ replicated: false }))).toMatchObject([
      { kind: 'missing', lease: '10.0.0.0', nodes: ['node-1'] },
    ]);
  });
});
