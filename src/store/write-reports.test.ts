import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { markdownReport } from '../report/markdown/markdown.js';
import type { WitnessOfCase } from '../report/html/input.js';
import type { Result } from '../results/result.js';
import { reportRuns } from '../run/report-runs.js';
import { appendStepSummary } from './step-summary.js';
import { storedResult } from './stored-result.js';
import { judgeStoredRun, STORED } from './stored-run.js';
import { storeRun } from './stored-run.test-support.js';
import { storedWitnesses } from './stored-witnesses.js';
import { unfinishedPath } from './unfinished.js';
import { writeReports } from './write-reports.js';

let path: string;
let run: string;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'klc-reports-'));
  run = join(path, 'run');
  storeRun(run, 30);
});
afterEach(() => rmSync(path, { recursive: true }));

/** Removes the last records of the journal, once the run has its result. */
function cutJournal(): void {
  writeFileSync(join(run, STORED.result), JSON.stringify(judgeStoredRun(run)));
  const journal = join(run, STORED.journal);
  truncateSync(journal, statSync(journal).size - 640);
}

const report = (more: Partial<Parameters<typeof reportRuns>[0]> = {}) =>
  reportRuns({
    directories: [run],
    formats: ['html', 'timeline', 'junit', 'markdown', 'csv'],
    inconclusive: 'skip',
    out: undefined,
    ...more,
  });

