import type { CaseResult } from '../../results/case.js';
import { WITNESS_KINDS } from '../../results/witness.js';
import type { Result } from '../../results/result.js';
import { counted, momentOf } from '../../numbers.js';
import { givenText, type NamedFault } from './fault-leases.js';
import { lasting } from './numbers.js';
import { clientText, rowsText, type Numbered } from './rows.js';
import { sharedText } from '../result/shared-identity.js';
import { wrap } from './wrap.js';

type Witness = CaseResult['witnesses'][number];

/** The most witnesses on a terminal without `--verbose`. */
export const WITNESSES_SHOWN = 5;

/** The most clients of a witness on a terminal. The page has all of them. */
const HOLDERS_SHOWN = 4;

/** The clients that know of their lease before those that do not. */
function clearestFirst(holders: Witness['holders']): Witness['holders'] {
  return holders.toSorted((a, b) => Number(a.possible !== undefined) - Number(b.possible !== undefined));
}

/** The first witnesses, for the terminal. The run directory has all of them. */
export function witnessLines({ cases, source, faults }: Result, columns: number, most = 20): string[] {
  const all = cases
    .flatMap((one) => one.witnesses.map((witness) => ({ witness, of: one.name })))
    .sort((a, b) => WITNESS_KINDS.indexOf(a.witness.kind) - WITNESS_KINDS.indexOf(b.witness.kind));
  const omitted = cases.reduce((sum, one) => sum + one.witnessesOmitted, 0);
  const numbered = numberedIn({ source });
  const lines = all.slice(0, most).flatMap(({ witness, of }) => {
    const rows = witness.rows === undefined ? '' : `; ${rowsText(witness.rows, witness.holders)}`;
    const shown = { ...witness, holders: clearestFirst(witness.holders).slice(0, HOLDERS_SHOWN) };
    const others = witness.holders.length - shown.holders.length;
    const andOthers = others === 0 ? '' : `; and ${counted(others, 'more client', 'more clients')}`;
    const text = `${of} ${witnessSentence(shown, numbered, faults?.faults)}${andOthers}${rows}`;
    return wrap(text, columns, 2, '- ');
  });
  const more = all.length - Math.min(all.length, most) + omitted;
  return more === 0 ? lines : [...lines, `  and ${more} more`];
}

/** Such as `held-concurrently 192.0.2.7: client 1 by server-1 0.260–4,000.249 s; client 2 by …`. */
export function witnessSentence(
  witness: Witness,
  numbered?: Numbered,
  faults?: readonly NamedFault[],
): string {
  return `${witnessTitle(witness)}: ${holdersTexts(witness, numbered, faults).join('; ')}`;
}

/** The text of each holder, then the attributes that they share, and the faults under which the lease was given. */
export function holdersTexts(
  { holders, ...beside }: Pick<Witness, 'holders' | 'during' | 'overlapMs'>,
  numbered?: Numbered,
  faults: readonly NamedFault[] = [],
): string[] {
  return [
    ...holders.map((holder) => holderText(holder, numbered)),
    ...besideTexts({ holders, ...beside }, faults),
  ];
}

/** What a witness says besides its holders. */
export function besideTexts(
  { holders, during, overlapMs }: Pick<Witness, 'holders' | 'during' | 'overlapMs'>,
  faults: readonly NamedFault[] = [],
): string[] {
  const shared = sharedText(holders);
  return [
    ...(overlapMs === undefined ? [] : [`for ${lasting(overlapMs)} both`]),
    ...(shared === '' ? [] : [shared]),
    ...(during === undefined ? [] : [givenText(faults, during)]),
  ];
}

/**
 * Such as `client 5 (id 00f2…, hw 0200…) by server-1 0.260–4,000.249 s`, or for another case `client 5 of dhcp6-ia-pd
 * (…) by …`.
 */
function holderText(holder: Witness['holders'][number], numbered?: Numbered): string {
  const { server, fromUs, untilUs, network, possible } = holder;
  const where = network === undefined ? '' : ` in ${network}`;
  const how = possible === undefined ? '' : `, ${POSSIBLE[possible]}`;
  return `${whoText(holder, numbered)}${where} by ${server} ${span(fromUs, untilUs)}`.trimEnd() + how;
}

/** Why a client does not know of a lease that the servers may have given to it. */
const POSSIBLE: Record<NonNullable<Witness['holders'][number]['possible']>, string> = {
  late: 'whose answer came too late',
  unanswered: 'whose request nobody answered',
};

/** Such as `client 5 (id 00f2…, hw 0200…)`, `client 5 of dhcp6-ia-pd (DUID 0004…, IAID 7)`. */
export function whoText(
  { client, identity, case: other }: Witness['holders'][number],
  numbered?: Numbered,
): string {
  return clientText(client, identity, other, numbered);
}

/** Clients of a run have numbers. Clients of recorded exchanges are known by their identities only. */
export function numberedIn({ source }: Pick<Result, 'source'>): Numbered {
  return source === null ? 'numbered' : 'unnumbered';
}

/** The words between the two leases of a witness. */
const BETWEEN: Partial<Record<Witness['kind'], string>> = {
  overlapping: 'inside',
  'extra-answer': 'after another answer with',
  'not-kept': 'replaced by',
};

/** Such as `held-concurrently 192.0.2.7`, `overlapping ADDRESS inside PREFIX`, `unanswered REQUEST-ACK`. */
export function witnessTitle({ kind, lease, otherLease, phase }: Witness): string {
  if (lease === '') return `${kind} ${phase ?? ''}`.trimEnd();
  if (otherLease === null) return `${kind} ${lease}`;
  return `${kind} ${lease} ${BETWEEN[kind] ?? 'and'} ${otherLease}`;
}

/** Such as `0.260–4,000.249 s`; empty if no time is known. */
function span(fromUs: number | null, untilUs: number | null): string {
  if (fromUs === null) return '';
  if (untilUs === fromUs) return `at ${momentOf(fromUs)} s`;
  return untilUs === null ? `from ${momentOf(fromUs)} s on` : `${momentOf(fromUs)}–${momentOf(untilUs)} s`;
}
