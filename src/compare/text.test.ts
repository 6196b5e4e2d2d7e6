import { describe, expect, it } from 'vitest';
import { ANSI } from '../terminal/style.js';
import { onMachine, changed, compare, caseOf, measured, PASSING } from './compare.test-support.js';
import { comparisonMarkdown } from './markdown.js';
import type { Comparison, Comparisons } from './comparison.js';
import { compareWithPublished } from './published.js';
import { comparisonReport } from './text.js';

/** The same on a machine whose CPU was used up. */
const BUSY = onMachine({ usedUpPercent: 90 });

const slower = changed((result, _, second) => {
  second.latencyMs = { p50: 40, p90: 90, p99: 130, max: 130, answered: 356, timeouts: 0 };
  caseOf(result).heldConcurrently = 2;
});

function shown(comparison: Comparison, notes: string[] = []): string {
  const all: Comparisons = { schemaVersion: 1, exitCode: 0, comparisons: [comparison], notes };
  return comparisonReport(all, {});
}

describe('the text of a comparison', () => {
  it('begins with a line for each regression, the worst first', () => {
    const lines = shown(compare(slower, PASSING)).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'REGRESSION galera: dhcp4 held by two at once 0 → 2 (+2, allowed none)',
      'REGRESSION galera: dhcp4 REQUEST-ACK latency p90 1.0 → 90.0 ms (+8,900%, allowed +10.0 ms)',
      'REGRESSION galera: dhcp4 REQUEST-ACK latency p50 1.0 → 40.0 ms (+3,900%, allowed +5.0 ms)',
    ]);
  });

  it('has a row for each figure, and one line for all counts that are 0', () => {
    const text = shown(compare(slower, PASSING));
    expect(text).toMatch(/^dhcp4 REQUEST-ACK\n/m);
    expect(text).toMatch(/^ {2}latency p99 +1\.0 ms +130 ms +\+12,900% +\+20\.0 ms +worse$/m);
    expect(text).toMatch(/^ {2}held by two at once +0 +2 +\+2 +none +worse$/m);
    expect(text).toMatch(/^\d+ counts of violations: 0 in both$/m);
    const wide = text.split('\n').filter((line) => line.length > 80);
    expect(wide.filter((line) => !line.startsWith('REGRESSION'))).toEqual([]);
  });

  it('says that nothing got worse, and names the baseline', () => {
    expect(shown(compare(PASSING, PASSING), ['b is not compared'])).toMatch(
      /^NO REGRESSION galera: \d+ figures compared; against reports\/galera\/x of\n {2}2022-11-20 01:02\n- b is not compared\n/,
    );
  });

  it('says why runs are not comparable, and names ignored differences', () => {
    const interrupted = changed((result) => {
      result.tool.version = '1.0.0';
    });
    Object.assign(interrupted, { outcome: 'interrupted', exitCode: 130 });
    const text = shown(compare(interrupted, PASSING));
    expect(text).toMatch(/^CAN'T COMPARE galera: the run can't be compared: it ended early\n/);
    expect(text).toContain(
      '- compared although kea-lease-conformance major version differs: 1 now, 0 in the\n  baseline\n',
    );
  });

  it('says first that only counts were compared, where the machine fell short', () => {
    const busy = compare(BUSY, PASSING);
    expect(busy).toMatchObject({ outcome: 'no-regression', onlyCounts: true });
    expect(shown(busy)).toMatch(
      /^NO REGRESSION IN COUNTS galera: percentages, latency and rate are not compared/,
    );
    expect(compare(PASSING, PASSING).onlyCounts).toBe(false);
    // What got worse says more.
    const worse = compare({ ...BUSY, cases: slower.cases }, PASSING);
    expect(shown(worse)).toMatch(/^REGRESSION galera: dhcp4 held by two at once/);
  });

  it('has no table where all is a count that is 0', () => {
    const { figures, ...one } = compare(PASSING, PASSING);
    const counts = figures.filter(
      ({ unit, run, baseline }) => unit === 'count' && run !== null && baseline !== null,
    );
    const text = shown({ ...one, figures: counts });
    expect(text).not.toContain('allowed');
    expect(text).toMatch(/^\d+ counts of violations: 0 in both$/m);
  });

  it('shows medians with their spread', () => {
    expect(shown(compare([PASSING, slower, slower], PASSING))).toMatch(
      /^ {2}latency p50 +1\.0 ms +40\.0 ms \(1\.0–40\.0\)/m,
    );
  });

  it('has colours on a terminal with colours', () => {
    const all = {
      schemaVersion: 1 as const,
      exitCode: 3,
      comparisons: [compare(slower, PASSING)],
      notes: [],
    };
    expect(comparisonReport(all, { style: ANSI })).toContain(ANSI.red(ANSI.bold('REGRESSION')));
  });
});

