import { describe, expect, it } from 'vitest';
import { articleHeading, articleLine, PUBLISHED } from './published.js';
import { prefix, SyntheticRun, v4, v6, type Lease } from '../synthetic.test-support.js';

/** Whole numbers that give the printed rows: how many leases were given to one, two and three clients. */
const SOLUTIONS = [
  { table: 'galera', case: 'dhcp4', once: 1, twice: 2, thrice: 117 },
  { table: 'galera', case: 'dhcp6-ia-na', once: 1, twice: 0, thrice: 118 },
  { table: 'galera', case: 'dhcp6-ia-pd', once: 1, twice: 0, thrice: 118 },
  { table: 'percona', case: 'dhcp4', once: 1, twice: 3, thrice: 115 },
  { table: 'percona', case: 'dhcp6-ia-na', once: 2, twice: 6, thrice: 111 },
  { table: 'percona', case: 'dhcp6-ia-pd', once: 2, twice: 113, thrice: 1 },
] as const;

const PRINTED = `
Duplicates for DISCOVER-OFFER (119/356, 33% with 99% appearance)
No duplicates for REQUEST-ACK (0/0, 0%).
Duplicates for SOLICIT-ADVERTISE (118/355, 33% with 99% appearance)
No duplicates for REQUEST-REPLY (0/355, 0%).
Duplicates for SOLICIT-ADVERTISE (118/355, 33% with 99% appearance)
No duplicates for REQUEST-REPLY (0/355, 0%).
Duplicates for DISCOVER-OFFER (118/352, 33% with 99% appearance)
No duplicates for REQUEST-ACK (0/0, 0%).
Duplicates for SOLICIT-ADVERTISE (117/347, 33% with 98% appearance)
No duplicates for REQUEST-REPLY (0/347, 0%).
Duplicates for SOLICIT-ADVERTISE (114/231, 49% with 98% appearance)
No duplicates for REQUEST-REPLY (0/231, 0%).`;

/** Makes the offers of the solution. Then, where the article has answers, each client gets a lease of its own. */
function runFor({ case: name, once, twice, thrice }: (typeof SOLUTIONS)[number], second: number) {
  const nthLease = (n: number): Lease =>
    name === 'dhcp4' ? v4(n) : name === 'dhcp6-ia-na' ? v6(n) : prefix(n << 16, 48);
  const run = new SyntheticRun({ name, clients: once + 2 * twice + 3 * thrice });
  let client = 0;
  for (let lease = 0; lease < once + twice + thrice; lease++) {
    const times = lease < once ? 1 : lease < once + twice ? 2 : 3;
    for (let i = 0; i < times; i++) run.ask(client++, 0).give(nthLease(lease));
  }
  for (let one = 0; one < client; one++) {
    const asked = run.ask(one, 1);
    if (one < second) asked.give(nthLease(0x1000 + one));
    else asked.timeout();
  }
  return run;
}

describe('the six published rows', () => {
  it('are printed as in the article', () => {
    const lines = PUBLISHED.flatMap(({ first, second }) => [
      articleLine(first.phase, first),
      articleLine(second.phase, second),
    ]);
    expect(lines.join('\n')).toBe(PRINTED.trim());
  });

  it.each(SOLUTIONS)('$table $case comes out of $thrice, $twice and $once leases', (solution) => {
    const row = PUBLISHED.find((one) => one.table === solution.table && one.case === solution.case);
    if (row === undefined) throw new Error('no such row');
    const run = runFor(solution, row.second.responses);
    for (const [index, published] of [row.first, row.second].entries()) {
      const figures = run.phase(index as 0 | 1).firstAttempt;
      expect(articleLine(published.phase, figures)).toBe(articleLine(published.phase, published));
    }
  });

  it('have the headings of the article', () => {
    expect(articleHeading('dhcp4', 3)).toBe('# 3 x kea-dhcp4 servers');
    expect(articleHeading('dhcp6-ia-pd', 3)).toBe('# 3 x kea-dhcp6 servers, IA_PD');
  });
});

describe("the article's own sentence", () => {
  it('(duplicate allocations over distinct leases) does not give the printed percentage', () => {
    const { firstAttempt } = runFor(SOLUTIONS[0], 0).phase(0);
    expect(firstAttempt).toEqual({
      requests: 356,
      responses: 356,
      distinctLeases: 120,
      duplicateLeases: 119,
      duplicatePercent: (100 * 119) / 356,
      appearancePercent: (100 * 119) / 120,
      allocationsPerDistinctLease: 355 / 120,
      sharing: { 1: 1, 2: 2, 3: 117 },
    });
  });
});
