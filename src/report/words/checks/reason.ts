import { CHECK_NAMES, type CheckName } from '../../../results/check-names.js';
import type { Result } from '../../../results/result.js';
import { lackOf } from '../../../results/source-whole.js';
import { pausedText } from '../../../judgement/machine/flow-control.js';
import { counted } from '../../../numbers.js';
import { heldByTwo, insideAnothers } from '../case-sentence.js';
import { knownTexts } from '../known.js';
import { lasting } from '../numbers.js';
import { isForWant, shortened } from './wants.js';
import { unexpectedFailures } from '../../result/unexpected-failures.js';

type Check = Result['checks'][number];

/** Why the run has its outcome, in one plain sentence. */
export function reasonOf(result: Result): string {
  return outcomeReason(result) + possiblyHeldWarning(result) + pauses(result);
}

/** A warning, which changes no verdict. */
function possiblyHeldWarning({ cases }: Result): string {
  const told = cases.flatMap(({ possiblyHeld }) => possiblyHeld ?? []);
  const count = told.reduce((sum, { leases }) => sum + leases, 0);
  if (count === 0) return '';
  const longestMs = Math.max(...told.map(({ longestOverlapMs }) => longestOverlapMs ?? 0));
  const leases = counted(count, 'lease was', 'leases were');
  return `; warning: ${leases} possibly held by two clients, for up to ${lasting(longestMs)}`;
}

/**
 * How long flow control paused the nodes. It is named for every outcome, as long pauses explain figures that nothing
 * else explains.
 */
function pauses({ accompanying }: Result): string {
  const text = pausedText(accompanying?.nodes ?? []);
  return text === '' ? '' : `; ${text}`;
}

function outcomeReason(result: Result): string {
  const { outcome, reproduction } = result;
  const reason = reproduction?.reason ?? '';
  switch (outcome) {
    case 'pass':
      return (
        ['every check holds', ...(reproduction === null ? [] : [`and ${reason}`])].join(', ') + known(result)
      );
    case 'not reproduced':
      return `every check holds, but the experiment did not show what is expected: ${reason}${known(result)}`;
    case 'not comparable':
      return `every check holds, but the expected figures can't be judged: ${reason}${known(result)}`;
    case 'control held':
      return `the negative control failed as intended: ${controlFailures(result).join(', ')}`;
    case 'control not held':
      return 'no violation was found in this negative control: the harness may not detect violations';
    case 'fail':
      return failure(result);
    case 'interrupted':
    case 'could not be run':
      return endedBefore(result);
    case 'inconclusive':
      return inconclusive(result);
    case 'not held':
      return 'the rate was not held';
    case 'not driven':
      return 'the rate was not driven';
    case "can't tell":
      return "whether the rate holds can't be told";
    case 'skipped':
      return 'this machine lacks something that the run needs';
  }
}

function known(result: Result): string {
  const [first, ...others] = knownTexts(result);
  if (first === undefined) return '';
  return `; known: ${first}${others.length === 0 ? '' : `, and ${others.length} more`}`;
}

/** The broken check that best explains why a run did not pass; undefined if no check is broken. */
export function mostTelling(result: Result): Check | undefined {
  // The checks that a negative control fails do not say why it can't tell.
  if (result.outcome === 'inconclusive') return firstOpen(result);
  const failed = tellingFailures(result);
  return failed.find(isDeath) ?? failed[0] ?? firstOpen(result);
}

/** The failed checks. Of a negative control, only the unexpected ones, if there are any. */
function tellingFailures(result: Result): Check[] {
  const failed = result.checks.filter(({ verdict }) => verdict === 'fail');
  const unexpected = unexpectedFailures(result);
  return unexpected.length === 0 ? failed : failed.filter(({ name }) => unexpected.includes(name));
}

function isDeath({ name }: Pick<Check, 'name'>): boolean {
  return name === 'run.deaths';
}

/** The failures of a negative control. A death comes first. */
function controlFailures({ checks }: Result): string[] {
  const failed = checks.filter(({ verdict }) => verdict === 'fail');
  const deaths = failed.filter(isDeath).map(({ actual }) => actual);
  const names = failed.filter((check) => !isDeath(check)).map(({ name }) => name);
  return [...deaths, ...new Set(names)];
}

