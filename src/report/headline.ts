import type { Style } from '../terminal/style.js';
import { isOneOfSeveral } from './phase-label.js';
import type { CaseResult, Result } from './result.js';
import { unexpectedFailures } from './unexpected-failures.js';
import { wrap } from './wrap.js';

/** The verdict, then the second phase of each case in a plain sentence: what most readers came for. */
export function headline(result: Result, columns: number, style: Style): string[] {
  const paint = paintOf(result.verdict, style);
  const word = result.verdict.toUpperCase();
  const said = wrap(`${word}  ${verdictSentence(result)}`, columns).map((line, i) =>
    i === 0 ? paint(style.bold(word)) + line.slice(word.length) : line,
  );
  return [...said, '', ...result.cases.flatMap((one) => caseLines(one, columns, style))];
}

function paintOf(verdict: Result['verdict'], style: Style): (text: string) => string {
  return { pass: style.green, fail: style.red, inconclusive: style.yellow }[verdict];
}

/** `PASS  published-galera: every check holds`, for those who want no more. */
export function verdictLine(result: Result, style: Style): string {
  const word = style.bold(result.verdict.toUpperCase());
  return `${paintOf(result.verdict, style)(word)}  ${verdictSentence(result)}`;
}

/** `published-galera: every check holds` */
export function verdictSentence(result: Result): string {
  const { verdict, expectedVerdict, scenario, checks } = result;
  const not = checks.filter((check) => check.verdict === verdict);
  const count = `${not.length} ${not.length === 1 ? 'check does' : 'checks do'} not hold`;
  switch (verdict) {
    case 'pass':
      return `${scenario.name}: every check holds${expectedVerdict === 'fail' ? ', though this scenario is made to fail' : ''}`;
    case 'fail':
      return `${scenario.name}: ${count}${expectedVerdict === 'fail' ? controlText(unexpectedFailures(result)) : ''}`;
    case 'inconclusive':
      return `${scenario.name}: this run can't tell; ${openQuestion(not[0])}`;
  }
}

function controlText(unexpected: readonly string[]): string {
  return unexpected.length === 0
    ? ', as this scenario expects: control held'
    : `, and this scenario is not made to fail in ${unexpected.join(', ')}`;
}

/** The first thing that leaves the verdict open, with what it is about: `found` alone may be no more than a number. */
function openQuestion(check: Result['checks'][number] | undefined): string {
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

/** Whether clients got in each other's way, or lost what they had. */
export function hasConflicts({ heldConcurrently, overlappingLeases, renewals }: CaseResult): boolean {
  return heldConcurrently + overlappingLeases + (renewals?.notKept ?? 0) > 0;
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
  return `${where}${what}; ${holding}`;
}

function whatIsHeld(one: CaseResult): string {
  return one.phases.some((phase) => isOneOfSeveral(one, phase)) ? 'an address and a prefix' : 'a lease';
}

function leases(count: number): string {
  return `${count} ${count === 1 ? 'lease was' : 'leases were'}`;
}
