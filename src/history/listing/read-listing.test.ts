import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseOf, changed, compare, onMachine, PASSING } from '../../compare/compare.test-support.js';
import type { Suite, SuiteRun } from '../../report/suite-result.js';
import { suiteOf } from '../../run/suites/suite.js';
import { resultOfDay } from '../trend.test-support.js';
import { writeTrendPage, trendOf } from '../stored/trend.js';
import { entriesOf } from './entries.js';
import { writeListing } from './read-listing.js';

const heldByTwo = changed((result) => {
  caseOf(result).heldConcurrently = 2;
});

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'klc-listing-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, content: unknown): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

/** A run of a day, with its page. */
function run(path: string, day: number, made: Partial<Parameters<typeof resultOfDay>[0]> = {}): void {
  write(`${path}/result.json`, resultOfDay({ day, ...made }));
  write(`${path}/report.html`, '');
}

/** A run as its suite names it. */
const named = (directory: string): SuiteRun => ({
  ...{ name: directory, scenario: 'galera', directory, verdict: 'pass' },
  ...{ reproduction: null, outcome: 'pass', exitCode: 0 },
});

function suite(day: number, more: Partial<Suite> = {}): Suite {
  const startedAt = new Date(Date.UTC(2026, 0, day, 2));
  return { ...suiteOf({ name: 'all', startedAt, runs: [], tables: [], interrupted: undefined }), ...more };
}

const page = () => join(root, 'index.html');
const listed = () => writeListing(root, page());
const rows = () => entriesOf(listed()).map(({ kind, name, partOf }) => [kind, name, partOf]);
const html = () => {
  listed();
  return readFileSync(page(), 'utf8');
};
/** The links of the page to other files. */
const links = () => [...html().matchAll(/<a href="([^#"][^"]*)"/g)].map(([, link = '']) => link);

