import { expect, it } from 'vitest';
import { z } from 'zod';
import { count, milliseconds, percent, ratio, told, whole } from './figure.js';
import { asTold, hundredths, rounded } from './mapped.js';

it('rounds percentages and ratios to two decimals, also in lists and in what may be absent', () => {
  const schema = z.object({
    list: z.array(z.object({ share: percent('100 d/N') })).optional(),
    rate: ratio('starts/s').nullable(),
    cores: hundredths().describe('CPUs').nullable(),
  });
  const value = { list: [{ share: 100 / 3 }, { share: null }], rate: 2 / 3, cores: 1.005_1 };
  expect(rounded(schema, value)).toEqual({
    list: [{ share: 33.33 }, { share: null }],
    rate: 0.67,
    cores: 1.01,
  });
});

it('leaves counts, times and fields that the schema lacks as they are', () => {
  const schema = z.object({ n: count('N'), p99: milliseconds('99%') });
  const value = { n: 3, p99: 1.234_567, more: 0.123_456 };
  expect(rounded(schema, value)).toEqual(value);
});

it('puts null for what a source does not tell, whole objects too', () => {
  const schema = z.object({
    requests: told(whole, 'requests').describe('transactions'),
    late: told(whole, 'times', 'timeouts'),
    latencyMs: told(z.object({ p99: milliseconds('99%') }), 'times').optional(),
    responses: whole,
  });
  const value = { requests: 4, late: 1, latencyMs: { p99: 2 }, responses: 3 };
  expect(asTold(schema, value, ['requests'])).toEqual({ ...value, requests: null });
  expect(asTold(schema, value, ['times'])).toEqual({ ...value, late: null, latencyMs: null });
  expect(asTold(schema, value, [])).toEqual(value);
});
