import { describe, expect, it } from 'vitest';
import { onMachine, caseOf, changed, compare, PASSING } from '../compare.test-support.js';
import type { Comparison, Comparisons } from '../comparison.js';
import { comparisonPage } from './comparison-page.js';

/** The same on a machine whose CPU was used up. */
const BUSY = onMachine({ usedUpPercent: 90 });

const latencies = (p50: number, p99: number) => ({
  p50,
  p90: p50,
  p99,
  max: p99,
  answered: 356,
  timeouts: 0,
});

const slower = changed((_, __, second) => {
  second.latencyMs = latencies(40, 130);
});

/** Its clients held two leases at once, and it was slower. */
const broken = changed((result) => {
  caseOf(result).heldConcurrently = 2;
}, slower);

function page(
  comparisons: Comparison[],
  about: Partial<Comparisons> = {},
  links: Record<string, string> = {},
): string {
  const all: Comparisons = { schemaVersion: 1, exitCode: 0, comparisons, notes: [], ...about };
  return comparisonPage(all, (directory) => links[directory], 'tool 1');
}

/** The ids of the sections, in order. */
const sections = (html: string) => [...html.matchAll(/<section id="([\w-]+)"/g)].map(([, id]) => id);

/** The tips of the marks within one section. */
function tips(html: string, id: string): string[] {
  const section = html.split(`<section id="${id}"`)[1]?.split('</section>')[0] ?? '';
  return [...section.matchAll(/<title>([^<]+)<\/title/g)].map(([, text = '']) => text);
}

const heading = (html: string) => /<h1>([^<]+)<\/h1>/.exec(html)?.[1];

