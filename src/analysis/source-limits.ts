import type { Gap } from '../observations/gap.js';
import type { CaseFigures } from './case-figures.js';
import type { UnsureFigures } from './gaps.js';
import type { Check, CheckName } from './model.js';

/** What a source leaves open that is not a whole run directory of this program. */
export interface SourceLimits {
  /** Checks that it holds nothing for: they are left out. */
  unmade: ReadonlySet<CheckName>;
  /** What of the source is not there, such as a record cut off; nothing where it is whole. */
  missing: readonly string[];
  /** When what it does not show may have ended a holding; absent for never. */
  gaps?: readonly Gap[] | undefined;
  /** For which the servers hold declined leases back, seconds; absent where nobody told it. */
  probationS?: number | undefined;
  /**
   * Where it does not tell which leases were held at the same time: the checks as if all were, and why that is not known. The
   * observations are then as if only those were of which it is certain.
   */
  asIfAtOnce?: { checks: readonly Check[]; why: string } | undefined;
  /** Whether requests may have been sent that it does not show. */
  unseenRequests: boolean;
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
  const byName = new Map(cases.map((one) => [one.name, one]));
  return checks
    .filter(({ name }) => !limits.unmade.has(name as CheckName))
    .filter((check) => check.name !== 'load.answered' || isAsked(byName.get(check.case)))
    .filter((check) => !isUnjudgedRenewal(check, limits, byName.get(check.case)))
    .map((check) => uncertain(check, limits.asIfAtOnce))
    .map((check) => (limits.unseenRequests ? withUnseen(check) : check))
    .map((check) => (limits.prefixLengths ? check : withoutLengths(check, byName.get(check.case))));
}

const UNSURE: Partial<Record<CheckName, keyof UnsureFigures>> = {
  'conformance.heldConcurrently': 'heldConcurrently',
  'conformance.overlappingLeases': 'overlappingLeases',
};

/** Where each of the leases at odds rests on something that was not read, that may have been the end of the first holding. */
export function withGaps(checks: readonly Check[], unsure: ReadonlyMap<string, UnsureFigures>): Check[] {
  return checks.map((check) => {
    const figure = UNSURE[check.name as CheckName];
    const its = figure && unsure.get(check.case)?.[figure];
    if (its === undefined || check.verdict !== 'fail' || its.count < (check.count?.found ?? 0)) return check;
    const actual = `${check.actual}; ${its.what.join(' and ')} in between, which may have ended the first holding`;
    return { ...check, actual, verdict: 'inconclusive' };
  });
}

/** Without a captured request that wants an answer nobody knows how much was asked. */
function isAsked(one: CaseFigures | undefined): boolean {
  return one === undefined || one.phases.some(({ allAttempts }) => allAttempts.requests > 0);
}

/**
 * In a network of others somebody always asks for a lease of elsewhere to be prolonged, and is refused or gets no answer. Where
 * other answers were judged, nothing hangs on that.
 */
function isUnjudgedRenewal(
  check: Check,
  { unseenRequests, asIfAtOnce }: SourceLimits,
  one: CaseFigures | undefined,
): boolean {
  const is = ({ name, case: of }: Check) => name === 'conformance.leaseKept' && of === check.case;
  return (
    unseenRequests &&
    is(check) &&
    check.count?.of === 0 &&
    (one?.committingLeases ?? 0) > 0 &&
    asIfAtOnce?.checks.some(is) !== true
  );
}

/** What rests on who held what at the same time, as what was found is told. */
const HOLDING: Partial<Record<CheckName, string>> = {
  'conformance.heldConcurrently': 'were given to several clients',
  'conformance.overlappingLeases': "were given inside another client's prefix",
  'conformance.leaseKept': 'were given instead of one that was to be renewed',
};

/** What holds whichever leases were held at the same time holds; what does not hold for certain, fails. */
function uncertain(check: Check, asIfAtOnce: SourceLimits['asIfAtOnce']): Check {
  const happened = HOLDING[check.name as CheckName];
  if (asIfAtOnce === undefined || happened === undefined || check.verdict === 'fail') return check;
  const atOnce = asIfAtOnce.checks.find(({ name, case: of }) => name === check.name && of === check.case);
  if (atOnce === undefined) return check;
  if (atOnce.verdict !== 'fail') return atOnce;
  const found = atOnce.count?.found ?? 0;
  return {
    ...check,
    actual: `leases that ${happened}: ${found}; ${asIfAtOnce.why}`,
    verdict: 'inconclusive',
  };
}

/** Clients may use each other's transaction ids, and not all of them may be seen. */
function withUnseen(check: Check): Check {
  if (check.name !== 'conformance.wrongClient' || check.verdict !== 'fail') return check;
  const actual = `${check.actual}; the requests of the clients that they name may not have been captured`;
  return { ...check, actual, verdict: 'inconclusive' };
}

function withoutLengths(check: Check, its: CaseFigures | undefined): Check {
  if (check.name !== 'conformance.overlappingLeases' || check.verdict === 'fail') return check;
  if (its?.phases.some(({ leaseType }) => leaseType === 'prefix') !== true) return check;
  return { ...check, actual: 'the source does not tell how long the prefixes are', verdict: 'inconclusive' };
}
