import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_TOLERANCES } from '../tolerances.js';
import { comparisonsSchema, type Comparisons } from '../comparison.js';
import type { SuiteRun } from '../../report/suite-result.js';
import { suiteOf } from '../../run/suites/suite.js';
import { baselineRuns, baselinesFor, clearBaselines, markBaseline, storedBaselines } from './baselines.js';
import { compareRuns, type CompareRunsRequest } from './compare-runs.js';
import { readBaseline } from './stored-baseline.js';
import { storeRunApart } from './stored-apart.test-support.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'compare-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const at = (...names: string[]) => join(directory, ...names);
const baselines = () => at('baselines');

function stored(name: string, changes: Parameters<typeof storeRunApart>[2] = {}): string {
  storeRunApart(at(name), 12, changes);
  return at(name);
}

/** A suite with its runs stored in its directory. */
function suite(name: string, runs: Partial<SuiteRun>[]): string {
  const whole = runs.map((run): SuiteRun => ({
    name: 'plain',
    scenario: 'plain',
    directory: run.name ?? 'plain',
    verdict: 'pass',
    outcome: 'pass',
    exitCode: 0,
    ...run,
  }));
  for (const run of whole) if (run.verdict !== null) storeRunApart(at(name, run.directory), 12);
  writeFileSync(
    at(name, 'suite.json'),
    JSON.stringify(suiteOf({ startedAt: new Date(), runs: whole, tables: [], interrupted: undefined })),
  );
  return at(name);
}

function compared(run: string, baseline?: string, more: Partial<CompareRunsRequest> = {}): Comparisons {
  const request = {
    run,
    baseline,
    baselines: baselines(),
    tolerances: DEFAULT_TOLERANCES,
    anyway: false,
    ...more,
  };
  return comparisonsSchema.parse(compareRuns(request));
}

/** Every client is given the same address. */
const WORSE = { lease: () => 7 };
/** Another load, so it can be compared only with `--anyway`. */
const OTHER = { load: { ratePerServer: 50 } };
const refused = (message: string, code = 'USAGE') =>
  expect.objectContaining({
    code,
    exitCode: 64,
    message: expect.stringContaining(message) as string,
  }) as Error;

describe('two runs', () => {
  it('of the same load have no regression; a worse one has, with the count first', () => {
    const [one, same, worse] = [stored('one'), stored('same'), stored('worse', WORSE)];
    expect(compared(one, same).exitCode).toBe(0);
    const { exitCode, comparisons } = compared(worse, one);
    expect(exitCode).toBe(3);
    expect(comparisons[0]?.regressions[0]).toMatch(/^verdict pass → fail/);
    expect(comparisons[0]?.regressions[1]).toMatch(/^dhcp4 held by two at once 0 → 1/);
    expect(compared(one, worse).exitCode).toBe(0);
  });

  it('with different circumstances are refused with every difference, and compared with --anyway', () => {
    const [one, other] = [stored('one'), stored('other', OTHER)];
    expect(() => compared(one, other)).toThrow(refused('scenario.load.ratePerServer is 1, was 50'));
    const { comparisons } = compared(one, other, { anyway: true });
    expect(comparisons[0]?.differences).toEqual([
      { what: 'scenario.load.ratePerServer', run: '1', baseline: '50' },
    ]);
  });

  it('are refused with the reason if one is no run, or is damaged', () => {
    const one = stored('one');
    expect(() => compared(one, at('nowhere'))).toThrow(refused('does not exist', 'SOURCE'));
    expect(() => compared(directory, one)).toThrow(refused('is not a run directory', 'SOURCE'));
    writeFileSync(join(one, 'result.json'), '{"schemaVersion": 1}');
    expect(() => compared(one, stored('other'))).toThrow(refused('result.json', 'SOURCE'));
    writeFileSync(at('some.json'), '{}');
    expect(() => compared(stored('third'), at('some.json'))).toThrow(
      refused("can't be read as a baseline", 'SOURCE'),
    );
  });

  it('are refused without an empty place if the baseline is no object', () => {
    mkdirSync(at('baselines', 'plain'), { recursive: true });
    writeFileSync(at('baselines', 'plain', 'x.json'), 'null');
    expect(() => readBaseline(at('baselines', 'plain', 'x.json'))).toThrow(
      refused("can't be read as a baseline: Invalid input", 'SOURCE'),
    );
  });

  it('end in an error that says what to do if no baseline is named or marked', () => {
    expect(() => compared(stored('one'))).toThrow(refused('there is nothing to compare'));
  });
});

