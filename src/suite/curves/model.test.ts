import { describe, expect, it } from 'vitest';
import { PASSING } from '../../compare/compare.test-support.js';
import type { Result } from '../../results/result.js';
import { scenarioSchema } from '../../scenario/schema.js';
import { memberOf, suiteOfMembers } from '../suite.test-support.js';
import { runsSideBySide } from './model.js';

function over(names: readonly string[], resultOf: (name: string) => Result = () => PASSING) {
  const members = names.map((name) => memberOf(resultOf(name), name));
  return runsSideBySide(suiteOfMembers(members), members);
}

describe('runs side by side', () => {
  it('are over a number where all their names are numbers', () => {
    const model = over(['4', '0', '1']);
    expect(model?.over).toBe('number');
    expect(model?.cases[0]?.runs.map(({ at, label }) => [at, label])).toEqual([
      [0, '0'],
      [1, '1'],
      [4, '4'],
    ]);
  });

  it('are over names where a name is no number as it would be printed, such as 3.0', () => {
    const model = over(['2.2', '2.6', '3.0']);
    expect(model?.over).toBe('name');
    expect(model?.cases[0]?.runs.map(({ label }) => label)).toEqual(['2.2', '2.6', '3.0']);
  });

  it('are over names where their versions differ', () => {
    const withKea = (version: string): Result => ({
      ...PASSING,
      scenario: {
        ...PASSING.scenario,
        effective: scenarioSchema.parse({ name: 'x', description: 'made up', kea: { version } }),
      },
    });
    expect(over(['2.2', '2.6'], withKea)?.over).toBe('name');
    expect(over(['2.2', '2.6'], () => withKea('2.6'))?.over).toBe('number');
  });
});
