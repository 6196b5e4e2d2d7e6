import { expect, it } from 'vitest';
import { Waking } from './waking.js';

/** The pause at a rate of messages that has lasted for a second, microseconds. */
function pauseAt(messagesPerS: number): number {
  const waking = new Waking();
  let pauseUs = waking.pauseUs(0);
  for (let nowUs = 20_000; nowUs <= 1_000_000; nowUs += 20_000) {
    waking.count(messagesPerS / 50);
    pauseUs = waking.pauseUs(nowUs);
  }
  return pauseUs;
}

it('is put off the longer the more messages there are, and by a quarter of a millisecond at most', () => {
  expect(pauseAt(0)).toBe(0);
  expect(pauseAt(40)).toBeLessThan(10);
  expect(pauseAt(2_000)).toBeCloseTo(125, 0);
  expect(pauseAt(4_000)).toBeCloseTo(250, 0);
  expect(pauseAt(100_000)).toBe(250);
});
