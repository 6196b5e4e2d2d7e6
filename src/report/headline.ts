import type { Style } from '../terminal/style.js';
import { meaningOf } from './outcome.js';
import { declineText } from './declines.js';
import { isOneOfSeveral } from './phase-label.js';
import type { CaseResult, Result } from './result.js';
import { unexpectedFailures } from './unexpected-failures.js';
import { wrap } from './wrap.js';

/** The verdict, then the second phase of each case in a plain sentence: what most readers came for. */
export function headline(result: Result, columns: number, style: Style): string[] {
  const word = outcomeWord(result);
  const said = wrap(`${word}  ${verdictSentence(result)}`, columns).map((line, i) =>
    i === 0 ? painted(result, style, word) + line.slice(word.length) : line,
  );
  return [...said, '', ...result.cases.flatMap((one) => caseLines(one, columns, style))];
}

function painted({ outcome }: Result, style: Style, word: string): string {
  const paint = { good: style.green, red: style.red, open: style.yellow }[meaningOf(outcome).light];
  return paint(style.bold(word));
}

/** `PASS  published-galera: every check holds`, for those who want no more. */
export function verdictLine(result: Result, style: Style): string {
  return `${painted(result, style, outcomeWord(result))}  ${verdictSentence(result)}`;
}

/** `PASS, not comparable` */
export function outcomeWord({ outcome }: Pick<Result, 'outcome'>): string {
  return meaningOf(outcome).word;
}

/** `published-galera: every check holds` */
export function verdictSentence(result: Result): string {
  return `${result.scenario.name}: ${reasonOf(result)}`;
}

/** Why the run came to what it came to, in one sentence. */
export function reasonOf(result: Result): string {
  const { outcome, reproduction, checks } = result;
  const reason = reproduction?.reason ?? '';
  const open = checks.filter((check) => check.verdict === 'inconclusive');
  switch (outcome) {
    case 'pass':
      return reproduction === null ? 'every check holds' : `every check holds, and ${reason}`;
    case 'not reproduced':
      return `every check holds, but the experiment did not show what is expected: ${reason}`;
    case 'not comparable':
      return `every check holds, but the figures can't be compared with those expected: ${reason}`;
    case 'control held':
      return `found what this scenario is made to fail in: ${failedNames(result).join(', ')}`;
    case 'control not held':
      return 'nothing was found in a run that is made to fail: the harness may be blind';
    case 'fail':
      return failure(result);
    case 'interrupted':
    case 'could not be run':
    case 'inconclusive':
      return `this run can't tell; ${checkText(open[0])}`;
    case 'skipped':
      return 'this machine lacks something for it';
  }
}

function failedNames({ checks }: Result): string[] {
  return [...new Set(checks.flatMap(({ name, verdict }) => (verdict === 'fail' ? [name] : [])))];
}

/** What ended unasked says most, as the rest may follow from it; then the first check that does not hold. */
function failure(result: Result): string {
  const unexpected = unexpectedFailures(result);
  const failed = result.checks.filter(
    ({ name, verdict }) => verdict === 'fail' && (unexpected.length === 0 || unexpected.includes(name)),
  );
  const death = failed.find(({ name }) => name === 'run.deaths');
  const more = failed.length - 1;
  const others = more === 0 ? '' : `; and ${more} more ${more === 1 ? 'check does' : 'checks do'} not hold`;
  const beside = unexpected.length === 0 ? '' : ', in which this scenario is not made to fail';
  if (death !== undefined) return `${death.actual}${others}${beside}`;
  const [first] = failed;
  return `${first?.name ?? ''} does not hold${beside}: ${checkText(first)}${others}`;
}

/** What it is about comes first: `found` alone may be no more than a number. */
function checkText(check: Result['checks'][number] | undefined): string {
  if (check === undefined) return 'nothing was observed';
  const about = [check.case, check.phase].filter((word) => word !== '').join(' ');
  return `${about}${about === '' ? '' : ': '}expected ${check.expected}; found ${check.actual}`;
}

function caseLines(one: CaseResult, columns: number, style: Style): string[] {
  const indent = one.name.length + 2;
  const paint = hasConflicts(one) ? style.red : (text: string) => text;
  const [first = '', ...rest] = wrap(caseSentence(one), columns, indent, one.name);
  return [style.bold(one.name) + paint(first.slice(one.name.length)), ...rest.map(paint)];
}

/** Whether clients got in each other's way, lost what they had, or were given what was declined. */
export function hasConflicts(one: CaseResult): boolean {
  const { heldConcurrently, overlappingLeases, renewals, declines } = one;
  return heldConcurrently + overlappingLeases + (renewals?.notKept ?? 0) + (declines?.reused ?? 0) > 0;
}

/** What became of the committing phase: the sentence most readers came for. */
export function caseSentence(one: CaseResult): string {
  const phases = [...new Set(one.phases.filter((phase) => phase.committing).map((phase) => phase.name))];
  const holding =
    one.clientsWithLease === null
      ? `${one.clients} clients, of which the source does not tell who holds a lease`
      : `${one.clientsWithLease} of ${one.clients} clients hold ${whatIsHeld(one)}`;
  const where = `${phases.join(', ')}: `;
  if (one.committingLeases === 0)
    return `${where}no answer gave a lease, so nothing can be said of duplicates`;
  const found = [
    ...(one.heldConcurrently > 0 ? [`${leases(one.heldConcurrently)} held by two clients at once`] : []),
    ...(one.overlappingLeases > 0 ? [`${leases(one.overlappingLeases)} inside another client's prefix`] : []),
  ];
  const { judged = 0, notKept = 0 } = one.renewals ?? {};
  if (notKept > 0) found.push(`${notKept} of ${judged} renewals did not keep their lease`);
  const what = found.length === 0 ? 'no lease was held by two clients' : found.join(', ');
  return [`${where}${what}`, holding, declineText(one)].filter((text) => text !== '').join('; ');
}

function whatIsHeld(one: CaseResult): string {
  return one.phases.some((phase) => isOneOfSeveral(one, phase)) ? 'an address and a prefix' : 'a lease';
}

function leases(count: number): string {
  return `${count} ${count === 1 ? 'lease was' : 'leases were'}`;
}
