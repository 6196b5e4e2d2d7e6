import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Buckets } from './buckets.js';

it('the number of buckets stays below its limit and every time has its own bucket, in whatever order times come', () => {
  const times = fc.array(fc.nat({ max: 2 ** 31 - 1 }), { minLength: 1 });
  fc.assert(
    fc.property(times, fc.integer({ min: 2, max: 50 }), (list, limit) => {
      const sums = new Map<number, number>();
      const buckets = new Buckets(limit, () => {
        const before = [...sums];
        sums.clear();
        for (const [bucket, sum] of before) add(bucket >> 1, sum);
      });
      const add = (bucket: number, sum: number) => sums.set(bucket, (sums.get(bucket) ?? 0) + sum);
      for (const at of list) add(buckets.of(at), 1);
      expect(buckets.length).toBeLessThanOrEqual(limit);
      const expected = new Map<number, number>();
      for (const at of list) {
        const bucket = Math.floor(at / (buckets.bucketMs * 1_000));
        expected.set(bucket, (expected.get(bucket) ?? 0) + 1);
      }
      expect(new Map([...sums].sort(([a], [b]) => a - b))).toEqual(
        new Map([...expected].sort(([a], [b]) => a - b)),
      );
      expect(buckets.length).toBe(Math.max(...expected.keys()) + 1);
    }),
  );
});