describe('the list of everything in a directory', () => {
  it('has runs, suites with their runs, and comparisons, the newest first', () => {
    run('galera/a', 1);
    run('all/b/galera', 2);
    write('all/b/suite.json', suite(2, { runs: [named('galera')] }));
    run('galera/c', 3);
    write('galera/c/comparison.json', {
      schemaVersion: 1,
      exitCode: 3,
      comparisons: [compare(heldByTwo, PASSING)],
      notes: [],
    });
    expect(rows()).toEqual([
      ['run', 'galera', null],
      ['comparison', 'galera', null],
      ['suite', 'all', null],
      ['run', 'galera', 'all'],
      ['run', 'galera', null],
    ]);
    expect(entriesOf(listed())[1]).toMatchObject({ word: 'REGRESSION', look: 'fail' });
    expect(html()).toContain('dhcp4 held by two at once 0 → 2');
  });

  it('has a run as a part of a suite only if the suite names it, and says where a named one is gone', () => {
    run('all/a/galera', 1);
    run('all/a/put-there', 3, { scenario: 'other' });
    write('all/a/suite.json', suite(1, { runs: [named('galera'), named('gone')] }));
    expect(rows()).toEqual([
      ['run', 'other', null],
      ['suite', 'all', null],
      ['run', 'galera', 'all'],
      ['run', 'galera', 'all'],
    ]);
    expect(html()).toContain('its run directory is gone; suite.json has its outcome');
  });

  it('names a search for a rate, and none of its runs', () => {
    run('find-limit/a/10', 1);
    const trial = (ratePerServer: number, outcome: 'held' | 'exceeded') => ({
      ...{ ratePerServer, run: '10', outcome, withoutTimelyAnswerPercent: 1 },
      ...{ why: 'so', short: [], violations: [] },
    });
    const limit = {
      cases: ['dhcp4'],
      serversPerCase: 3,
      arrival: 'aligned',
      seconds: 5,
      maxWithoutTimelyAnswerPercent: 2.5,
      highestPerServer: 40,
      nextPerServer: 50,
      answer: [],
      trials: [trial(40, 'held'), trial(50, 'exceeded')],
    };
    write(
      'find-limit/a/suite.json',
      suite(1, { name: 'find-limit', exitCode: 0, limit, runs: [named('10')] }),
    );
    expect(entriesOf(listed()).map(({ kind, word }) => [kind, word])).toEqual([
      ['find-limit', '40 a second on each server'],
    ]);
    expect(html()).toContain('1 more run is a rate that find-limit tried');
  });

  it('counts a rate that is too high as not held, as its suite does', () => {
    run('stress/a/200', 1, { verdict: 'inconclusive' });
    const rate: SuiteRun = { ...named('200'), verdict: 'inconclusive', outcome: 'not held' };
    write('stress/a/suite.json', suite(1, { name: 'stress', exitCode: 0, runs: [rate] }));
    expect(entriesOf(listed()).map(({ kind, word, look }) => [kind, word, look])).toEqual([
      ['suite', 'PASS', 'pass'],
      ['run', 'NOT HELD', 'neutral'],
    ]);
    expect(html()).toMatch(/0 good,\s+0 red, 1 not held, 0 can.*t tell/);
  });

  it('is red if a series is, says how the newest ended, and names what is red', () => {
    run('galera/a', 1, { verdict: 'fail' });
    run('other/b', 2, { scenario: 'other' });
    expect(html()).toMatch(
      /<header class="fail">[^]*RED[^]*The newest: PASS <a href="other\/b\/report\.html">other<\/a>/,
    );
    expect(html()).toContain('1 series red: galera.');
  });

  it('is red for a regression only until a newer comparison finds none', () => {
    const compared = (path: string, comparison: unknown) =>
      write(`${path}/comparison.json`, {
        schemaVersion: 1,
        exitCode: 0,
        comparisons: [comparison],
        notes: [],
      });
    run('galera/a', 1);
    compared('galera/a', compare(heldByTwo, PASSING));
    expect(html()).toMatch(
      /<header class="fail">[^]*A comparison found a regression: dhcp4 held by two at once/,
    );
    // One that could not be made ends no regression.
    run('galera/b', 2);
    const open = { outcome: 'not-comparable', regressions: [], reasons: ['another version'] };
    compared('galera/b', { ...compare(PASSING, PASSING), ...open });
    expect(html()).toContain('<header class="fail">');
    run('galera/c', 3);
    compared('galera/c', compare(PASSING, PASSING));
    expect(html()).toContain('<header class="pass">');
    expect(html()).not.toContain('A comparison found a regression');
  });

  it('links to the page of each run, and to other pages of this program', () => {
    run('galera/a b', 1);
    writeTrendPage(join(root, 'trend.html'), trendOf(root, join(root, 'trend.html')));
    write('notes.html', '<title>Notes</title>');
    expect(new Set(links())).toEqual(new Set(['galera/a%20b/report.html', 'trend.html']));
  });

  it('names what can not be read, with the reason', () => {
    run('galera/good', 1);
    write('galera/cut/result.json', '{');
    write('galera/killed/run.json', '{}');
    write('galera/good/comparison.json', '[]');
    const text = html();
    for (const path of ['galera/cut', 'galera/killed', 'galera/good/comparison.json'])
      expect(text).toContain(`<code>${join(root, path)}</code>`);
    expect(entriesOf(listed())).toHaveLength(1);
  });

  it('has less than a kilobyte for each of hundreds of runs, and is written twice without listing itself', () => {
    writeFileSync(page(), '');
    const empty = html().length;
    for (let i = 0; i < 200; i++) run(`galera/${i}`, 1 + i, { verdict: i % 9 === 0 ? 'fail' : 'pass' });
    const text = html();
    expect(text.match(/data-head="started"/g)).toHaveLength(200);
    expect(text.length - empty).toBeLessThan(200 * 1_000);
    expect(text).not.toContain('href="index.html"');
  });

  it('has no negative duration where the clock was set back, of a run or a suite', () => {
    run('galera/a', 1, { seconds: -60 });
    write('all/b/suite.json', suite(2, { finishedAt: '2026-01-01T00:00:00.000Z' }));
    expect(entriesOf(listed()).map(({ seconds }) => seconds)).toEqual([null, null]);
    expect(html().match(/>unknown<\/td>/g)).toHaveLength(2);
  });

  it('is amber for a comparison of counts alone', () => {
    run('galera/a', 1);
    const comparisons = [compare(onMachine({ usedUpPercent: 90 }), PASSING)];
    write('galera/a/comparison.json', { schemaVersion: 1, exitCode: 0, comparisons, notes: [] });
    expect(entriesOf(listed())[1]).toMatchObject({
      word: 'NO REGRESSION IN COUNTS',
      look: 'inconclusive',
      worst: expect.stringContaining('percentages, latency and rate are not compared') as string,
    });
  });

  it('says in one line why a comparison of another version can not be read', () => {
    run('galera/a', 1);
    write('galera/a/comparison.json', { schemaVersion: 9, exitCode: 0, comparisons: [], notes: [] });
    const [damaged] = listed().passedOver;
    expect(damaged?.why).toMatch(/^can't be read: schemaVersion: [^\n{}]+$/);
  });

  it('is amber for a comparison that lacks runs of the baseline', () => {
    run('galera/a', 1);
    const comparisons = [compare(PASSING, PASSING)];
    write('galera/a/comparison.json', {
      schemaVersion: 1,
      exitCode: 2,
      comparisons,
      notes: [],
      missing: ['b'],
    });
    expect(entriesOf(listed())[1]).toMatchObject({ word: "CAN'T COMPARE", look: 'inconclusive' });
  });

  it('cuts a name of thousands of characters, has the whole as a tip, and finds its rows by the beginning', () => {
    const scenario = 'x'.repeat(3_000);
    run('galera/a', 1, { scenario });
    const text = html();
    expect(text).toContain(`<span title="${scenario}">`);
    expect(text.replace(/="[^"]*"/g, '')).not.toMatch(/x{200}/);
    expect(text).toContain(`data-find="${'x'.repeat(79)}"`);
  });

  it('escapes names, and says that nothing was found', () => {
    expect(html()).toContain('No run was found');
    run('galera/a', 1, { scenario: '<b>&lt;' });
    expect(html()).toContain('&lt;b&gt;&amp;lt;');
    expect(html()).not.toContain('<b>');
  });
});
