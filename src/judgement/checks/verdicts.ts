import type { Check, Verdict } from '../../results/check.js';
import type { CheckName } from '../../results/check-names.js';

/** The verdict of each case: from its own checks, and from the check that all that was recorded is there. */
export function verdictsOf(checks: readonly Check[]): (caseName: string) => Verdict {
  const byCase = new Map<string, Check[]>();
  for (const check of checks) {
    const its = byCase.get(check.case);
    if (its === undefined) byCase.set(check.case, [check]);
    else its.push(check);
  }
  const ofAll = checks.filter(({ name }) => name === ('source.complete' satisfies CheckName));
  return (caseName) => verdictOf([...(byCase.get(caseName) ?? []), ...ofAll]);
}

/** `fail` if a check fails, else `inconclusive` if a check can't tell, else `pass`. */
export function verdictOf(checks: readonly Check[]): Verdict {
  const order: readonly Verdict[] = ['fail', 'inconclusive'];
  return order.find((verdict) => checks.some((check) => check.verdict === verdict)) ?? 'pass';
}
