import { expect, it } from 'vitest';
import { PLAIN } from '../terminal/style.js';
import { groupsOf } from './groups.js';
import { passedOverLines, trendLines } from './text.js';
import { foundRun } from './trend.test-support.js';

const lines = (...scenarios: string[]) =>
  trendLines(
    {
      schemaVersion: 1,
      searchedRates: 0,
      groups: groupsOf(scenarios.map((scenario) => foundRun({ day: 1, scenario }))),
      passedOver: [],
    },
    PLAIN,
  );

it('has a line for each series, in columns', () => {
  const [a = '', b = ''] = lines('a', 'longer');
  expect(a.indexOf('pass')).toBe(b.indexOf('pass'));
});

it('cuts a name of thousands of characters, and lets it widen no other line', () => {
  const [a = '', long = ''] = lines('a', 'x'.repeat(3_000));
  expect(a.length).toBeLessThan(150);
  expect(long.length).toBeLessThan(260);
});

it('names the first few of what is not listed, and says how many more there are', () => {
  const skipped = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ path: `/${i}\u001b`, why: 'so' }));
  expect(passedOverLines(skipped(2), PLAIN)).toEqual(['skipped /0\\u001b: so', 'skipped /1\\u001b: so']);
  expect(passedOverLines(skipped(9), PLAIN).at(-1)).toMatch(/^and 4 more/);
});
