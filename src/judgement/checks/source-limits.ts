import type { Gap } from '../../observations/import/gap.js';
import type { CaseFigures } from '../../results/case.js';
import type { Check } from '../../results/check.js';
import type { CheckName } from '../../results/check-names.js';
import type { UnsureFigures } from '../holdings/gaps.js';
import { number } from '../../numbers.js';

/** What a source leaves open. A whole run directory of this program leaves nothing open. */
export interface SourceLimits {
  /** The checks for which the source holds nothing. They are left out. */
  unmade: ReadonlySet<CheckName>;
  /** The missing parts of the source, such as the end of a record that was cut off; empty for a whole source. */
  missing: readonly string[];
  /** When something that the source does not show may have ended a holding; absent for never. */
  gaps?: readonly Gap[] | undefined;
  /** For how many seconds the servers hold declined leases back; absent where nobody told it. */
  probationS?: number | undefined;
  /**
   * Set if the source does not tell which leases were held at the same time. `checks` are the checks as if all leases
   * were held at once; `why` says why the times are not known. The observations then hold only what is certain.
   */
  asIfAtOnce?: { checks: readonly Check[]; why: string } | undefined;
  /** Whether clients may have sent requests that the source does not show. */
  unseenRequests: boolean;
  /** Whether the source tells when messages were sent. */
  times: boolean;
  /** Whether the source tells the lengths of prefixes. Without them nested prefixes can't be seen. */
  prefixLengths: boolean;
}

/** Missing parts of the source make the verdict inconclusive at best. They are no failure of the cluster. */
export function completeCheck({ missing }: SourceLimits): Check {
  const whole = missing.length === 0;
  return {
    name: 'source.complete',
    case: '',
    phase: '',
    expected: 'the source is complete',
    actual: whole ? 'it is' : missing.join('; '),
    verdict: whole ? 'pass' : 'inconclusive',
  };
}

/** Leaves out, or leaves open, what the source can't tell. */
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

/**
 * Makes a failed check inconclusive if each of its conflicts depends on something that was not read and that may have
 * ended the first holding.
 */
export function withGaps(checks: readonly Check[], unsure: ReadonlyMap<string, UnsureFigures>): Check[] {
  return checks.map((check) => {
    const figure = UNSURE[check.name as CheckName];
    const its = figure && unsure.get(check.case)?.[figure];
    if (its === undefined || check.verdict !== 'fail' || its.count < (check.count?.found ?? 0)) return check;
    const what = its.what.join(' and ');
    const actual = `${check.actual}; between the two answers: ${what}, which may have ended the first holding`;
    return { ...check, actual, verdict: 'inconclusive' };
  });
}

/** Without a captured request that wants an answer, nobody knows how much was asked. */
function isAsked(one: CaseFigures | undefined): boolean {
  return one === undefined || one.phases.some(({ allAttempts }) => allAttempts.requests > 0);
}

/**
 * Whether a check on renewals that judged no answer can be left out. In a network of others some client always asks
 * to prolong a lease from elsewhere, and is refused or gets no answer. If the case has committing answers, the
 * verdict does not depend on such renewals.
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

/** The checks that depend on who held what at the same time, with the words for what was found. */
const HOLDING: Partial<Record<CheckName, string>> = {
  'conformance.heldConcurrently': 'leases that were given to several clients',
  'conformance.overlappingLeases': "leases that were given inside another client's prefix",
  'conformance.leaseKept': 'answers to renewals that gave another lease',
};

/**
 * Takes the worst and the best case together. A check that holds as if all leases were held at once holds. A check
 * that fails for certain fails. Every other check is open.
 */
function uncertain(check: Check, asIfAtOnce: SourceLimits['asIfAtOnce']): Check {
  const happened = HOLDING[check.name as CheckName];
  if (asIfAtOnce === undefined || happened === undefined || check.verdict === 'fail') return check;
  const atOnce = asIfAtOnce.checks.find(({ name, case: of }) => name === check.name && of === check.case);
  if (atOnce === undefined) return check;
  if (atOnce.verdict !== 'fail') return atOnce;
  const found = atOnce.count?.found ?? 0;
  return {
    ...check,
    actual: `${happened}: ${number(found)}; ${asIfAtOnce.why}`,
    verdict: 'inconclusive',
  };
}

/** Clients may use each other's transaction ids, and the source may not show all requests. */
function withUnseen(check: Check): Check {
  if (check.name !== 'conformance.wrongClient' || check.verdict !== 'fail') return check;
  const actual = `${check.actual}; the source may lack the requests of the clients that these answers name`;
  return { ...check, actual, verdict: 'inconclusive' };
}

function withoutLengths(check: Check, its: CaseFigures | undefined): Check {
  if (check.name !== 'conformance.overlappingLeases' || check.verdict === 'fail') return check;
  if (its?.phases.some(({ leaseType }) => leaseType === 'prefix') !== true) return check;
  return { ...check, actual: 'the source does not tell how long the prefixes are', verdict: 'inconclusive' };
}