describe('the summary of a CI job', () => {
  it('begins with the regressions, escaped, and folds the figures', () => {
    const worse = compare(slower, PASSING);
    const name = '<b>galera';
    const all: Comparisons = {
      schemaVersion: 1,
      exitCode: 3,
      comparisons: [{ ...worse, name }],
      notes: ['b'],
    };
    const text = comparisonMarkdown(all, 1 << 20);
    expect(text).toMatch(
      /^## ❌ REGRESSION &lt;b&gt;galera, against reports\/galera\/x\n\n- dhcp4 held by two at once 0 → 2 /,
    );
    expect(text).toContain('<details><summary>&lt;b&gt;galera: every figure compared</summary>');
    expect(text).not.toContain('<b>');
    expect(comparisonMarkdown({ ...all, comparisons: [compare(PASSING, PASSING)] }, 1 << 20)).toMatch(
      /^## ✅ NO REGRESSION galera/,
    );
  });
});

describe('compared with the published figures', () => {
  const published = (result: typeof PASSING) => compareWithPublished(measured(result));

  it('a reproduced first phase is no regression, and a second phase without answers is named', () => {
    const compared = published(PASSING);
    expect(compared).toMatchObject({ outcome: 'no-regression', baseline: { kind: 'published' } });
    expect(compared?.reasons).toEqual([
      "dhcp4 REQUEST-ACK can't be compared: the article has no answers to compare with",
    ]);
    expect(compared?.figures[0]).toMatchObject({
      baseline: { median: 33 },
      run: { median: 33.43 },
      word: 'within',
    });
  });

  it('a partly reproduced run is no regression, and both parts are named', () => {
    const reason = 'as published: duplicates; not as published: the share without a lease';
    const part = changed((result) => {
      const [first] = caseOf(result).published?.phases ?? [];
      Object.assign(first ?? {}, { word: 'partly-reproduced', reasons: [reason] });
    });
    expect(published(part)).toMatchObject({
      outcome: 'no-regression',
      reasons: [
        `dhcp4 DISCOVER-OFFER is only partly as published: ${reason}`,
        expect.stringContaining("REQUEST-ACK can't be compared"),
      ],
    });
  });

  it('a run that is not reproduced is a regression, which names the differing figures', () => {
    const off = changed((result) => {
      const [first] = caseOf(result).published?.phases ?? [];
      Object.assign(first ?? {}, { word: 'not-reproduced', reasons: ['duplicates 12%, published 33%'] });
    });
    expect(published(off)).toMatchObject({
      outcome: 'regression',
      regressions: ['dhcp4 DISCOVER-OFFER is not as published: duplicates 12%, published 33%'],
    });
  });

  it('a run is judged by its reproduction half', () => {
    const of = (verdict: 'not reproduced' | "can't tell") =>
      published(
        changed((result) => {
          result.reproduction = { verdict, reason: 'the CPU was used up', figures: [], premises: [] };
        }),
      );
    expect(of('not reproduced')).toMatchObject({
      outcome: 'regression',
      regressions: ['the CPU was used up'],
    });
    expect(of("can't tell")).toMatchObject({ outcome: 'not-comparable', regressions: [] });
    expect(of("can't tell")?.reasons).toHaveLength(1);
  });

  it('another experiment is not comparable, and a scenario without published figures has no comparison', () => {
    const other = changed((result) => {
      for (const phase of caseOf(result).published?.phases ?? []) phase.word = 'not-comparable';
    });
    expect(published(other)?.outcome).toBe('not-comparable');
    expect(published(changed((result) => (caseOf(result).published = null)))).toBeUndefined();
  });
});
