import { expect, it } from 'vitest';
import { plural } from './log-counts.js';
import { byServer } from './run-context.js';

it('numbers in the texts of causes have separators, as everywhere', () => {
  expect(plural(24_316, 'request')).toBe('24,316 requests');
  expect(plural(1, 'request')).toBe('1 request');
  expect(byServer([{ name: 'server-1', count: 9_064 }])).toBe('server-1 9,064');
});
