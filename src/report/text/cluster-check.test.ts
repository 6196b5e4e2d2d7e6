import { expect, test } from 'vitest';
import type { ClusterCheck, ClusterCheckResult } from '../../cluster/check/cluster-check.js';
import { clusterCheckReport } from './cluster-check.js';

const holds = (name: string, node: string | null, actual: string): ClusterCheck => ({
  name,
  node,
  expected: actual,
  actual,
  verdict: 'pass',
  hint: null,
});

const RESULT: ClusterCheckResult = {
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

test('a failed check is shown once, with all its nodes and what to do', () => {
  expect(clusterCheckReport(RESULT)).toBe(`\
FAIL  2 nodes reached (galera 10.11.14); 1 can't be reached; Kea's schema 14.0;
      2 of 4 checks do not hold

node kind      state   synced ready size schema seen on
db1  galera    Primary –      –     2    –      –
db2  galera    Primary –      –     2    –      –
db3  unreached

Failed checks
db3: nothing listens on db3 port 3306
  → start the node
size db1, db2: expected 3; found 2
  → nodes are missing

Settings known to matter
     setting   present      advised
note a_setting db1 1, db2 2 1
      what it is

Notes
- good to know
`);
});

test('the report has no failures if all checks hold', () => {
  const checks = RESULT.checks.filter(({ verdict }) => verdict === 'pass');
  const text = clusterCheckReport({ ...RESULT, verdict: 'pass', checks, unreachable: [], notes: [] });
  expect(text).toMatch(
    /^PASS {2}2 nodes reached \(galera 10\.11\.14\); Kea's schema 14\.0; all 2 checks hold\n/,
  );
  expect(text).not.toMatch(/Failed checks|does not hold|Notes|unreached/);
});
