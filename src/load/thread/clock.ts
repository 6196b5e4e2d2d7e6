import { performance } from 'node:perf_hooks';

/** So often the two clocks are compared; the comparison that took the least time counts. */
const COMPARISONS = 20;

/**
 * A clock that all threads of a process share: microseconds since `originNs` of `process.hrtime`. It reads
 * `performance.now`, which makes no object, but begins at another moment in each thread.
 */
export function clockFrom(originNs: bigint): () => number {
  let [least, beginsAtMs] = [Infinity, 0];
  for (let n = 0; n < COMPARISONS; n++) {
    const before = performance.now();
    const sinceOriginMs = Number(process.hrtime.bigint() - originNs) / 1_000_000;
    const after = performance.now();
    if (after - before < least) [least, beginsAtMs] = [after - before, (before + after) / 2 - sinceOriginMs];
  }
  return () => (performance.now() - beginsAtMs) * 1_000;
}
