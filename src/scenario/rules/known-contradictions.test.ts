import { describe, expect, it } from 'vitest';
import { findKnownContradictions } from './known-contradictions.js';
import { loadScenario } from '../load.js';
import { ScenarioError } from '../language/problems.js';
import { scenarioSchema } from '../schema.js';

const KEPT = { check: 'conformance.leaseKept', atMost: '2%', cause: 'stale-read' };

const found = (more: Record<string, unknown>) =>
  findKnownContradictions(scenarioSchema.parse({ name: 'mine', description: 'made up', ...more }));

describe('known failures', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ expect: 'fail', knownFailures: [KEPT] }, 'knownFailures'],
    [{ knownFailures: [KEPT, { ...KEPT, atMost: 3 }] }, 'knownFailures.1'],
    [{ knownFailures: [{ ...KEPT, cause: 'decline-lost-race' }] }, 'knownFailures.0.cause'],
    [{ knownFailures: [{ ...KEPT, check: 'conformance.heldConcurrently' }] }, 'knownFailures.0.cause'],
    [{ knownFailures: [{ ...KEPT, cause: 'full-pool' }] }, 'knownFailures.0.cause'],
  ])('%j are refused', (more, path) => {
    expect(found(more).map((one) => one.path.join('.'))).toEqual([path]);
  });

  it.each<[Record<string, unknown>]>([
    [{}],
    [{ expect: 'fail' }],
    [{ knownFailures: [KEPT, { ...KEPT, check: 'audit.oneLease' }] }],
    [
      {
        knownFailures: [
          { check: 'audit.givenBack', atMost: 1, cause: 'release-lost-race' },
          { check: 'audit.givenBack', atMost: 1, cause: 'decline-lost-race' },
        ],
      },
    ],
  ])('%j are not', (more) => {
    expect(found(more)).toEqual([]);
  });

  const problemOf = (known: Record<string, unknown>) => {
    const set = [`knownFailures=${JSON.stringify([{ ...KEPT, ...known }])}`];
    try {
      loadScenario('life', { set, quick: false });
    } catch (error) {
      if (error instanceof ScenarioError) return error.problems[0];
      throw error;
    }
    return undefined;
  };

  it.each([
    [{ check: 'conformance.leasekept' }, 'knownFailures.0.check', 'conformance.leaseKept'],
    [{ cause: 'stale-reads' }, 'knownFailures.0.cause', 'stale-read'],
    [{ check: 'load.answered' }, 'knownFailures.0.check', undefined],
  ])('%j names nothing that is known; what was probably meant is said', (known, path, suggestion) => {
    expect(problemOf(known)).toMatchObject({ path, suggestion });
  });

  it.each([0, 1.5, -1, '0%', '101%', '2', 'few', '100.5%'])('have no bound like %j', (atMost) => {
    expect(problemOf({ atMost })).toMatchObject({
      path: 'knownFailures.0.atMost',
      message: expect.stringContaining('must be a') as string,
    });
  });

  it.each([1, 20, '2%', '0.2%', '100%'])('have a bound like %j', (atMost) => {
    expect(problemOf({ atMost })).toBeUndefined();
  });
});
