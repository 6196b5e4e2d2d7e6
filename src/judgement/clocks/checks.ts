import type { Check } from '../../results/check.js';
import type { ClocksApart, ClocksJudgement } from '../../results/clocks.js';
import { offsetText } from './text.js';

/**
 * A check for each case whose servers share leases: a lease that is over by the time of one server and not by the time
 * of another goes to two clients.
 */
export function clockChecks({ apart = [], limitMs }: ClocksJudgement): Check[] {
  return apart.map((one) => {
    const fails = isApart(one, limitMs);
    return {
      name: 'servers.clocks',
      case: one.case,
      phase: '',
      expected: `times of the servers at most ${limitMs / 1_000} s apart, beyond the uncertainty`,
      actual: fails ? apartText(one) : `at least ${(one.leastMs / 1_000).toFixed(2)} s apart`,
      verdict: fails ? 'fail' : 'pass',
    };
  });
}

/** Whether the times of the servers differ by more than the limit, whatever the uncertainty. */
export function isApart({ leastMs }: ClocksApart, limitMs: number): boolean {
  return leastMs > limitMs;
}

/** A log is written some time after its messages. */
const LOG_LATE_MS = 1_000;

/** Whether the server's log says that its time is not the one that its rows show: then its rows are wrong in some other way. */
export function isContradicted({ offsetMs, uncertaintyMs, logMs }: ClocksApart['odd']): boolean {
  return logMs !== undefined && Math.abs(logMs - offsetMs) > uncertaintyMs + LOG_LATE_MS;
}

/** `server-2 is 30.00 s ahead of the others (±0.10 s), by 60 of its 60 rows` */
export function apartText({ odd }: ClocksApart): string {
  const { server, by, isTimeZone, logMs = 0 } = odd;
  const zone = isTimeZone ? ', as in another time zone' : '';
  const but = isContradicted(odd)
    ? `; but its log is ${(Math.abs(logMs) / 1_000).toFixed(2)} s from theirs, so its rows are wrong and not its clock`
    : '';
  return `${server} is ${offsetText(odd, 'the others')}, by ${by}${zone}${but}`;
}
