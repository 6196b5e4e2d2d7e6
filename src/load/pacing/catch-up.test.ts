import { expect, it } from 'vitest';
import { CatchUp } from './catch-up.js';

/** Makes starts that are due every `everyUs`, at the first moment of `moments` at which each may be made. */
function startedAt(moments: readonly number[], everyUs: number): number[] {
  const catchUp = new CatchUp();
  const made: number[] = [];
  let dueUs = 0;
  for (const nowUs of moments) {
    while (catchUp.startsAtUs(dueUs) <= nowUs) {
      made.push(nowUs);
      catchUp.made(dueUs, dueUs + everyUs, nowUs);
      dueUs += everyUs;
    }
  }
  return made;
}

const everyUs = (us: number, from: number, until: number): number[] =>
  Array.from({ length: (until - from) / us + 1 }, (_, n) => from + n * us);

it('a load in time starts everything when it is due', () => {
  expect(startedAt(everyUs(100, 0, 1_000), 100)).toEqual(everyUs(100, 0, 1_000));
});

it('starts that are late by less than a millisecond are made at once', () => {
  expect(startedAt([0, 900], 100)).toEqual([0, ...Array.from({ length: 9 }, () => 900)]);
});

it('a load that was kept for 20 ms catches up at little more than its rate, not in a burst', () => {
  const made = startedAt([0, ...everyUs(50, 20_000, 400_000)], 50);
  const inTheFirst = (us: number) => made.filter((at) => at > 0 && at < 20_000 + us).length;
  // A millisecond's worth at once, then ten ninths of the rate: one start every 45 µs.
  expect(inTheFirst(50)).toBe(23);
  expect(inTheFirst(9_000)).toBe(222);
  expect(made.length).toBe(8_001);
});

it('a slow load catches up at ten thousand starts a second', () => {
  const made = startedAt([0, ...everyUs(100, 200_000, 300_000)], 10_000);
  expect(made.slice(0, 21)).toEqual([
    0,
    ...Array.from({ length: 11 }, () => 200_000),
    ...everyUs(100, 200_100, 200_900),
  ]);
});

it('clients that are due at the same moment start together, however late', () => {
  const catchUp = new CatchUp();
  catchUp.made(0, 0, 20_000);
  expect(catchUp.startsAtUs(0)).toBeLessThanOrEqual(20_000);
});

it('a single late start delays no later one', () => {
  const catchUp = new CatchUp();
  catchUp.made(0, 100_000, 30_000);
  expect(catchUp.startsAtUs(100_000)).toBe(100_000);
});
