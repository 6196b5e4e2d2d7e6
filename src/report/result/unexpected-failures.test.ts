import { describe, expect, it } from 'vitest';
import { outcomeAndCode } from './outcome.js';
import { unexpectedFailures } from './unexpected-failures.js';

const checks: { name: string; verdict: 'pass' | 'fail' }[] = [
  { name: 'conformance.leaseKept', verdict: 'fail' },
  { name: 'conformance.heldConcurrently', verdict: 'fail' },
  { name: 'run.deaths', verdict: 'pass' },
];
const failing = (effective: Record<string, unknown>) => ({ checks, scenario: { effective } });

describe('a negative control that names its expected failures', () => {
  it('must fail in no other check', () => {
    expect(unexpectedFailures(failing({}))).toEqual([]);
    expect(unexpectedFailures(failing({ expectedFailures: ['conformance.leaseKept'] }))).toEqual([
      'conformance.heldConcurrently',
    ]);
  });

  it.each([
    [['conformance.leaseKept'], 'fail', 1],
    [['conformance.leaseKept', 'conformance.heldConcurrently'], 'control held', 0],
  ])('with expected failures %j: %s', (expectedFailures, outcome, exitCode) => {
    const result = {
      ...failing({ expectedFailures }),
      expectedVerdict: 'fail',
      verdict: 'fail',
      reproduction: null,
    } as const;
    expect(outcomeAndCode(result)).toEqual({ outcome, exitCode });
  });
});
