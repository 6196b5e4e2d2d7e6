import { isCpuShort, isTakenByOthers, othersText } from '../judgement/machine/machine.js';
import { percentBeside } from '../numbers.js';
import { droppedAt, isOfHarness } from '../judgement/machine/sockets.js';
import { CHECK_NAMES } from '../results/check-names.js';
import type { Result } from '../results/result.js';
import type { Trial } from '../report/limit-schema.js';

/** Checks that say whether the load was driven as planned. Late starts count only where answers are missing too. */
const DRIVEN = ['load.rate', 'run.endedEarly', 'run.sendErrors'];
const LATE = 'load.lateness';

/**
 * What a run says about its rate. The rate held if, in every case, at most `maxPercent` of the exchanges went without
 * a timely answer. If the harness missed the rate or lost datagrams itself, the run says nothing about the servers.
 * The same holds if more exchanges went without a timely answer and the harness started some late. If other programs
 * used up the machine meanwhile, it can't be told what the servers would have answered.
 */
export function trialOf(
  run: string,
  ratePerServer: number,
  maxPercent: number,
  {
    cases,
    checks,
    sockets = [],
    short = [],
    resources,
  }: Pick<Result, 'cases' | 'checks' | 'sockets' | 'short' | 'resources'>,
): Trial {
  const worst = cases.reduce<Result['cases'][number] | undefined>(
    (most, one) => (percentOf(one) > percentOf(most) ? one : most),
    undefined,
  );
  const percent = worst?.exchanges?.withoutTimelyAnswerPercent ?? null;
  const isExceeded = percent === null || percent > maxPercent;
  const broken = (names: readonly string[]) =>
    checks.filter(({ name, verdict }) => verdict === 'inconclusive' && names.includes(name));
  const lost = droppedAt(sockets.filter(isOfHarness));
  const notDriven = [
    ...broken(isExceeded ? [...DRIVEN, LATE] : DRIVEN).map(({ name, case: of, actual }) =>
      `${of} ${name === LATE ? 'starts: ' : ''}${actual}`.trim(),
    ),
    ...(lost === '' ? [] : [lost]),
  ];
  const none =
    percent === null
      ? 'no exchange was started'
      : `${percentBeside(percent, maxPercent)} without a timely answer`;
  const where = cases.length > 1 && worst !== undefined ? ` in ${worst.name}` : '';
  const machine = resources?.machine ?? null;
  const isTaken = isExceeded && isTakenByOthers(machine);
  const open = notDriven.length > 0 || isExceeded ? undefined : openText(checks, sockets);
  return {
    ratePerServer,
    run,
    outcome: notDriven.length > 0 ? 'not driven' : isTaken ? "can't tell" : isExceeded ? 'exceeded' : 'held',
    withoutTimelyAnswerPercent: percent,
    why:
      notDriven.length > 0
        ? (notDriven[0] ?? '')
        : `${none}${where}${isTaken ? `, while ${othersText(machine)}` : ''}`,
    ...(open === undefined ? {} : { open }),
    short: [...short],
    busy: isCpuShort(machine),
    violations: checks
      .filter(({ name, verdict }) => verdict === 'fail' && CHECK_NAMES.some((one) => one === name))
      .map(({ name, case: of, actual }) => [name, of, actual].filter((word) => word !== '').join(' ')),
  };
}

/** Why a check can't tell. */
function openText(checks: Result['checks'], sockets: NonNullable<Result['sockets']>): string | undefined {
  const first = checks.find(({ verdict }) => verdict === 'inconclusive');
  if (first === undefined) return undefined;
  const dropped = first.name === 'run.drops' ? droppedAt(sockets) : '';
  return dropped === '' ? `${first.name}: ${first.actual}` : dropped;
}

function percentOf(one: Result['cases'][number] | undefined): number {
  return one === undefined ? -1 : (one.exchanges?.withoutTimelyAnswerPercent ?? Infinity);
}
