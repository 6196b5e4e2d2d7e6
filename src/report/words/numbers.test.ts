import { expect, it } from 'vitest';
import { percent } from '../words/percent.js';
import { count, duration, lasting, milliseconds, plural, ratio } from './numbers.js';

it.each([
  [count(12_345), '12,345'],
  [count(null), '–'],
  [percent(33.43), '33.4%'],
  [percent(99.99), '99.9%'],
  [percent(100), '100%'],
  [percent(null), '–'],
  [milliseconds(0.416), '0.42'],
  [milliseconds(64.558), '64.6'],
  [milliseconds(1204.4), '1,204'],
  [milliseconds(null), '–'],
  [ratio(10), '10'],
  [ratio(33.333), '33.3'],
  [ratio(1.3333), '1.33'],
  [ratio(1250.2), '1,250'],
  [ratio(null), '–'],
  [duration(39.4), '39 s'],
  [duration(125), '2 min 5 s'],
  [duration(3_840), '1 h 4 min'],
  [lasting(811.2), '812 ms'],
  [lasting(9_999), '9,999 ms'],
  [lasting(339_065), '5 min 40 s'],
  [plural(1, 'client'), '1 client'],
  [plural(0, 'client'), '0 clients'],
])('%s', (shown, expected) => expect(shown).toBe(expected));
