import { expect, test } from 'vitest';
import { CHECKED } from '../cluster-check.test-support.js';
import { clusterCheckReport } from './cluster-check.js';

test('a failed check is shown once, with all its nodes and what to do', () => {
  expect(clusterCheckReport(CHECKED)).toBe(`\
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
  const checks = CHECKED.checks.filter(({ verdict }) => verdict === 'pass');
  const text = clusterCheckReport({ ...CHECKED, verdict: 'pass', checks, unreachable: [], notes: [] });
  expect(text).toMatch(
    /^PASS {2}2 nodes reached \(galera 10\.11\.14\); Kea's schema 14\.0; all 2 checks hold\n/,
  );
  expect(text).not.toMatch(/Failed checks|does not hold|Notes|unreached/);
});
