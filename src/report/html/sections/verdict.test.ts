import { describe, expect, it } from 'vitest';
import type { Check } from '../../../results/check.js';
import type { Result } from '../../../results/result.js';
import { dhcp4AsPublished, dhcp6WithRefusals, resultOf } from '../../report.test-support.js';
import { audit } from './audit.js';
import { caseCards } from './verdict.js';

const base = resultOf([dhcp4AsPublished(), dhcp6WithRefusals()]);

const open = (caseName: string): Check => ({
  ...{ name: 'load.answered', case: caseName, phase: 'DISCOVER-OFFER' },
  ...{ expected: 'at least 95% answered', actual: '58% answered', verdict: 'inconclusive' },
});

/** The look and the text of each card. */
const cardsOf = (more: Partial<Result>) =>
  String(caseCards({ ...base, checks: [], ...more }))
    .split('<article class="card ')
    .slice(1);

describe('the card of a case', () => {
  it('is amber where a check of the case can not tell, and names the check', () => {
    const [dhcp4 = '', dhcp6 = ''] = cardsOf({ checks: [open('dhcp4')] });
    expect(dhcp4).toMatch(/^inconclusive"/);
    expect(dhcp4).toContain('load.answered');
    expect(dhcp6).toMatch(/^pass"/);
    expect(dhcp6).not.toContain('load.answered');
  });

  it('stays red for what is certain', () => {
    const cases = base.cases.map((one) => ({ ...one, heldConcurrently: 3 }));
    expect(cardsOf({ cases, checks: [open('dhcp4')] })[0]).toMatch(/^fail"/);
  });
});

describe('the audit', () => {
  const withRows = (rows: number, replicated = true) => {
    const [one] = base.cases;
    const own = { acknowledged: 356, rows: [{ node: 'node-1', rows }], findings: [], omitted: 0 };
    const run = {
      ...{ replicated, settled: true, settledAfterMs: 1, notMade: [], findings: [], omitted: 0 },
      nodes: [{ node: 'node-1', lease4: null, lease6: null }],
    };
    return String(
      audit({ ...base, cases: [{ ...one, audit: own }], audit: run } as unknown as Result)?.content,
    );
  };

  it('explains more rows than clients with a lease', () => {
    const { clientsWithLease } = base.cases[0] ?? {};
    expect(withRows(389)).toContain(`dhcp4 389 and ${clientsWithLease}`);
    expect(withRows(clientsWithLease ?? 0)).not.toContain('More rows');
    expect(withRows(389, false)).not.toContain('More rows');
  });
});
