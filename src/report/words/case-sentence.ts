import type { CheckName } from '../../results/check-names.js';
import type { CaseResult } from '../../results/case.js';
import type { Result } from '../../results/result.js';
import type { Style } from '../../terminal/style.js';
import { counted, number } from '../../numbers.js';
import { declineText } from './declines.js';
import { lasting } from './numbers.js';
import { isOneOfSeveral } from './phase-label.js';
import { wrap } from './wrap.js';

/**
 * A sentence for each case, such as `dhcp4  REQUEST-ACK: no lease was held by two clients; 357 of 357 clients hold a
 * lease`.
 */
export function caseLines(result: Result, columns: number, style: Style): string[] {
  return result.cases.flatMap((one) => {
    const indent = one.name.length + 2;
    const paint = hasConflicts(one) ? style.red : (text: string) => text;
    const [first = '', ...rest] = wrap(caseSentence(one, result), columns, indent, one.name);
    return [style.bold(one.name) + paint(first.slice(one.name.length)), ...rest.map(paint)];
  });
}

/**
 * Whether two clients held one lease or overlapping leases, a renewal lost its lease, or a declined lease was reused.
 */
export function hasConflicts(one: CaseResult): boolean {
  const { renewals, declines } = one;
  return heldIn(one) + overlappingIn(one) + (renewals?.notKept ?? 0) + (declines?.reused ?? 0) > 0;
}

/**
 * The leases that two clients held, including those that another case counts because one of the clients belongs to
 * it.
 */
function heldIn({ heldConcurrently, countedElsewhere }: CaseResult): number {
  return heldConcurrently + (countedElsewhere?.heldConcurrently ?? 0);
}

function overlappingIn({ overlappingLeases, countedElsewhere }: CaseResult): number {
  return overlappingLeases + (countedElsewhere?.overlappingLeases ?? 0);
}

/**
 * The outcome of the committing phases of a case, in one sentence.
 *
 * @param of the result with the checks. An inconclusive check makes the sentence say "may" or "can't be told"
 */
export function caseSentence(one: CaseResult, of?: Pick<Result, 'checks'>): string {
  const phases = [...new Set(one.phases.filter((phase) => phase.committing).map((phase) => phase.name))];
  const holding =
    one.clientsWithLease === null
      ? `${counted(one.clients, 'client', 'clients')}; the source does not tell which of them hold a lease`
      : `${number(one.clientsWithLease)} of ${counted(one.clients, 'client', 'clients')} ${one.clientsWithLease === 1 ? 'holds' : 'hold'} ${whatIsHeld(one)}${gaveBackText(one)}`;
  const where = phases.length === 0 ? '' : `${phases.join(', ')}: `;
  if (one.committingLeases === 0)
    return `${where}${isOffered(one) ? 'leases were offered, but no answer is known to have given one' : 'no answer gave a lease'}, so nothing can be said of duplicates`;
  const isOpen = (check: CheckName) => isUnknown(check, one, of);
  const held = isOpen('conformance.heldConcurrently') ? mayBeHeldByTwo : heldByTwo;
  const inside = isOpen('conformance.overlappingLeases') ? mayBeInsideAnothers : insideAnothers;
  const found = [
    ...(heldIn(one) > 0 ? [held(heldIn(one))] : []),
    ...(overlappingIn(one) > 0 ? [inside(overlappingIn(one))] : []),
  ];
  const { judged = 0, notKept = 0 } = one.renewals ?? {};
  if (notKept > 0)
    found.push(
      `${number(notKept)} of ${counted(judged, 'renewal', 'renewals')} did not keep ${notKept === 1 ? 'its' : 'their'} lease`,
    );
  const none = isOpen('conformance.heldConcurrently')
    ? "whether a lease was held by two clients can't be told"
    : 'no lease was held by two clients';
  const what = found.length === 0 ? none : found.join(', ');
  const declined = declineText(one);
  return [`${where}${what}`, possiblyHeldText(one), holding, declined]
    .filter((text) => text !== '')
    .join('; ');
}

/** Such as `, 8 gave theirs back`; empty where nobody is without a lease for that reason, or nobody knows. */
function gaveBackText({ clientsGaveBack }: CaseResult): string {
  const gave = clientsGaveBack ?? 0;
  return gave === 0 ? '' : `, ${number(gave)} gave ${gave === 1 ? 'its lease' : 'theirs'} back`;
}

/** Such as `1 lease may also belong to a client that does not know of it (for up to 812 ms)`; empty for none. */
export function possiblyHeldText({ possiblyHeld }: CaseResult): string {
  if (possiblyHeld === undefined || possiblyHeld === null || possiblyHeld.leases === 0) return '';
  const { leases: count, longestOverlapMs } = possiblyHeld;
  const longest = longestOverlapMs === null ? '' : ` (for up to ${lasting(longestOverlapMs)})`;
  return `${counted(count, 'lease', 'leases')} may also belong to a client that does not know of it${longest}`;
}

function isOffered({ phases }: CaseResult): boolean {
  return phases.some(({ committing, allAttempts, firstAttempt }) => {
    const { responses } = allAttempts ?? firstAttempt;
    return !committing && responses > 0;
  });
}

/**
 * Whether the check of this name is inconclusive for the case. The source may not tell when leases were held, so the
 * figure alone would claim too much.
 */
function isUnknown(
  name: CheckName,
  { name: caseName }: CaseResult,
  of: Pick<Result, 'checks'> | undefined,
): boolean {
  const check = of?.checks.find((one) => one.name === name && one.case === caseName);
  return check?.verdict === 'inconclusive';
}

function whatIsHeld(one: CaseResult): string {
  return one.phases.some((phase) => isOneOfSeveral(one, phase)) ? 'an address and a prefix' : 'a lease';
}

/** Such as `3 leases were held by several clients at once`. */
export function heldByTwo(count: number): string {
  return `${leases(count)} held by several clients at once`;
}

/** Such as `1 lease was inside another client's prefix`. */
export function insideAnothers(count: number): string {
  return `${leases(count)} inside another client's prefix`;
}

function mayBeHeldByTwo(count: number): string {
  return `${counted(count, 'lease', 'leases')} may have been held by several clients at once`;
}

function mayBeInsideAnothers(count: number): string {
  return `${counted(count, 'lease', 'leases')} may have been inside another client's prefix`;
}

function leases(count: number): string {
  return counted(count, 'lease was', 'leases were');
}
