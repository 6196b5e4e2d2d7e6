import { describe, expect, it } from 'vitest';
import { loadScenario } from './load.js';

const made = (...set: string[]) =>
  loadScenario('negative-control', {
    set: ['expectedFailures=[conformance.leaseKept]', ...set],
    quick: false,
  });

describe('a negative control', () => {
  it('names the checks that it is made to fail in', () => {
    expect(made().scenario.expectedFailures).toEqual(['conformance.leaseKept']);
  });

  it('is the only kind of scenario that may expect failures', () => {
    expect(() => made('expect=pass')).toThrow(/expectedFailures only goes with expect: fail/);
  });
});