describe('the page of a comparison', () => {
  it('begins with the outcome and the worst figure, then what was compared, then what got worse', () => {
    const html = page([compare(broken, PASSING)], { exitCode: 3 });
    expect(html).toContain('<title>REGRESSION galera against reports/galera/x</title>');
    expect(heading(html)).toBe('galera: dhcp4 held by two at once 0 → 2 (+2, allowed none), and 3 more');
    expect(sections(html)).toEqual(['compared', 'worse', 'unchanged', 'every-figure', 'differences']);
  });

  it('draws what got worse, the worst first, and folds what did not change', () => {
    const html = page([compare(broken, PASSING)]);
    expect(tips(html, 'worse')).toEqual([
      'dhcp4 held by two at once: 0 → 2, +2, allowed none',
      'dhcp4 REQUEST-ACK latency p50: 1.0 ms → 40.0 ms, +3,900%, allowed +5.0 ms',
      'dhcp4 REQUEST-ACK latency p99: 1.0 ms → 130 ms, +12,900%, allowed +20.0 ms',
      'dhcp4 REQUEST-ACK latency p90: 1.0 ms → 40.0 ms, +3,900%, allowed +10.0 ms',
    ]);
    expect(html).toMatch(/<section id="unchanged"[^]*?<details>/);
    expect(html).not.toContain('<details open');
  });

  it('marks a value that is worse, and draws the range that is allowed', () => {
    const worse = page([compare(slower, PASSING)]).split('id="unchanged"')[0] ?? '';
    expect(worse.match(/class="measured worse"/g)?.length).toBeGreaterThan(3);
    expect(worse.match(/class="allowed"/g)?.length).toBeGreaterThan(3);
  });

  it('draws the lowest and highest of several runs', () => {
    const html = page([compare([PASSING, slower, slower], [PASSING, PASSING])]);
    expect(html).toContain('class="spread"');
    expect(html).toContain('1.0 ms → 40.0 ms (1.0–40.0)');
    expect(page([compare(slower, PASSING)])).not.toContain('class="spread"');
  });

  it('links the runs of both sides, and names those that are gone', () => {
    const comparison = compare(slower, PASSING);
    comparison.run.directories = ['/runs/a'];
    comparison.baseline = { ...comparison.baseline, kind: 'baseline', directories: ['/runs/gone'] };
    const html = page([comparison], {}, { '/runs/a': '../a/report.html' });
    expect(html).toContain('<a href="../a/report.html">reports/galera/x</a>');
    expect(html).toContain('marked baseline reports/galera/x');
    expect(html).not.toContain('its run');
  });

  it('marks versions that differ, and names those that are the same once', () => {
    const other = changed((result) => {
      if (result.environment) result.environment.kea.version = '2.6.3';
    });
    const html = page([compare(other, PASSING)]);
    expect(html).toMatch(/<strong>≠<\/strong> 2\.6\.3<\/span/);
    expect(html).toContain('The same in both: database ');
    expect(html).toMatch(/id="differences"[^]*kea\.version/);
  });

  it('is amber where only counts could be compared, and says why', () => {
    const busy = compare(BUSY, PASSING);
    const html = page([busy]);
    expect(html).toContain('<header class="inconclusive">');
    expect(html).toContain('<title>NO REGRESSION IN COUNTS galera');
    expect(heading(html)).toMatch(/^galera: no count got worse; nothing else could be compared$/);
    expect(html.split('</header>')[0]).toContain('percentages, latency and rate are not compared of the run');
    const suite = page([compare(PASSING, PASSING), { ...busy, name: 'other' }]);
    expect(suite).toContain('<header class="inconclusive">');
    expect(heading(suite)).toMatch(/^Only counts were compared in 1 of 2 runs: other/);
  });

  it('is amber where the run fails as its baseline did, and does not say that nothing needs to be done', () => {
    const failing = changed((result) => {
      const [first] = result.checks;
      Object.assign(result, { verdict: 'fail' });
      if (first) result.checks.push({ ...first, name: 'run.deaths', actual: 'node-2', verdict: 'fail' });
    });
    for (const html of [
      page([compare(failing, failing)]),
      page([compare(PASSING, PASSING), compare(failing, failing)]),
    ]) {
      expect(html).toContain('<header class="inconclusive">');
      expect(heading(html)).toContain('node-2');
      expect(html.split('</header>')[0]).not.toContain('Nothing needs to be done');
    }
  });

  it('is amber where runs of the baseline have no result, however few are left, and names them', () => {
    const missing = ['b', 'c'];
    for (const left of [
      [compare(PASSING, PASSING)],
      [compare(PASSING, PASSING), compare(PASSING, PASSING)],
    ]) {
      const html = page(left, { exitCode: 2, missing, notes: ['b has no result here'] });
      expect(html).toContain('<header class="inconclusive">');
      expect(html).toMatch(/<title>CAN&#39;T COMPARE/);
      expect(heading(html)).toContain(`2 of ${left.length + 2} runs of the baseline have no result here`);
      expect(html).not.toContain('Nothing needs to be done');
      expect(sections(html).at(-1)).toBe('notes');
    }
    const worse = page([compare(broken, PASSING)], { exitCode: 3, missing });
    expect(worse).toContain('<header class="fail">');
    expect(heading(worse)).toContain('2 of 3 runs of the baseline have no result here');
  });

  it('is amber where a file of an earlier version has the exit code of a missing run alone', () => {
    expect(page([compare(PASSING, PASSING)], { exitCode: 2 })).toContain('<header class="inconclusive">');
  });

  it('tells the figures that are the same from those that changed little, and has zeros at the end of the table', () => {
    const slightly = changed((_, __, second) => {
      second.latencyMs = latencies(2, 2);
    });
    const html = page([compare(slightly, PASSING)]);
    expect(html).toMatch(/<summary>\d+ figures are the same; 3 figures changed by no more than is allowed</);
    const table = html.split('<section id="every-figure"')[1] ?? '';
    expect(table.indexOf('>held by two at once<')).toBeGreaterThan(table.lastIndexOf('>latency p99<'));
    expect(html).not.toContain('data-head="of"');
  });

  it('has every figure in the table, also a count that is 0 in both', () => {
    const table = page([compare(PASSING, PASSING)]).split('<section id="every-figure"')[1] ?? '';
    expect(table).toMatch(/>held by two at once<[^]*?>0<[^]*?>0</);
  });

  it('names the figure that came nearest to its limit where nothing got worse', () => {
    const nearly = changed((_, __, second) => {
      second.latencyMs = latencies(4, 4);
    });
    const html = page([compare(nearly, PASSING)]);
    expect(heading(html)).toMatch(/^galera: nothing got worse, \d+ figures compared$/);
    expect(html).toContain('Nearest to its limit: dhcp4 REQUEST-ACK latency p50 1.0 → 4.0 ms');
    expect(html).toContain('Nothing needs to be done');
  });

  it('lists the runs of a suite, those that got worse first, and has a section for each', () => {
    const html = page([compare(PASSING, PASSING), { ...compare(broken, PASSING), name: 'other' }], {
      exitCode: 3,
      notes: ['third has no baseline'],
    });
    expect(heading(html)).toMatch(/^1 of 2 runs got worse: other, dhcp4 held by two at once 0 → 2/);
    expect(sections(html)).toEqual(['runs', 'run-1', 'run-2', 'notes']);
    expect(html).toContain('<a href="#run-1">other</a>');
    expect(html).toContain('third has no baseline');
  });

  it('is no good news if the run lacks a case, or the answers of a phase, that the baseline has', () => {
    const without = { ...PASSING, cases: [] };
    const lacking = compare(without, PASSING);
    expect(lacking).toMatchObject({ outcome: 'not-comparable' });
    expect(lacking.reasons).toContain('the run has no case dhcp4, which the baseline has');
    const silent = changed((_, __, second) => {
      second.latencyMs = null;
    });
    expect(compare(silent, PASSING).reasons).toContain(
      'the run has no answers of dhcp4 REQUEST-ACK, which the baseline has',
    );
    // What the run has in addition is no reason.
    expect(compare(PASSING, silent)).toMatchObject({ outcome: 'no-regression', reasons: [] });
  });

  it('escapes names', () => {
    const html = page([{ ...compare(slower, PASSING), name: '<b>', reasons: ['<i>'] }]);
    expect(html).not.toMatch(/<b>|<i>/);
    expect(html).not.toContain('NaN');
  });
});
