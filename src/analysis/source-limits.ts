import type { CaseFigures } from './case-figures.js';
import type { Check, CheckName } from './model.js';

/** What a source leaves open that is not a whole run directory of this program. */
export interface SourceLimits {
  /** Checks that it holds nothing for: they are left out. */
  unmade: ReadonlySet<CheckName>;
  /** What of the source is not there, such as a record cut off; nothing where it is whole. */
  missing: readonly string[];
  /** For which the servers hold declined leases back, seconds; absent where nobody told it. */
  probationS?: number | undefined;
  /** Whether it tells how long prefixes are, without which nested ones can't be seen. */
  prefixLengths: boolean;
}

/** What of the source is missing makes the verdict inconclusive at best, and no figure is held against the cluster. */
export function completeCheck({ missing }: SourceLimits): Check {
  const whole = missing.length === 0;
  return {
    name: 'source.complete',
    case: '',
    phase: '',
    expected: 'everything that was recorded',
    actual: whole ? 'it is there' : missing.join('; '),
    verdict: whole ? 'pass' : 'inconclusive',
  };
}

/** What the source can't tell is not judged. */
export function limitedChecks(
  checks: readonly Check[],
  limits: SourceLimits | undefined,
  cases: readonly CaseFigures[],
): Check[] {
  if (limits === undefined) return [...checks];
  return checks
    .filter(({ name }) => !limits.unmade.has(name as CheckName))
    .map((check) => (limits.prefixLengths ? check : withoutLengths(check, cases)));
}

function withoutLengths(check: Check, cases: readonly CaseFigures[]): Check {
  if (check.name !== 'conformance.overlappingLeases' || check.verdict === 'fail') return check;
  const phases = cases.find(({ name }) => name === check.case)?.phases ?? [];
  if (!phases.some(({ leaseType }) => leaseType === 'prefix')) return check;
  return { ...check, actual: 'the source does not tell how long the prefixes are', verdict: 'inconclusive' };
}
