import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HarnessError } from '../errors.js';
import { asOrdinaryUser, spoil, SPOILED_NAMES } from '../files/spoiled.test-support.js';
import { DEFAULT_TOLERANCES } from '../compare/tolerances.js';
import { analyze } from './analyze/analyze.js';
import { baselineRuns, clearBaselines, markBaseline, storedBaselines } from '../compare/stored/baselines.js';
import { compareRuns } from '../compare/stored/compare-runs.js';
import { COMPARISON_FILE, storedComparison } from '../compare/stored/stored-comparison.js';
import { readTolerances } from '../compare/stored/tolerance-file.js';
import { pruneReports } from '../history/stored/prune.js';
import { readHistory } from '../history/stored/read-history.js';
import { reportRuns } from './report-runs.js';
import { judgeStoredRun, STORED } from '../store/stored-run.js';
import { storeRun } from '../store/stored-run.test-support.js';
import { storedSuite, SUITE } from '../store/stored-suite.js';

let path: string;
let run: string;
let baselines: string;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'klc-spoiled-'));
  chmodSync(path, 0o755);
  run = join(path, 'run');
  baselines = join(path, 'baselines');
  storeRun(run, 12);
  writeFileSync(join(run, STORED.result), JSON.stringify(judgeStoredRun(run)));
});
afterEach(() => rmSync(path, { recursive: true }));

/** The code of the one clear error line. Fails for any other error. */
function codeOf(call: () => unknown): string {
  try {
    asOrdinaryUser(call);
  } catch (error) {
    expect(error).toBeInstanceOf(HarnessError);
    expect((error as HarnessError).message).not.toMatch(/\n|E[A-Z]{4,}:/);
    return (error as HarnessError).code;
  }
  return 'none';
}

const report = (formats: 'html'[] = ['html']) =>
  reportRuns({ directories: [run], formats, inconclusive: 'skip', out: undefined });
const compare = () =>
  compareRuns({
    run,
    baseline: undefined,
    baselines,
    tolerances: DEFAULT_TOLERANCES,
    anyway: false,
  });

/** Each stored file, and the functions that read it. */
const READERS: [file: string, read: () => unknown][] = [
  [STORED.facts, () => judgeStoredRun(run)],
  [STORED.evidence, () => analyze([run], [])],
  [STORED.journal, () => judgeStoredRun(run)],
  [STORED.result, report],
  [STORED.result, compare],
  [STORED.witnesses, report],
  [SUITE, () => storedSuite(run)],
  [COMPARISON_FILE, () => storedComparison(run)],
  ['tolerances.yaml', () => readTolerances(join(run, 'tolerances.yaml'))],
];

describe.each(READERS)('%s', (file, read) => {
  it.each(SPOILED_NAMES)('that is %s ends in one clear line', (how) => {
    // A directory with a run in it is no suite.
    if (file === SUITE) rmSync(join(run, STORED.facts));
    spoil(join(run, file), how);
    expect(codeOf(read)).toBe(file === 'tolerances.yaml' ? 'USAGE' : 'SOURCE');
  });
});

describe('a run directory', () => {
  it.each(SPOILED_NAMES.filter((how) => how !== 'a directory'))(
    'that is %s ends in one clear line',
    (how) => {
      spoil(run, how);
      for (const read of [report, compare, () => judgeStoredRun(run)]) expect(codeOf(read)).toBe('SOURCE');
    },
  );
});

describe('the directory of the baselines', () => {
  const mark = () => markBaseline(run, baselines, new Date());
  const everyReader = [
    () => storedBaselines(baselines),
    () => storedBaselines(baselines, 'plain'),
    () => baselineRuns(baselines),
    () => clearBaselines(baselines, 'plain'),
    compare,
  ];

  it.each(SPOILED_NAMES.filter((how) => !['a directory', 'a link to nothing'].includes(how)))(
    'that is %s ends in one clear line',
    (how) => {
      spoil(baselines, how);
      for (const read of everyReader) expect(codeOf(read)).toBe('SOURCE');
      expect(['SOURCE', 'STORAGE']).toContain(codeOf(mark));
    },
  );

  it.each(SPOILED_NAMES)('with a baseline that is %s ends in one clear line', (how) => {
    const [stored] = mark();
    spoil(stored?.path ?? '', how);
    for (const read of everyReader) expect(codeOf(read)).toBe('SOURCE');
  });

  it('with a link in a circle ends in one clear line, and a file beside the scenarios is ignored', () => {
    mark();
    writeFileSync(join(baselines, 'README.md'), 'ours');
    expect(storedBaselines(baselines)).toHaveLength(1);
    expect(storedBaselines(baselines, 'README.md')).toEqual([]);
    symlinkSync('loop', join(baselines, 'loop'));
    expect(codeOf(() => storedBaselines(baselines))).toBe('SOURCE');
  });

  it('that may not be changed ends in a STORAGE error', () => {
    mark();
    chmodSync(join(baselines, 'plain'), 0o555);
    expect(codeOf(() => clearBaselines(baselines, 'plain'))).toBe('STORAGE');
    expect(codeOf(mark)).toBe('STORAGE');
    chmodSync(join(baselines, 'plain'), 0o755);
  });
});

describe('old runs', () => {
  const prune = (reports: string) => () =>
    pruneReports({
      reports,
      keepLast: 1,
      keepDays: undefined,
      dryRun: true,
      isBaseline: () => false,
      now: new Date(),
    });

  it.each(SPOILED_NAMES.filter((how) => !['a directory', 'a link to nothing'].includes(how)))(
    'below what is %s end in one clear line',
    (how) => {
      spoil(run, how);
      expect(codeOf(prune(run))).toBe('SOURCE');
      expect(codeOf(() => readHistory(run, join(path, 'trend.html')))).toBe('SOURCE');
    },
  );

  it.each(SPOILED_NAMES)('with a result that is %s are ignored', (how) => {
    const name = join(path, 'reports', 'plain', '20261123T010000Z');
    mkdirSync(join(path, 'reports', 'plain'), { recursive: true });
    storeRun(name, 3);
    spoil(join(name, STORED.result), how);
    const { runs, passedOver } = asOrdinaryUser(() =>
      readHistory(join(path, 'reports'), join(path, 'trend.html')),
    );
    expect({ runs, passed: passedOver.length }).toEqual({ runs: [], passed: 1 });
    spoil(join(name, STORED.facts), how);
    expect(codeOf(prune(join(path, 'reports')))).toBe('none');
  });
});