describe('the reports of a stored run', () => {
  it('are made from the run directory alone, also once more', () => {
    const before = readdirSync(run);
    for (let again = 0; again < 2; again++) {
      expect(report().files).toEqual(
        ['report.html', 'timeline.html', 'junit.xml', 'summary.md', 'leases.csv'].map((name) =>
          join(run, name),
        ),
      );
    }
    expect(
      readdirSync(run)
        .filter((name) => !before.includes(name))
        .sort(),
    ).toEqual(['junit.xml', 'leases.csv', 'report.html', 'summary.md', 'timeline', 'timeline.html']);
    expect(readFileSync(join(run, 'leases.csv'), 'utf8').split('\n')).toHaveLength(1 + 2 * 30 + 1);
  });

  it('link to a timeline of exchanges, whose parts hold every request', () => {
    report({ formats: ['html', 'timeline'] });
    const page = readFileSync(join(run, 'timeline.html'), 'utf8');
    expect(readFileSync(join(run, 'report.html'), 'utf8')).toContain('href="timeline.html"');
    expect(page).toContain('href="report.html"');
    expect(page.length).toBeLessThan(200_000);
    const parts = readdirSync(join(run, 'timeline'));
    expect(parts).toEqual(['0001.js']);
    const [, number, part = ''] =
      /^timelinePart\((\d+),(.*)\);\n$/s.exec(readFileSync(join(run, 'timeline', '0001.js'), 'utf8')) ?? [];
    expect(number).toBe('0');
    expect((JSON.parse(part) as { client: number[] }).client).toHaveLength(2 * 30);
    expect(readdirSync(run).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('do not name a timeline that is not there', () => {
    report({ formats: ['html'] });
    expect(readFileSync(join(run, 'report.html'), 'utf8')).not.toContain('timeline.html');
  });

  it('are all written even if the timeline can not be, and the error is told', () => {
    // In place of the directory of the unfinished parts.
    writeFileSync(unfinishedPath(join(run, 'timeline')), '');
    const result = storedResult(run);
    const request = {
      directory: run,
      result,
      formats: ['html', 'timeline', 'junit'],
      inconclusive: 'skip',
    } as const;
    const told: unknown[] = [];
    const files = writeReports({ ...request, withoutTimeline: (error) => told.push(error) });
    expect(files).toEqual([join(run, 'report.html'), join(run, 'junit.xml')]);
    expect(told).toEqual([expect.objectContaining({ code: 'STORAGE' })]);
    rmSync(join(run, 'report.html'));
    writeFileSync(unfinishedPath(join(run, 'timeline')), '');
    expect(() => writeReports(request)).toThrow(expect.objectContaining({ code: 'STORAGE' }));
    expect(existsSync(join(run, 'report.html'))).toBe(true);
  });

  it('go to a directory of their own where one is named, for one run', () => {
    const out = join(path, 'out');
    expect(report({ formats: ['junit'], out }).files).toEqual([join(out, 'junit.xml')]);
    expect(existsSync(join(run, 'junit.xml'))).toBe(false);
    expect(() => report({ directories: [run, run], out: join(path, 'other') })).toThrow(
      expect.objectContaining({ code: 'USAGE' }),
    );
  });

  it('show the stored result, and not a new judgement', () => {
    const result = { ...judgeStoredRun(run), verdict: 'fail' as const };
    writeFileSync(join(run, STORED.result), JSON.stringify(result));
    expect(storedResult(run).verdict).toBe('fail');
    writeFileSync(join(run, STORED.result), '{"schemaVersion": 1}');
    expect(() => storedResult(run)).toThrow(expect.objectContaining({ code: 'SOURCE' }));
  });

  it('judge a run again whose journal was cut since, as analyze does', () => {
    const { outcome } = storedResult(run);
    expect(outcome).toBe('pass');
    cutJournal();
    const again = storedResult(run);
    expect(again).toEqual(judgeStoredRun(run));
    expect(again.checks.find(({ name }) => name === 'source.complete')?.actual).toMatch(
      /^the journal has \d+ of the \d+ records that the run wrote$/,
    );
    report({ formats: ['junit'] });
    expect(readFileSync(join(run, 'junit.xml'), 'utf8')).toContain('source.complete');
  });

  it('keep a stored result where nothing tells how long the journal was', () => {
    const evidence = JSON.parse(readFileSync(join(run, STORED.evidence), 'utf8')) as Record<string, unknown>;
    cutJournal();
    writeFileSync(
      join(run, STORED.evidence),
      JSON.stringify({ ...evidence, observations: undefined, journalDigests: undefined }),
    );
    expect(storedResult(run).outcome).toBe('pass');
  });

  it('judge a run again whose evidence is gone, and refuse one whose evidence is damaged', () => {
    writeFileSync(join(run, STORED.result), JSON.stringify(judgeStoredRun(run)));
    writeFileSync(join(run, STORED.evidence), '{');
    expect(() => storedResult(run)).toThrow(expect.objectContaining({ code: 'SOURCE' }));
    rmSync(join(run, STORED.evidence));
    expect(storedResult(run).outcome).toBe('inconclusive');
  });

  it("can't be made from what is no run directory", () => {
    expect(() => report({ directories: [path] })).toThrow(expect.objectContaining({ code: 'SOURCE' }));
  });
});

describe('stored witnesses', () => {
  const line = JSON.stringify({
    case: 'dhcp4',
    kind: 'unanswered',
    phase: 'REQUEST-ACK',
    lease: '',
    otherLease: null,
    holders: [],
  });
  /** A result that lists the first witnesses, and has counted more. */
  const counting = (result: Result, omitted: number, listed = 0): Result => {
    const own = JSON.parse(line) as WitnessOfCase;
    const witnesses = Array.from({ length: listed }, () => own);
    return {
      ...result,
      cases: result.cases.map((one) => ({ ...one, witnesses, witnessesOmitted: omitted })),
    };
  };

  it('are read up to the limit, even if one is longer than a chunk', () => {
    const long = line.replace('"lease":""', `"lease":"${'ü'.repeat(1_500_000)}"`);
    writeFileSync(join(run, STORED.witnesses), `${line}\n${long}\n${line}\n`);
    const result = counting(judgeStoredRun(run), 3);
    expect(storedWitnesses(run, result, 10)).toHaveLength(3);
    expect(storedWitnesses(run, result, 2)[1]?.lease).toHaveLength(1_500_000);
  });

  it('that are damaged are named by their line', () => {
    writeFileSync(join(run, STORED.witnesses), `${line}\n{"kind":\n`);
    expect(() => storedWitnesses(run, judgeStoredRun(run), 10)).toThrow(
      expect.objectContaining({ code: 'SOURCE', message: expect.stringContaining('line 2') as string }),
    );
    // The hint of the error: without the file, the page is made from the result alone.
    rmSync(join(run, STORED.witnesses));
    expect(storedWitnesses(run, judgeStoredRun(run), 10)).toEqual([]);
  });

  it.each([
    ['emptied', 0, 2, 0, 2],
    ['cut before the last that the result lists', 1, 2, 5, 2],
    ['of a run with more than were counted', 4, 2, 1, 2],
    ['of another run, where none was counted', 4, 0, 0, 0],
    ['whole', 3, 2, 1, 3],
  ] as const)('are those of the result where the file is %s', (_, lines, listed, omitted, read) => {
    writeFileSync(join(run, STORED.witnesses), `${line}\n`.repeat(lines));
    expect(storedWitnesses(run, counting(judgeStoredRun(run), omitted, listed), 10)).toHaveLength(read);
  });

  it('are those of the result where the file is of a case that it does not have', () => {
    writeFileSync(join(run, STORED.witnesses), line.replace('dhcp4', 'other'));
    expect(storedWitnesses(run, counting(judgeStoredRun(run), 1), 10)).toEqual([]);
  });

  it('are those of the result where the journal was cut since, as the file is of the judgement before', () => {
    writeFileSync(join(run, STORED.witnesses), `${line}\n`);
    const read = () => storedWitnesses(run, counting(storedResult(run), 1), 10);
    expect(read()).toHaveLength(1);
    cutJournal();
    expect(read()).toEqual([]);
  });
});

describe('GITHUB_STEP_SUMMARY', () => {
  it('gets the summary, as far as there is room', () => {
    const result = judgeStoredRun(run);
    const summary = join(path, 'summary');
    writeFileSync(summary, 'before\n');
    const told = (limitBytes: number) => markdownReport(result, limitBytes);
    appendStepSummary(told, summary);
    expect(readFileSync(summary, 'utf8')).toBe(`before\n${markdownReport(result)}\n`);
    writeFileSync(summary, 'x'.repeat((1 << 20) - 1_200));
    for (let again = 0; again < 3; again++) appendStepSummary(told, summary);
    expect(readFileSync(summary).length).toBeLessThanOrEqual(1 << 20);
    expect(readFileSync(summary, 'utf8')).toContain(`## ${result.verdict === 'pass' ? '✅' : '❔'}`);
  });

  it('may be unset', () => {
    expect(() => appendStepSummary(() => 'x', '')).not.toThrow();
  });
});
