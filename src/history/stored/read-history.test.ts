import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resultOfDay } from '../trend.test-support.js';
import type { StoredFacts } from '../../store/stored-files.js';
import { storeRun } from '../../store/stored-run.test-support.js';
import type { SuiteRun } from '../../report/suite-result.js';
import { suiteOf } from '../../run/suites/suite.js';
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

  it('has no runs of find-limit, which tries rates until one is too high', () => {
    const limit = {
      ...{ cases: ['dhcp4'], serversPerCase: 2, arrival: 'steady', seconds: 5 },
      ...{ maxWithoutTimelyAnswerPercent: 1, resolutionPercent: 10, highestPerServer: null },
      ...{ nextPerServer: null, answer: [], trials: [] },
    };
    write('find-limit/one/suite.json', {
      ...(suite([{ directory: '10' }, { directory: '20', outcome: 'could not be run' }]) as object),
      limit,
    });
    write('find-limit/one/10/result.json', result(1));
    write('galera/one/result.json', result(1));
    expect(read().runs.map(({ directory }) => directory)).toEqual([join(root, 'galera', 'one')]);
    expect(passedOver()).toEqual([]);
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
