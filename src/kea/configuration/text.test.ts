import { expect, it } from 'vitest';
import { configurationText } from './text.js';

it('writes floating-point numbers with a point, which Kea refuses without', () => {
  const configuration = {
    'cache-threshold': 0,
    'cache-max-age': 0,
    a: { 't1-percent': 1, 't2-percent': 0.5 },
  };
  expect(configurationText(configuration)).toBe(
    '{"cache-threshold":0.0,"cache-max-age":0,"a":{"t1-percent":1.0,"t2-percent":0.5}}',
  );
  expect(configurationText(configuration, 2)).toContain('"cache-threshold": 0.0,\n');
  expect(JSON.parse(configurationText(configuration))).toEqual(configuration);
});

it('leaves texts alone', () => {
  const configuration = { comment: 'say "t1-percent":1, or "cache-threshold": 0 ' };
  expect(JSON.parse(configurationText(configuration))).toEqual(configuration);
});
