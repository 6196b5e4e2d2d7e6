import type { ClusterCheck } from './cluster-check.js';

/** Makes a check with its verdict. The check keeps the hint only where it does not hold. */
export function stated(
  name: string,
  node: string | null,
  expected: string,
  actual: string,
  { holds, hint }: { holds: boolean; hint: string },
): ClusterCheck {
  return { name, node, expected, actual, verdict: holds ? 'pass' : 'fail', hint: holds ? null : hint };
}
