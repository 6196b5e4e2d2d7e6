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

/** `server-2 is 30.00 s ahead of the others (±0.10 s), by 60 of its 60 rows` */
export function apartText({ odd: { server, by, isTimeZone, ...offset } }: ClocksApart): string {
  const zone = isTimeZone ? ', as in another time zone' : '';
  return `${server} is ${offsetText(offset, 'the others')}, by ${by}${zone}`;
}
