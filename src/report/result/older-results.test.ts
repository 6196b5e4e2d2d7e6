import { describe, expect, it } from 'vitest';
import { currentResult } from './older-results.js';
import { dhcp4AsPublished, resultOf } from '../report.test-support.js';
import { resultSchema } from '../../results/result.js';

type Word = 'pass' | 'fail' | 'inconclusive';

/**
 * A result as version 1 stored it: the tolerances of the published figures are among the checks, there is only one
 * half of the verdict, and no outcome.
 */
function version1(tolerance: Word, { verdict, exitCode }: { verdict: Word; exitCode: number }): unknown {
  const { reproduction, outcome, ...rest } = resultOf([dhcp4AsPublished()]);
  expect([reproduction?.figures.length, outcome]).toEqual([2, 'pass']);
  const figures = (reproduction?.figures ?? []).map((figure, index) =>
    index === 0 ? { ...figure, verdict: tolerance } : figure,
  );
  return { ...rest, schemaVersion: 1, verdict, exitCode, checks: [...rest.checks, ...figures] };
}

const read = (value: unknown) => resultSchema.parse(currentResult(value));

describe('a result of version 1', () => {
  it('that reproduced the published figures passes both halves', () => {
    const result = read(version1('pass', { verdict: 'pass', exitCode: 0 }));
    expect(result).toMatchObject({ schemaVersion: 2, verdict: 'pass', outcome: 'pass', exitCode: 0 });
    expect(result.reproduction).toMatchObject({ verdict: 'reproduced', premises: [] });
    expect(result.checks.filter(({ name }) => name.startsWith('published.'))).toEqual([]);
  });

  it('that failed only by a tolerance passes, and its reproduction is open', () => {
    const result = read(version1('fail', { verdict: 'fail', exitCode: 1 }));
    expect(result).toMatchObject({ verdict: 'pass', outcome: 'not comparable', exitCode: 2 });
    expect(result.reproduction?.verdict).toBe("can't tell");
  });

  it('that was interrupted stays interrupted', () => {
    const result = read(version1('inconclusive', { verdict: 'inconclusive', exitCode: 130 }));
    expect(result).toMatchObject({ outcome: 'interrupted', exitCode: 130 });
  });

  it('is distinguished from a current result and from other values', () => {
    const result = resultOf([dhcp4AsPublished()]);
    expect(currentResult(result)).toBe(result);
    for (const other of [null, [], { schemaVersion: 3 }, { schemaVersion: 1, verdict: 'x' }])
      expect(currentResult(other)).toBe(other);
  });
});
