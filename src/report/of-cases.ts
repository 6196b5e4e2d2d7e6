import { verdictOf } from '../analysis/judge.js';
import { outcomeAndCode } from './outcome.js';
import type { Result } from './result.js';

/**
 * The verdict on some cases alone. What they hold was held against the leases of the others too, as a lease is one lease,
 * whichever exchange gave it.
 */
export function ofCases(result: Result, names: readonly string[]): Result {
  const all = result.cases.map(({ name }) => name);
  if (all.every((name) => names.includes(name))) return result;
  const checks = result.checks.filter((check) => check.case === '' || names.includes(check.case));
  const judged = {
    ...result,
    cases: result.cases.filter(({ name }) => names.includes(name)),
    checks,
    verdict: verdictOf(checks),
  };
  return {
    ...judged,
    ...outcomeAndCode(judged),
    source: judged.source && {
      ...judged.source,
      notes: [
        ...judged.source.notes,
        `Of its cases ${all.join(', ')} these alone count for the verdict (--case): ${names.join(', ')}.`,
      ],
    },
  };
}
