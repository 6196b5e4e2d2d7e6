import type { ClusterCheck } from './model.js';

/** A check with its verdict; what to do is said only where it does not hold. */
export function stated(
  name: string,
  node: string | null,
  expected: string,
  actual: string,
  { holds, hint }: { holds: boolean; hint: string },
): ClusterCheck {
  return { name, node, expected, actual, verdict: holds ? 'pass' : 'fail', hint: holds ? null : hint };
}