describe('suites', () => {
  it('are compared run by run, by name', () => {
    const was = suite('was', [{ name: 'a' }, { name: 'b' }, { name: 'gone' }]);
    const now = suite('now', [
      { name: 'b' },
      { name: 'a' },
      { name: 'new' },
      { name: 'gone', verdict: null },
    ]);
    rmSync(join(now, 'a'), { recursive: true });
    storeRunApart(join(now, 'a'), 12, WORSE);
    const { comparisons, exitCode, notes } = compared(now, was);
    expect(comparisons.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['a', 'regression'],
      ['b', 'no-regression'],
    ]);
    expect(exitCode).toBe(3);
    expect(notes).toEqual([
      expect.stringMatching(/^gone has no result in /),
      expect.stringMatching(/^new has nothing to be compared with in /),
    ]);
    expect(compared(suite('less', [{ name: 'a' }]), was)).toMatchObject({
      exitCode: 2,
      missing: ['b', 'gone'],
    });
  });

  it('are not compared with a single run, nor where no name is in both', () => {
    const was = suite('was', [{ name: 'a' }, { name: 'b' }]);
    expect(() => compared(was, stored('one'))).toThrow(refused('is a suite of runs'));
    expect(() => compared(at('one'), was)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining(join(was, 'a')) as string }),
    );
    expect(() => compared(suite('now', [{ name: 'c' }]), was)).toThrow(refused('no run of'));
  });

  it('of repetitions count as one side with a spread, also beside a single run', () => {
    const repeated = suite('repeated', [
      { name: 'plain-1', repetitionOf: 'plain' },
      { name: 'plain-2', repetitionOf: 'plain' },
    ]);
    const { comparisons } = compared(stored('one'), repeated);
    expect(comparisons).toHaveLength(1);
    expect(comparisons[0]?.baseline).toMatchObject({ runs: 2 });
    expect(
      comparisons[0]?.figures.find(({ figure }) => figure === 'clientsWithLease')?.baseline?.values,
    ).toHaveLength(2);
  });
});

describe('repetitions', () => {
  it('are refused where one is a run of something else, by compare and as a baseline', () => {
    const names = [1, 2, 3].map((n) => ({ name: `plain-${n}`, repetitionOf: 'plain' }));
    const [was, mixed] = [suite('was', names), suite('mixed', names)];
    expect(compared(mixed, was).exitCode).toBe(0);
    rmSync(join(mixed, 'plain-3'), { recursive: true });
    storeRunApart(join(mixed, 'plain-3'), 12, { name: 'life' });
    for (const attempt of [
      () => compared(mixed, was),
      () => compared(was, mixed),
      () => compared(mixed, was, { anyway: true }),
      () => markBaseline(mixed, baselines(), new Date()),
    ])
      expect(attempt).toThrow(refused('scenario is life, was plain', 'SOURCE'));
  });
});

