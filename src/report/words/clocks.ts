import { differenceText, isOfTimeZone, offsetOf, offsetText } from '../../judgement/clocks/text.js';
import type { ServerClock } from '../../results/clocks.js';
import type { Result } from '../../results/result.js';
import { clockStepSentences } from './transport.js';

/** A sentence for each case: how far the time of each server is from that of the machine of the clients. */
export function clockSentences({ clocks, transport }: Pick<Result, 'clocks' | 'transport'>): string[] {
  const steps = clockStepSentences({ transport });
  if (clocks === undefined) return steps;
  const cases = [...new Set(clocks.servers.map((one) => one.case))];
  return [
    ...steps,
    ...(clocks.aheadMs === undefined ? [] : [commonText(clocks.aheadMs)]),
    ...cases.map((name) => {
      const servers = clocks.servers.filter((one) => one.case === name);
      return `${name}: ${servers.map(serverText).join('; ')}`;
    }),
  ];
}

/** Why rows that disagree with the clients' machine are right. */
function commonText(aheadMs: number): string {
  return `all servers are ${differenceText(aheadMs, 'the machine of the clients')}: the rows are judged by the time of the servers`;
}

export const CLOCKS_TITLE = 'Times of the servers, against the machine of the clients';

function serverText(clock: ServerClock): string {
  const offset = offsetOf(clock);
  if (offset === null) return `${clock.server} not known`;
  return `${clock.server} ${offsetText(offset)}${isOfTimeZone(offset) ? ', as in another time zone' : ''}`;
}
