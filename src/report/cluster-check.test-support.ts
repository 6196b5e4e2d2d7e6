import type { ClusterCheck, ClusterCheckResult } from '../cluster/check/cluster-check.js';

export const holds = (name: string, node: string | null, actual: string): ClusterCheck => ({
  name,
  node,
  expected: actual,
  actual,
  verdict: 'pass',
  hint: null,
});

/** Two nodes that look for a third one, which can't be reached. */
export const CHECKED: ClusterCheckResult = {
  verdict: 'fail',
  nodes: ['db1', 'db2'].map((name) => ({ name, kind: 'galera', version: '10.11.14', wsrepProvider: '26.4' })),
  schema: '14.0',
  unreachable: [{ node: 'db3', reason: 'nothing listens on db3 port 3306', hint: 'start the node' }],
  checks: [
    holds('state', 'db1', 'Primary'),
    holds('state', 'db2', 'Primary'),
    ...['db1', 'db2'].map((node): ClusterCheck => ({
      ...holds('size', node, '2'),
      expected: '3',
      verdict: 'fail',
      hint: 'nodes are missing',
    })),
  ],
  settings: [
    {
      name: 'a_setting',
      values: { db1: '1', db2: '2' },
      advised: '1',
      meaning: 'what it is',
      weight: 'note',
    },
  ],
  notes: ['good to know'],
};