/** The failed check that says most. A death comes first, as other failures may follow from it. */
function failure(result: Result): string {
  const failed = tellingFailures(result);
  const first = mostTelling(result);
  const isControl = unexpectedFailures(result).length > 0 && (first === undefined || !isDeath(first));
  const beside = isControl ? '; the negative control is not meant to fail this check' : '';
  return `${first === undefined ? '' : failedText(first)}${beside}${andMore(failed.length - 1, 'fails', 'fail')}`;
}

function inconclusive(result: Result): string {
  const { checks, source } = result;
  const open = checks.filter(({ verdict }) => verdict === 'inconclusive');
  const first = firstOpen({ checks });
  const text =
    first === undefined ? 'nothing was observed' : place(first) + expectedFound(shortened(first, result));
  return `${whatCannotTell(source)} can't tell: ${text}${andMore(open.length - 1, "can't tell", "can't tell")}`;
}

function firstOpen({ checks }: Pick<Result, 'checks'>): Check | undefined {
  const open = checks.filter(({ verdict }) => verdict === 'inconclusive');
  return lackOf({ checks }) ?? open.find(isForWant) ?? open[0];
}

function whatCannotTell(source: Result['source']): string {
  if (source === null) return 'this run';
  if (source.kind === 'capture') return 'this capture';
  return source.files.length === 1 ? 'this log' : 'these logs';
}

/** The reason for a run that was ended early: what ended it, and which checks had failed by then. */
function endedBefore(result: Result): string {
  const why = result.checks.find(
    ({ name, verdict }) => ['run.interrupted', 'run.endedEarly'].includes(name) && verdict !== 'pass',
  );
  const ended = why?.actual ?? 'ended early';
  const failed = tellingFailures(result);
  if (failed.length === 0) return `${ended}; until then no check had failed`;
  return failed.some(isDeath)
    ? `${failure(result)}; then ${ended}`
    : `${ended}; until then: ${failure(result)}`;
}

function andMore(count: number, one: string, several: string): string {
  return count <= 0 ? '' : `; and ${count} more ${count === 1 ? `check ${one}` : `checks ${several}`}`;
}

/** Texts for checks whose finding is only a number. */
const COUNTS: Partial<Record<CheckName, (count: number) => string>> = {
  'conformance.heldConcurrently': heldByTwo,
  'conformance.overlappingLeases': insideAnothers,
  'conformance.wrongClient': (count) =>
    `${counted(count, 'answer', 'answers')} gave a client's lease to another client`,
  'conformance.secondLease': (count) =>
    `${counted(count, 'time', 'times')} a server gave two leases for one request`,
};

/** Such as `dhcp4 REQUEST-ACK: 30 leases were held by several clients at once`. */
function failedText(check: Check): string {
  if (isDeath(check)) return check.actual;
  const own = CHECK_NAMES.find((name) => name === check.name);
  const counted = countedText(check);
  if (counted !== undefined) return place(check) + counted;
  // The name of a check of the scenario is its condition, so "expected" would repeat it.
  const found = own === undefined ? `found ${check.actual}` : expectedFound(check);
  return `${place(check)}${check.name} does not hold: ${found}`;
}

/** Such as `30 leases were held by several clients at once`. Undefined if the finding is more than a number. */
export function countedText({ name, actual }: Pick<Check, 'name' | 'actual'>): string | undefined {
  const own = CHECK_NAMES.find((one) => one === name);
  const [, count, beside = ''] = /^([\d,]*\d)(, .*\bother cases\b.*)?$/.exec(actual) ?? [];
  const text = count === undefined ? undefined : own && COUNTS[own]?.(Number(count.replaceAll(',', '')));
  return text === undefined ? undefined : text + beside;
}

function place({ case: caseName, phase }: Check): string {
  const about = [caseName, phase].filter((word) => word !== '').join(' ');
  return about === '' ? '' : `${about}: `;
}

function expectedFound({ expected, actual }: Check): string {
  return `expected ${expected}; found ${actual}`;
}
