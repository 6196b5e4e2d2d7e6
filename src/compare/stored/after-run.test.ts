import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { comparisonsSchema } from '../comparison.js';
import { DEFAULT_TOLERANCES } from '../tolerances.js';
import { PLAIN } from '../../terminal/style.js';
import type { SuiteRun } from '../../report/suite-result.js';
import { suiteOf } from '../../run/suites/suite.js';
import { writeSuiteReports } from '../../suite/suite-reports.js';
import { compareAfterRun, compareFinished, requireBaselines, type CompareWith } from './after-run.js';
import { COMPARISON_PAGE } from './comparison-page.js';
import { markBaseline } from './baselines.js';
import { COMPARISON_FILE } from './stored-comparison.js';
import { storeRunApart } from './stored-apart.test-support.js';

let directory: string;
let options: CompareWith;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'after-'));
  options = { baselines: join(directory, 'baselines'), tolerances: DEFAULT_TOLERANCES };
});
afterEach(() => rmSync(directory, { recursive: true }));

function stored(name: string, changes: Parameters<typeof storeRunApart>[2] = {}): string {
  storeRunApart(join(directory, name), 12, changes);
  return join(directory, name);
}

function damage(scenario: string): void {
  mkdirSync(join(options.baselines, scenario), { recursive: true });
  writeFileSync(join(options.baselines, scenario, 'bad.json'), '{');
}

const compared = (run: string) => compareAfterRun(run, options, () => undefined);

describe('a run with --baseline', () => {
  it('is refused before it starts where nothing is marked', () => {
    expect(() => requireBaselines(['plain'], options)).toThrow(
      expect.objectContaining({ code: 'USAGE', hint: expect.stringContaining('baseline set') as string }),
    );
    markBaseline(stored('one'), options.baselines, new Date());
    expect(() => requireBaselines(['other', 'plain'], options)).not.toThrow();
  });

  it('is refused before it starts where one of many baselines is damaged', () => {
    markBaseline(stored('one'), options.baselines, new Date());
    damage('other');
    expect(() => requireBaselines(['plain', 'other'], options)).toThrow(
      expect.objectContaining({ code: 'SOURCE', message: expect.stringContaining('bad.json') as string }),
    );
  });

  it('keeps its result if the comparison fails; the error is printed and sets the exit code', () => {
    damage('plain');
    const { exitCode, lines } = compareFinished(stored('one'), options, () => undefined);
    expect(exitCode).toBe(64);
    expect(lines(80, PLAIN)[0]).toMatch(/^error SOURCE: .*bad\.json can't be read as a baseline/);
  });

  it('is compared, and the comparison is stored beside it', () => {
    markBaseline(stored('one'), options.baselines, new Date());
    const worse = stored('worse', { lease: () => 7 });
    const { exitCode, lines } = compared(worse);
    expect(exitCode).toBe(3);
    expect(lines(80, PLAIN)[0]).toMatch(/^REGRESSION plain: verdict pass → fail/);
    const text = readFileSync(join(worse, COMPARISON_FILE), 'utf8');
    expect(comparisonsSchema.parse(JSON.parse(text))).toMatchObject({ exitCode: 3 });
    expect(compared(stored('same')).exitCode).toBe(0);
  });

  it('that has a page has one of the comparison too, with links to both runs', () => {
    const baseline = stored('one');
    markBaseline(baseline, options.baselines, new Date());
    const run = stored('with-page');
    compared(run);
    expect(existsSync(join(run, COMPARISON_PAGE))).toBe(false);
    for (const each of [run, baseline]) writeFileSync(join(each, 'report.html'), '');
    compared(run);
    const page = readFileSync(join(run, COMPARISON_PAGE), 'utf8');
    expect(page).toMatch(/<a href="report\.html">/);
    expect(page).toContain('<a href="../one/report.html">its run</a>');
  });

  it('of other circumstances than any baseline is not compared, and each difference named', () => {
    markBaseline(stored('one', { load: { ratePerServer: 9 } }), options.baselines, new Date());
    const run = stored('other');
    const { exitCode, lines } = compared(run);
    expect(exitCode).toBe(2);
    const text = lines(1_000, PLAIN).join('\n');
    expect(text).toMatch(/^CAN'T COMPARE plain: its circumstances differ from those of its baseline /);
    expect(text).toContain('scenario.load.ratePerServer is 1, was 9');
    const written = readFileSync(join(run, COMPARISON_FILE), 'utf8');
    expect(comparisonsSchema.parse(JSON.parse(written))).toMatchObject({
      exitCode: 2,
      comparisons: [{ outcome: 'not-comparable' }],
    });
  });

  it('is named if it has no baseline and another run of its suite has one', () => {
    const { exitCode, lines } = compared(stored('one'));
    expect(lines(80, PLAIN)).toEqual(['plain has no baseline, so it is not compared']);
    expect(exitCode).toBe(0);
  });

  it('of a suite is inconclusive if a run with a baseline has no result', () => {
    const made = { name: 'plain', scenario: 'plain', directory: 'plain', exitCode: 0 } as const;
    const crashed = { name: 'gone', scenario: 'gone', directory: 'gone', exitCode: 69 } as const;
    const runs: SuiteRun[] = [
      { ...made, verdict: 'pass', outcome: 'pass' },
      { ...crashed, verdict: null, outcome: 'could not be run' },
    ];
    const suite = suiteOf({ startedAt: new Date(), runs, tables: [], interrupted: undefined });
    stored('plain');
    writeFileSync(join(directory, 'suite.json'), JSON.stringify(suite));
    markBaseline(stored('earlier'), options.baselines, new Date());
    expect(compared(directory).exitCode).toBe(0);
    markBaseline(stored('before', { name: 'gone' }), options.baselines, new Date());
    const { exitCode, lines } = compared(directory);
    expect(exitCode).toBe(2);
    expect(lines(80, PLAIN)).toContain("CAN'T COMPARE: 1 of 2 runs of the baseline has no result here");
    expect(lines(80, PLAIN).at(-1)).toBe('gone has a baseline, but no result, so it is not compared');
    const [junit = ''] = writeSuiteReports({
      directory,
      suite,
      members: [],
      formats: ['junit'],
      inconclusive: 'skip',
    });
    expect(readFileSync(junit, 'utf8')).toContain('<testsuite name="baseline" tests="2" failures="0"');
  });
});
