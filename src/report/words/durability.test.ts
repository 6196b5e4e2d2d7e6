import { describe, expect, it } from 'vitest';
import type { Result } from '../../results/result.js';
import { faultedResult } from '../faults.test-support.js';
import { reportPage } from '../html/page.js';
import { junitReport } from '../junit/junit.js';
import { markdownReport } from '../markdown/markdown.js';
import { dhcp4AsPublished, resultOf } from '../report.test-support.js';
import { terminalReport } from '../text/terminal.js';
import { faultSentences, sentencesBeside } from './faults.js';

/** A run whose nodes say that they write their commits so. */
function writing(value: string | number, result = faultedResult(), timeout?: number): Result {
  const { environment, scenario } = result;
  if (environment === null) throw new Error('a run has an environment');
  const { database } = environment;
  const settings = { ...database.settings, innodb_flush_log_at_trx_commit: value };
  const cluster = { settings: timeout === undefined ? {} : { innodb_flush_log_at_timeout: timeout } };
  return {
    ...result,
    scenario: { ...scenario, effective: { ...scenario.effective, cluster } },
    environment: { ...environment, database: { ...database, settings } },
  };
}

describe('how nodes write their commits', () => {
  it('is told of a run with faults where a power cut, or a kill, loses some', () => {
    expect(sentencesBeside(writing('2'))[0]).toBe(
      'innodb_flush_log_at_trx_commit is 2: a process that is killed leaves to the kernel what it has written, so the run says nothing about a power cut',
    );
    const inMemory = (text: string) =>
      `innodb_flush_log_at_trx_commit is 0: commits of up to ${text} are only in memory, and a node that is killed loses them`;
    expect(sentencesBeside(writing(0))[0]).toBe(inMemory('a second'));
    expect(sentencesBeside(writing('0', faultedResult(), 60))[0]).toBe(inMemory('60 seconds'));
  });

  it('is not told where each commit is written, or without faults', () => {
    expect(sentencesBeside(writing('1')).join()).not.toContain('innodb');
    expect(faultSentences(writing('2', resultOf([dhcp4AsPublished()])))).toEqual([]);
  });

  it('is told once in every report', () => {
    const result = writing('2');
    const page = reportPage({ result, witnesses: [], witnessesOmitted: 0 });
    const text = 'so the run says nothing about a power cut';
    for (const report of [
      terminalReport(result, { runDirectory: 'reports/x', columns: 400 }),
      markdownReport(result),
      page,
      junitReport(result),
    ])
      expect(report.split(text)).toHaveLength(2);
  });
});
