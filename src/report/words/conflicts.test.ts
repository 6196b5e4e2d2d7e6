import { expect, it } from 'vitest';
import { accompanying } from '../../judgement/audit/logs-and-counters.js';
import type { SystemEvidence } from '../../evidence/system.js';
import { grownBy, notCountedTexts, replicatingNodes } from './conflicts.js';

const counters = (failures: number) => ({
  seen: { wsrep_last_committed: 10 * failures, wsrep_local_cert_failures: failures },
});
const leases = { lease4: { absent: '' }, lease6: { absent: '' } };
const clock = { start: { atUs: 0 }, end: { atUs: 1e6 } } as SystemEvidence['clock'];
const of = (second: SystemEvidence['nodes'][number]['after']) => ({
  accompanying: accompanying({
    servers: [],
    clock,
    nodes: [
      { name: 'node-1', before: counters(0), after: counters(1_020), leases },
      { name: 'node-2', before: counters(0), after: second, leases },
      { name: 'node-3', before: counters(2), after: counters(9), leases },
    ],
  }),
});
const failures = (result: ReturnType<typeof of>) =>
  replicatingNodes(result).map((one) => [one.node, grownBy(one, 'wsrep_local_cert_failures')]);

it('a node whose counters nobody could read has its place, and the reason is told', () => {
  const result = of({ absent: 'node-2 had died', died: 'node-2' });
  expect(failures(result)).toEqual([
    ['node-1', '1,020'],
    ['node-2', '–'],
    ['node-3', '7'],
  ]);
  expect(notCountedTexts(result)).toEqual(['node-2: not known (node-2 had died)']);
});

it('no node is left out where none could be read', () => {
  const gone = { failed: 'refused' };
  const nodes = [{ name: 'node-1', before: counters(0), after: gone, leases }];
  const result = { accompanying: accompanying({ servers: [], clock, nodes }) };
  expect(replicatingNodes(result)).toEqual([{ node: 'node-1', growth: null }]);
  expect(notCountedTexts(result)).toEqual(['node-1: not known (refused)']);
});

it('nodes without replication count no conflicts, whether they could be read or not', () => {
  const none = { before: { seen: {} }, after: { seen: {} }, leases };
  const nodes = [
    { name: 'node-1', ...none },
    { name: 'node-2', ...none, after: { failed: 'refused' } },
  ];
  expect(replicatingNodes({ accompanying: accompanying({ servers: [], clock, nodes }) })).toEqual([]);
});

it('all are known where all were read', () => {
  expect(failures(of(counters(3)))).toContainEqual(['node-2', '3']);
  expect(notCountedTexts(of(counters(3)))).toEqual([]);
});
