import type { ServerClock } from '../../results/clocks.js';
import { nearestZoneMs, type Offset } from './text.js';

/** Below this the whole seconds of the rows hide a difference, and their judgement allows for it. */
const LEAST_MS = 1_000;

/** Beyond the uncertainties, rows and logs must agree within this. */
const SAME_MS = 250;

/**
 * How far all servers are ahead of the machine of the clients, milliseconds; 0 where they are not, where their times
 * differ from each other, or where nobody knows. Rows are judged by the time of the servers that wrote them. If the
 * machine of the clients has another time than all servers, that is no failure of theirs.
 *
 * Rows alone are not believed, as all of them may be wrong in the same way: the logs or the statistics of servers must
 * say the same, as far as they are known, and one of them must be.
 *
 * @param limitMs how far apart times may be and yet count as one
 * @param isZoneKnown whether the times in the statistics have a known time zone
 */
export function commonOffsetMs(
  servers: readonly ServerClock[],
  limitMs: number,
  isZoneKnown: boolean,
): number {
  const rows = servers.flatMap((one) => one.rows ?? []);
  if (rows.length === 0) return 0;
  const latest = Math.max(...rows.map(({ offsetMs, uncertaintyMs }) => offsetMs - uncertaintyMs));
  const earliest = Math.min(...rows.map(({ offsetMs, uncertaintyMs }) => offsetMs + uncertaintyMs));
  const offsetMs = Math.round((latest + earliest) / 2);
  if (latest - earliest > limitMs || Math.abs(offsetMs) < LEAST_MS) return 0;
  const uncertaintyMs = Math.abs(latest - earliest) / 2;
  const others = servers.flatMap(({ log, statistics }) => [
    ...(log === null ? [] : [apart(log, { offsetMs, uncertaintyMs })]),
    ...(statistics === null ? [] : [apart(statistics, { offsetMs, uncertaintyMs }, !isZoneKnown)]),
  ]);
  return others.length > 0 && Math.max(...others) <= SAME_MS ? offsetMs : 0;
}

/** How far apart two times are at least, milliseconds. */
function apart(one: Offset, other: Offset, isWithoutZone = false): number {
  const difference = one.offsetMs - other.offsetMs;
  const zone = isWithoutZone ? nearestZoneMs(difference) : 0;
  return Math.abs(difference - zone) - one.uncertaintyMs - other.uncertaintyMs;
}