describe('a marked baseline', () => {
  const mark = (run: string) => markBaseline(run, baselines(), new Date('2026-11-23T00:00:00Z'));

  it('is compared with later runs, also once its run is gone', () => {
    mark(stored('one'));
    rmSync(at('one'), { recursive: true });
    expect(compared(stored('same')).comparisons[0]?.baseline).toMatchObject({ kind: 'baseline', runs: 1 });
    expect(compared(stored('worse', WORSE)).exitCode).toBe(3);
  });

  it('is replaced by one with the same circumstances, and kept beside one with others', () => {
    mark(stored('one'));
    mark(stored('two'));
    expect(storedBaselines(baselines()).map(({ runs }) => runs)).toEqual([[at('two')]]);
    mark(stored('other', OTHER));
    expect(readdirSync(at('baselines', 'plain'))).toHaveLength(2);
    expect(clearBaselines(baselines(), 'plain')).toHaveLength(2);
    expect(storedBaselines(baselines())).toEqual([]);
    expect(clearBaselines(baselines(), '..')).toEqual([]);
  });

  it('is refused by name if its circumstances differ, and compared with --anyway', () => {
    const [{ path } = { path: '' }] = mark(stored('other', OTHER));
    expect(() => compared(stored('one'))).toThrow(refused(path));
    expect(compared(at('one'), undefined, { anyway: true }).comparisons[0]?.differences).toHaveLength(1);
    expect(compared(at('one'), path, { anyway: true }).exitCode).toBe(0);
  });

  it('with other circumstances for one run of a suite makes the whole inconclusive, and the differences are named', () => {
    mark(stored('one', OTHER));
    mark(stored('other', { name: 'other' }));
    const night = suite('night', [{ name: 'plain' }, { name: 'other' }]);
    rmSync(join(night, 'other'), { recursive: true });
    storeRunApart(join(night, 'other'), 12, { name: 'other' });
    const { exitCode, comparisons, notes } = compared(night);
    expect(exitCode).toBe(2);
    expect(notes).toEqual([]);
    expect(comparisons.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['plain', 'not-comparable'],
      ['other', 'no-regression'],
    ]);
    expect(comparisons[0]?.reasons).toContain('scenario.load.ratePerServer is 1, was 50');
  });

  it('makes the whole inconclusive if its run of the suite has no result', () => {
    mark(stored('one'));
    const night = suite('night', [{ name: 'plain' }, { name: 'other', scenario: 'other', verdict: null }]);
    expect(compared(night)).toMatchObject({
      exitCode: 0,
      notes: ['other has no result, so it is not compared'],
    });
    mark(stored('other', { name: 'other' }));
    expect(compared(night)).toMatchObject({
      exitCode: 2,
      missing: ['other'],
      notes: ['other has a baseline, but no result, so it is not compared'],
    });
  });

  it("can't be a run that is not whole, also if it fails", () => {
    for (const one of [stored('one'), stored('worse', WORSE)]) {
      rmSync(join(one, 'evidence.json'));
      expect(() => mark(one)).toThrow(refused('is not whole', 'SOURCE'));
    }
  });

  it('can tell nothing about the run that it was made of, also once that was moved', () => {
    const one = stored('one');
    mark(one);
    renameSync(one, at('moved'));
    expect(compared(at('moved'))).toMatchObject({
      exitCode: 2,
      comparisons: [{ outcome: 'not-comparable', reasons: ['the run and the baseline are the same run'] }],
    });
    expect(compared(stored('other')).exitCode).toBe(0);
  });

  it('of several runs leaves out the inconclusive ones', () => {
    const repeated = suite('repeated', [
      { name: 'plain-1', repetitionOf: 'plain' },
      { name: 'plain-2', repetitionOf: 'plain' },
    ]);
    rmSync(join(repeated, 'plain-1', 'evidence.json'));
    const [baseline] = mark(repeated);
    expect(baseline?.runs).toEqual([join(repeated, 'plain-2')]);
    expect(baseline?.results).toHaveLength(1);
  });

  it('keeps figures, and no witnesses', () => {
    const [{ path } = { path: '' }] = mark(stored('worse', WORSE));
    const [result] = readBaseline(path).results;
    expect(result.cases[0]).toMatchObject({ heldConcurrently: 1, witnesses: [] });
    expect(result.cases[0]?.witnessesOmitted).toBeGreaterThan(0);
    expect(readFileSync(path, 'utf8')).not.toContain(directory);
    expect(baselinesFor(baselines(), result)[0]?.differences).toEqual([]);
  });

  it('tells which directories must be kept', () => {
    mark(suite('night', [{ name: 'plain' }, { name: 'other' }]));
    stored('one');
    symlinkSync(at('night'), at('latest'));
    const mustStay = baselineRuns(baselines());
    expect(mustStay(at('night'))).toBe(true);
    expect(mustStay(at('latest'))).toBe(true);
    expect(mustStay(at('night', 'other'))).toBe(true);
    expect(mustStay(at('one'))).toBe(false);
    expect(mustStay(at('nig'))).toBe(false);
    expect(baselineRuns(at('nowhere'))(at('one'))).toBe(false);
    writeFileSync(at('baselines', 'plain', 'bad.json'), '{');
    expect(() => baselineRuns(baselines())).toThrow(refused('bad.json', 'SOURCE'));
  });

  it('tells so even if its own directory is a link to another depth', () => {
    mkdirSync(at('repo', 'ci', 'baselines'), { recursive: true });
    symlinkSync(join('repo', 'ci', 'baselines'), baselines());
    const one = stored('one');
    const [{ path } = { path: '' }] = mark(one);
    expect(readBaseline(path).runs).toEqual([realpathSync(one)]);
    expect(baselineRuns(baselines())(one)).toBe(true);
  });

  it("refuses to tell if the path of a baseline's run can't be resolved, or is missing", () => {
    const [{ path } = { path: '' }] = mark(stored('one'));
    rmSync(at('one'), { recursive: true });
    expect(baselineRuns(baselines())(at('one'))).toBe(true);
    symlinkSync('one', at('one'));
    expect(() => baselineRuns(baselines())).toThrow(refused("can't be resolved", 'SOURCE'));
    for (const runs of [[], ['']]) {
      writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), runs }));
      expect(() => baselineRuns(baselines())).toThrow(refused('runs', 'SOURCE'));
    }
  });
});
