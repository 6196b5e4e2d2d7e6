import { verdictOf } from './judge.js';
import type { Check, CheckName, Judgement } from './model.js';

/** What a source leaves open that is not a whole run directory of this program. */
export interface SourceLimits {
  /** Checks that it holds nothing for: they are left out. */
  unmade: ReadonlySet<CheckName>;
  /** What of the source is not there, such as a record cut off; nothing where it is whole. */
  missing: readonly string[];
  /** Whether it tells how long prefixes are, without which nested ones can't be seen. */
  prefixLengths: boolean;
}

/** What the source can't tell is not judged; what of it is missing makes the verdict inconclusive at best. */
export function limitedTo(judgement: Judgement, limits: SourceLimits): Judgement {
  const checks = [
    complete(limits),
    ...judgement.checks
      .filter(({ name }) => !limits.unmade.has(name as CheckName))
      .map((check) => (limits.prefixLengths ? check : withoutLengths(check, judgement))),
  ];
  return { ...judgement, checks, verdict: verdictOf(checks) };
}

function complete({ missing }: SourceLimits): Check {
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

function withoutLengths(check: Check, { cases }: Judgement): Check {
  if (check.name !== 'conformance.overlappingLeases' || check.verdict === 'fail') return check;
  const phases = cases.find(({ name }) => name === check.case)?.phases ?? [];
  if (!phases.some(({ leaseType }) => leaseType === 'prefix')) return check;
  return { ...check, actual: 'the source does not tell how long the prefixes are', verdict: 'inconclusive' };
}
