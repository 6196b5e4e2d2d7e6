import { expect, it } from 'vitest';
import { secondsTaken, timeTaken } from './took.js';

const [earlier, later] = ['2026-11-23T05:44:00.000Z', '2026-11-23T05:44:39.000Z'];

it('is the time between two readings of the clock', () => {
  expect(secondsTaken(earlier, later)).toBe(39);
  expect(timeTaken(earlier, later)).toBe('39 s');
});

it('is not known where the clock was set back, or a reading is missing', () => {
  expect(secondsTaken(later, earlier)).toBeNull();
  expect(timeTaken(later, earlier)).toMatch(/^unknown/);
  expect(secondsTaken(earlier, null)).toBeNull();
});
