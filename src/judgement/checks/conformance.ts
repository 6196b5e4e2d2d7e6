import { number, outOf } from '../../numbers.js';
import type { Death, Evidence } from '../../evidence/evidence.js';
import { RENEWING_PHASES } from '../../protocol/phases.js';
import type { CaseFigures } from '../../results/case.js';
import type { Check } from '../../results/check.js';
import type { CheckName } from '../../results/check-names.js';
import { deathText } from './death-text.js';

/** The checks that are always on: what a cluster must never do, whatever the scenario says. */
export function conformanceChecks(cases: readonly CaseFigures[], evidence: Evidence): Check[] {
  return [...cases.flatMap(caseChecks), anyCase(cases), noDeaths(evidence)].flat();
}

function caseChecks(figures: CaseFigures): Check[] {
  const committing = [...new Set(figures.phases.filter((one) => one.committing).map((one) => one.name))];
  const phase = committing.join(', ');
  const base = { case: figures.name, phase };
  // Without a single committing answer "no duplicates" says nothing.
  const judged = figures.committingLeases > 0;
  const zero = (name: CheckName, figure: 'heldConcurrently' | 'overlappingLeases'): Check => {
    const elsewhere = figures.countedElsewhere?.[figure] ?? 0;
    const count = figures[figure] + elsewhere;
    const told = elsewhere === 0 ? number(count) : `${number(count)}, ${alsoCounted(elsewhere, count)}`;
    return {
      ...base,
      name,
      expected: '0',
      actual: judged ? told : 'no committing answer to judge',
      verdict: count > 0 ? 'fail' : judged ? 'pass' : 'inconclusive',
      count: { found: count, of: null },
    };
  };
  return [
    zero('conformance.heldConcurrently', 'heldConcurrently'),
    perhapsDelegated(zero('conformance.overlappingLeases', 'overlappingLeases'), figures),
    ...committing.flatMap((name) => [
      none('conformance.wrongClient', figures, name, 'wrongClientLeases'),
      none('conformance.wrongServer', figures, name, 'wrongServerLeases'),
      none('conformance.secondLease', figures, name, 'secondLeases'),
    ]),
    ...declinedReused(figures),
    ...leaseKept(figures),
    {
      ...base,
      name: 'load.committed',
      expected: 'at least 1 lease committed',
      actual: `${number(figures.committingLeases)} leases committed`,
      verdict: judged ? 'pass' : 'inconclusive',
    },
  ];
}

/**
 * Leaves the check open where a lease inside another client's prefix may be that client's own. A router may lease
 * addresses out of its prefix, and its server may have another name and address than the router has as a client.
 */
function perhapsDelegated(check: Check, { perhapsDelegated: count = 0 }: CaseFigures): Check {
  if (count === 0 || check.verdict === 'fail') return check;
  const are = count === 1 ? 'lease is' : 'leases are';
  const come = count === 1 ? 'comes' : 'come';
  return {
    ...check,
    actual: `${number(count)} ${are} inside a prefix of another client, and ${come} from a server that gave no other leases: that server may belong to the client that holds the prefix`,
    verdict: 'inconclusive',
  };
}

/**
 * Tells how many of the violations are between two cases. Each of the two cases shows them, and one of the two counts
 * them.
 */
function alsoCounted(elsewhere: number, count: number): string {
  if (elsewhere < count) return `${elsewhere} of them also counted in other cases`;
  return count === 1 ? 'also counted in other cases' : 'all of them also counted in other cases';
}

/**
 * The check for clients that decline addresses: no server may give a declined address to anybody during its probation
 * period.
 */
function declinedReused({ name, declines: { declined, reused } }: CaseFigures): Check[] {
  if (declined === 0 || reused === null) return [];
  return [
    {
      name: 'conformance.declinedReused' satisfies CheckName,
      case: name,
      phase: '',
      expected: '0 answers that give a declined lease in its probation period',
      actual: `${outOf(reused, declined)} declined`,
      verdict: reused === 0 ? 'pass' : 'fail',
      count: { found: reused, of: declined },
    },
  ];
}

/** The check for clients that renew: none may lose its lease by renewing, or get another lease. */
function leaseKept({ name, phases, renewals: { judged, notKept } }: CaseFigures): Check[] {
  const renewing = new Set(phases.filter((one) => RENEWING_PHASES.has(one.name)).map((one) => one.name));
  if (renewing.size === 0) return [];
  return [
    {
      name: 'conformance.leaseKept' satisfies CheckName,
      case: name,
      phase: [...renewing].join(', '),
      expected: '0 answers that take away or change a lease its client holds',
      actual: judged === 0 ? 'no answer to judge' : outOf(notKept, judged),
      verdict: notKept > 0 ? 'fail' : judged === 0 ? 'inconclusive' : 'pass',
      count: { found: notKept, of: judged },
    },
  ];
}

/** A check on answers that must never occur. A single one fails it. */
function none(
  name: CheckName,
  figures: CaseFigures,
  phase: string,
  figure: 'wrongClientLeases' | 'wrongServerLeases' | 'secondLeases',
): Check {
  const count = figures.phases.find((one) => one.name === phase)?.[figure] ?? 0;
  return {
    name,
    case: figures.name,
    phase,
    expected: '0',
    actual: number(count),
    verdict: count === 0 ? 'pass' : 'fail',
    count: { found: count, of: null },
  };
}

function anyCase(cases: readonly CaseFigures[]): Check[] {
  if (cases.length > 0) return [];
  const check = { name: 'load.committed', case: '', phase: '' } as const;
  return [{ ...check, expected: 'at least one case', actual: 'none', verdict: 'inconclusive' }];
}

function noDeaths({ deaths, faults }: Evidence): Check {
  // A fault that takes a node away may end its servers, as their settings say.
  const isUnasked = ({ fault }: Death): boolean => fault === undefined || faults?.faults[fault] === undefined;
  const told = deaths.filter(isUnasked).map(deathText);
  return {
    name: 'run.deaths',
    case: '',
    phase: '',
    expected: 'no server, node or proxy ends unasked',
    actual: told.length === 0 ? 'none did' : told.join('; '),
    verdict: told.length === 0 ? 'pass' : 'fail',
  };
}
