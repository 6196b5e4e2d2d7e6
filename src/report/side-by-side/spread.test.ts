import { expect, it } from 'vitest';
import { spreadOf } from './spread.js';

it.each([
  [[7], 7, null],
  [[3, 1], 2, null],
  [[9, 1, 2], 2, null],
  [[1, 2, 3, 4, 5], 3, [2, 4]],
  [[10, 1, 2, 3, 4, 5], 3.5, [2.25, 4.75]],
] as const)('of %j: median %d, quartiles %j', (values, median, quartiles) => {
  expect(spreadOf(values)).toMatchObject({
    median,
    quartiles,
    min: Math.min(...values),
    max: Math.max(...values),
  });
});

it('a run without the figure is listed, but does not count', () => {
  expect(spreadOf([4, null, 2])).toMatchObject({ values: [4, null, 2], median: 3, min: 2, max: 4 });
  expect(spreadOf([null])).toBeUndefined();
});
