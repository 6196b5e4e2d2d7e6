import { verdictOf } from '../../judgement/checks/verdicts.js';
import { outcomeAndCode } from './outcome.js';
import type { Result } from '../../results/result.js';

/**
 * The result with the verdict on some cases alone. Their holdings were judged together with the leases of all other
 * cases, as a lease is the same lease whichever exchange gave it.
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
        `The verdict counts only these cases (--case): ${names.join(', ')}. All cases: ${all.join(', ')}.`,
      ],
    },
  };
}
