import { expect, it } from 'vitest';
import type { Advice } from '../../kea/advice/advice.js';
import { PLAIN } from '../../terminal/style.js';
import { adviceLines } from './kea-advice.js';

const of = (server: string, point: string, present: string, isAdvised: boolean): Advice => ({
  server,
  point,
  present,
  advised: 'random',
  meaning: `what ${point} is.`,
  weight: isAdvised ? 'ok' : 'note',
});

it('has a row for each value of a point, and names the servers where not all have it', () => {
  const advice = [
    of('a', 'allocator', 'iterative', false),
    of('a', 'other', '1', true),
    of('b', 'allocator', 'random', true),
    of('b', 'other', '1', true),
    of('c', 'allocator', 'iterative', false),
    of('c', 'other', '1', true),
  ];
  expect(adviceLines(advice, 80, PLAIN).join('\n')).toBe(`\
     point     present   advised servers
note allocator iterative random  2 of 3
      what allocator is. At a, c.
ok   allocator random    random  1 of 3
ok   other     1         random  3 of 3`);
});

it('says only what a point means where it is the same on all servers', () => {
  const advice = [of('a', 'allocator', 'iterative', false), of('b', 'allocator', 'iterative', false)];
  expect(adviceLines(advice, 80, PLAIN).at(-1)).toBe('      what allocator is.');
});

it('is empty where no server was asked', () => {
  expect(adviceLines([], 80, PLAIN)).toEqual([]);
});
