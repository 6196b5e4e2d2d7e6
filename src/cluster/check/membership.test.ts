import { describe, expect, it } from 'vitest';
import { healthyNode } from './facts.test-support.js';
import { membershipChecks } from './membership.js';
import type { ClusterCheck, NodeFacts } from './cluster-check.js';

const NODES = [1, 2, 3].map((number) => healthyNode(number));

describe('members of a cluster', () => {
  it('that say they are well pass', () => expect(broken(NODES)).toEqual([]));

  it.each([
    ['wsrep_cluster_size', '2', 'size db2'],
    ['wsrep_cluster_size', '4', 'size db2'],
    ['wsrep_cluster_status', 'non-Primary', 'state db2'],
    ['wsrep_local_state_comment', 'Donor/Desynced', 'synced db2'],
    ['wsrep_local_state_comment', '', 'synced db2'],
    ['wsrep_ready', 'OFF', 'ready db2'],
    ['wsrep_cluster_state_uuid', 'other', 'same-cluster'],
    ['wsrep_gcomm_uuid', 'node-1', 'distinct-nodes'],
  ])('fail with %s %s', (variable, value, finding) => {
    const [first, second, third] = NODES as [NodeFacts, NodeFacts, NodeFacts];
    const ill = { ...second, status: { ...second.status, [variable]: value } };
    expect(broken([first, ill, third])).toEqual([finding]);
  });

  it.each([
    ['[ 173, 173 ]', []],
    ['[ 0, 0 ]', ['flow-control db2']],
  ])('of Percona, which states its limit of flow control, with %s: %j', (interval, findings) => {
    const [first, second, third] = NODES.map((node) => ({ ...node, kind: 'percona' as const })) as [
      NodeFacts,
      NodeFacts,
      NodeFacts,
    ];
    const told = { ...second, status: { ...second.status, wsrep_flow_control_interval: interval } };
    expect(broken([first, told, third])).toEqual(findings);
  });

  it('count one more with an arbitrator', () => {
    const four = NODES.map((node) => ({ ...node, status: { ...node.status, wsrep_cluster_size: '4' } }));
    expect(membershipChecks(four, 4).filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  });

  it('that replicate nothing fail one check, and no other check is made of them', () => {
    const plain = healthyNode(1, { kind: 'plain', status: {} });
    expect(membershipChecks([plain], 1).map(text)).toEqual(['cluster db1']);
    expect(broken([plain, ...NODES.slice(1)])).toEqual(['cluster db1']);
  });

  it('have a hint only where a check fails', () => {
    for (const { verdict, hint } of membershipChecks(NODES, 2))
      expect(hint === null).toBe(verdict === 'pass');
  });
});

function broken(nodes: readonly NodeFacts[]): string[] {
  return membershipChecks(nodes, 3)
    .filter(({ verdict }) => verdict === 'fail')
    .map(text);
}

function text({ name, node }: ClusterCheck): string {
  return [name, node].filter(Boolean).join(' ');
}
