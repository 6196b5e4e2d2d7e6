import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resultOfDay } from '../trend.test-support.js';
import type { StoredFacts } from '../../store/stored-files.js';
import { judgeStoredRun, STORED } from '../../store/stored-run.js';
import { storeRun } from '../../store/stored-run.test-support.js';
import type { SuiteRun } from '../../report/suite-result.js';
import { suiteOf } from '../../run/suites/suite.js';
import { trendPage } from '../html/trend-page.js';
import { readHistory } from './read-history.js';
import { trendOf, writeTrendPage } from './trend.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'klc-history-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, content: unknown): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

const result = (day: number, scenario = 'galera') => resultOfDay({ day, scenario });
const read = () => readHistory(root, join(root, 'trend.html'));
const passedOver = () => read().passedOver.map(({ path, why }) => [path.slice(root.length + 1), why]);

describe('the history below a directory', () => {
  it('has every run of hundreds, in suites too, once each', () => {
    for (let day = 1; day <= 250; day++) {
      write(`galera/day-${day}/result.json`, result(day));
      write(`all/day-${day}/other/result.json`, result(day, 'other'));
      write(`all/day-${day}/suite.json`, suite([]));
    }
    symlinkSync('galera/day-1', join(root, 'latest'));
    write('baselines/galera/kea.json', result(1));
    expect(read().runs).toHaveLength(500);
    expect(read().passedOver).toEqual([]);
    const trend = trendOf(root, join(root, 'trend.html'));
    expect(trend.groups.map(({ scenario, runs }) => [scenario, runs.length])).toEqual([
      ['galera', 250],
      ['other', 250],
    ]);
    writeTrendPage(join(root, 'trend.html'), trend);
  });

  it('names what is damaged, foreign or not finished, and reads the rest', () => {
    write('galera/good/result.json', result(1));
    write('galera/cut/result.json', '{"schemaVersion": 1, "tool":');
    write('galera/newer/result.json', { ...result(1), schemaVersion: 3 });
    write('galera/foreign/result.json', '[]');
    write('galera/killed/run.json', '{}');
    write('notes/deep/below/text', 'x');
    write('broken-suite/suite.json', '{');
    expect(read().runs).toHaveLength(1);
    expect(Object.fromEntries(passedOver())).toEqual({
      'galera/cut': expect.stringMatching(/^result\.json can't be read: /) as string,
      'galera/newer': expect.stringMatching(/^result\.json is damaged.*: schemaVersion: /) as string,
      'galera/foreign': expect.stringMatching(/^result\.json is damaged, or not of this program/) as string,
      'galera/killed': expect.stringMatching(/is under way or was killed/) as string,
      notes: 'no run is in it',
      'broken-suite': expect.stringMatching(/suite\.json can't be read/) as string,
    });
  });

  it('has the suite’s runs that could not be made, from suite.json', () => {
    const failure = { code: 'PREREQUISITE', message: 'no such program' };
    write(
      'all/one/suite.json',
      suite([{ directory: 'percona', outcome: 'skipped', failure }, { directory: 'galera' }]),
    );
    write('all/one/galera/result.json', result(1));
    // A run that failed early leaves this behind.
    write('all/one/percona/logs/node-1.log', 'x');
    expect(read().passedOver).toEqual([]);
    expect(read().runs.map(({ scenario, outcome, why }) => [scenario, outcome, why])).toEqual([
      ['percona', 'skipped', 'PREREQUISITE: no such program'],
      ['galera', 'pass', ''],
    ]);
  });

  it('has a suite’s run without a result once, at its own start time and among the runs with its settings', () => {
    const facts = (directory: string) => {
      storeRun(join(root, directory), 1);
      const stored = JSON.parse(readFileSync(join(root, directory, 'run.json'), 'utf8')) as StoredFacts;
      return (change: Partial<StoredFacts>) => write(join(directory, 'run.json'), { ...stored, ...change });
    };
    const failure = { code: 'CLUSTER', message: 'node 2 died' };
    write('all/one/suite.json', suite([{ directory: 'plain', outcome: 'could not be run', failure }]));
    facts('all/one/plain')({ startedAt: '2026-01-02T03:04:05.000Z' });
    const { scenario } = JSON.parse(
      readFileSync(join(root, 'all/one/plain/run.json'), 'utf8'),
    ) as StoredFacts;
    for (const [day, ratePerServer] of [
      [1, scenario.load.ratePerServer],
      [1, 77],
    ] as const) {
      const effective = { ...scenario, load: { ...scenario.load, ratePerServer } };
      write(`plain/${ratePerServer}/result.json`, resultOfDay({ day, scenario: 'plain', effective }));
    }
    expect(passedOver()).toEqual([]);
    expect(read().runs.find(({ result }) => result === undefined)).toMatchObject({
      startedAt: '2026-01-02T03:04:05.000Z',
      why: 'CLUSTER: node 2 died',
    });
    const { groups } = trendOf(root, join(root, 'trend.html'));
    expect(groups.map(({ settings, runs }) => [settings, runs.map(({ outcome }) => outcome)])).toEqual([
      [`load.ratePerServer ${scenario.load.ratePerServer}`, ['pass', 'could not be run']],
      ['load.ratePerServer 77', ['pass']],
    ]);
  });

  it('has only the last of several tries, in a suite and outside', () => {
    for (const [day, name] of [
      [1, 'galera/one'],
      [2, 'galera/two'],
      [3, 'all/one/galera'],
      [4, 'all/one/galera-try-2'],
    ] as const)
      write(`${name}/result.json`, result(day));
    write('galera/one/replaced.json', {});
    const tries = ['galera', 'galera-try-2'].map((directory) => ({
      ...{ directory, verdict: 'inconclusive' as const, reproduction: null },
      ...{ outcome: 'inconclusive' as const, exitCode: 2 },
    }));
    write('all/one/suite.json', suite([{ directory: 'galera-try-2', tries }]));
    expect(read().runs.map(({ directory }) => directory.slice(root.length + 1))).toEqual([
      'all/one/galera-try-2',
      'galera/two',
    ]);
    expect(passedOver()).toEqual([]);
  });

  it('has runs in a directory of any name, in another run, in a search for a rate, and behind a link, once each', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'klc-elsewhere-'));
    try {
      write('galera/one/result.json', result(1));
      write('galera/one/kept/result.json', result(2));
      write('baselines/20260103T030000Z/result.json', result(3));
      write('find-limit/one/suite.json', { ...(suite([{ directory: '10' }]) as object), limit: LIMIT });
      write('find-limit/one/10/result.json', result(8));
      write('find-limit/one/put-there/result.json', result(4));
      writeFileSync(join(elsewhere, 'result.json'), JSON.stringify(result(5)));
      symlinkSync(elsewhere, join(root, 'galera', 'linked'));
      symlinkSync(elsewhere, join(root, 'galera', 'linked-again'));
      symlinkSync(root, join(elsewhere, 'circle'));
      symlinkSync('..', join(root, 'galera', 'one', 'up'));
      symlinkSync('galera/one', join(root, 'latest'));
      expect(
        read()
          .runs.map(({ name }) => name)
          .sort(),
      ).toEqual([
        'baselines/20260103T030000Z',
        'find-limit/one/put-there',
        'galera/linked',
        'galera/one',
        'galera/one/kept',
      ]);
      expect(passedOver()).toEqual([]);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it('names links that it does not follow, names that are not UTF-8, and a suite in the directory of a run', () => {
    write('galera/one/result.json', result(1));
    write('galera/one/suite.json', suite([]));
    symlinkSync(tmpdir(), join(root, 'all-of-it'));
    symlinkSync('nowhere', join(root, 'broken'));
    mkdirSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x72, 0xff])]));
    expect(Object.fromEntries(passedOver())).toEqual({
      'galera/one/suite.json': 'it lies in the directory of a run, so it is not listed as a suite',
      'all-of-it': expect.stringMatching(/^it is a link to .*, which is neither a run nor a suite/) as string,
      broken: 'it is a link that leads nowhere',
      'r\uFFFD': expect.stringMatching(/^its name is not UTF-8/) as string,
    });
  });

  it('judges a run again whose journal was cut since, and names one whose journal is none any more', () => {
    for (const name of ['cut', 'none']) {
      storeRun(join(root, name), 12);
      writeFileSync(join(root, name, STORED.result), JSON.stringify(judgeStoredRun(join(root, name))));
    }
    expect(read().runs.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
    const journal = join(root, 'cut', STORED.journal);
    truncateSync(journal, statSync(journal).size - 640);
    writeFileSync(join(root, 'none', STORED.journal), '');
    expect(read().runs.map(({ name, outcome }) => [name, outcome])).toEqual([['cut', 'inconclusive']]);
    expect(passedOver()).toEqual([['none', expect.stringMatching(/is not a journal/)]]);
    const [group] = trendOf(root, join(root, 'trend.html')).groups;
    expect(group?.runs[0]?.why).toContain('source.complete');
  });

  it('says of a run that its suite names that it is gone, or that its result is', () => {
    write(
      'all/one/suite.json',
      suite([
        { directory: 'gone', verdict: 'pass' },
        { directory: 'cleared', verdict: 'pass' },
      ]),
    );
    write('all/one/cleared/run.log', 'x');
    expect(read().runs.map(({ scenario, outcome, why }) => [scenario, outcome, why])).toEqual([
      ['gone', 'pass', 'its run directory is gone; suite.json has its outcome'],
      ['cleared', 'pass', 'its result.json is gone; suite.json has its outcome'],
    ]);
  });

  it('has no runs of find-limit, which tries rates until one is too high', () => {
    write('find-limit/one/suite.json', {
      ...(suite([{ directory: '10' }, { directory: '20', outcome: 'could not be run' }]) as object),
      limit: LIMIT,
    });
    write('find-limit/one/10/result.json', result(1));
    write('galera/one/result.json', result(1));
    expect(read().runs.map(({ directory }) => directory)).toEqual([join(root, 'galera', 'one')]);
    expect(passedOver()).toEqual([]);
    const trend = trendOf(root, join(root, 'trend.html'));
    expect(trend.searchedRates).toBe(2);
    expect(trendPage(trend, '')).toContain('2 more runs are rates that find-limit tried');
  });

  it('has a rate of a suite with limits under the name and with the outcome that the suite gives it', () => {
    const trial = {
      run: '200',
      ratePerServer: 200,
      outcome: 'exceeded' as const,
      why: '6% without an answer',
    };
    const limit = {
      ...LIMIT,
      trials: [{ ...trial, withoutTimelyAnswerPercent: 6, short: [], violations: [] }],
    };
    const rate = (name: string) => ({ directory: name, scenario: 'high-rate', column: name });
    write('stress/one/suite.json', {
      ...(suite([rate('100'), { ...rate('200'), verdict: 'inconclusive', outcome: 'not held' }]) as object),
      ...{ name: 'stress', limits: [limit] },
    });
    const made = { scenario: 'high-rate', verdict: 'inconclusive' } as const;
    const settings = (ratePerServer: number) => ({ effective: { load: { ratePerServer } } });
    write('stress/one/100/result.json', resultOfDay({ day: 1, ...made, ...settings(100), verdict: 'pass' }));
    write('stress/one/200/result.json', resultOfDay({ day: 2, ...made, ...settings(200) }));
    const trend = trendOf(root, join(root, 'trend.html'));
    expect(
      trend.groups.map(({ name, settings: own, runs }) => [name, own, runs[0]?.outcome, runs[0]?.why]),
    ).toEqual([
      ['stress 100', '', 'pass', ''],
      ['stress 200', '', 'not held', '6% without an answer'],
    ]);
    // A rate that is too high is an answer, so it leaves the page good.
    expect(trendPage(trend, '')).toContain('<header class="pass">');
    // Someone runs the same settings alone: the name of the suite's run no longer fits all of them.
    write('alone/result.json', resultOfDay({ day: 3, ...made, ...settings(200) }));
    const names = trendOf(root, join(root, 'trend.html')).groups.map(({ name }) => name);
    expect(names).toEqual(['stress 100', 'high-rate']);
  });

  it('links to pages relative to its own page, and to the directory of a run without a page', () => {
    write('galera/a b#/result.json', result(1));
    write('galera/a b#/report.html', 'x');
    write('galera/c/result.json', result(2));
    expect(read().runs.map(({ link }) => link)).toEqual(['galera/a%20b%23/report.html', 'galera/c']);
    expect(readHistory(root, join(root, 'www', 'x.html')).runs[1]?.link).toBe('../galera/c');
  });

  it('is empty where there are no runs', () => {
    expect(passedOver()).toEqual([['', 'no run was found in it']]);
    expect(() => readHistory(join(root, 'nowhere'), 'x')).toThrow(
      expect.objectContaining({ code: 'SOURCE' }),
    );
  });
});

const LIMIT = {
  ...{ cases: ['dhcp4'], serversPerCase: 2, arrival: 'steady', seconds: 5 },
  ...{ maxWithoutTimelyAnswerPercent: 1, resolutionPercent: 10, highestPerServer: null },
  ...{ nextPerServer: null, answer: [], trials: [] },
};

function suite(runs: Partial<SuiteRun>[]): unknown {
  const whole = runs.map(({ directory = 'x', ...more }): SuiteRun => ({
    name: directory,
    scenario: directory,
    directory,
    verdict: null,
    outcome: 'pass',
    exitCode: 0,
    ...more,
  }));
  return suiteOf({ startedAt: new Date(), runs: whole, tables: [], interrupted: undefined });
}
