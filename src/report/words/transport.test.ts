import { expect, it } from 'vitest';
import type { TransportFigures } from '../../results/transport.js';
import { clockStepSentences } from './transport.js';

const told = (clockSteps: TransportFigures['clockSteps']): string[] =>
  clockStepSentences({ transport: { name: 'native', clockSteps } });

it('tells of each time that the clock was set', () => {
  expect(told([])).toEqual([]);
  const [one, two] = told([
    { atUs: 1_250_000, byMs: 0.5 },
    { atUs: 9_000_000, byMs: -2_000 },
  ]);
  expect(one).toContain("set forward by 0.5 ms, 1.3 s after the run's start");
  expect(two).toContain("set back by 2000 ms, 9.0 s after the run's start");
});

it('tells of a clock that was set ten times a second in one sentence', () => {
  const steps = Array.from({ length: 200 }, (_, index) => ({ atUs: 1e6 + 1e5 * index, byMs: 0.49975 }));
  steps[3] = { atUs: 1_300_000, byMs: 696.436 };
  const sentences = told(steps);
  expect(sentences).toHaveLength(1);
  expect(sentences[0]).toContain('set 200 times, forward by 795.886 ms in all');
  expect(sentences[0]).toContain("the most forward by 696.436 ms, 1.3 s after the run's start");
});
