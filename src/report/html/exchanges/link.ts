import type { WitnessOfCase } from '../input.js';

/** A time of the run, and the clients to point out there. Times are microseconds of the run. */
export interface TimelinePlace {
  /** Where second 0 of the axis is. */
  zeroUs: number;
  fromUs: number;
  untilUs: number;
  /** Clients of one case. */
  clients?: { case: string; numbers: readonly number[] };
}

/** What is visible beside the wanted time, so that a moment is not lost at an edge. */
const AROUND = 0.2;
const AT_LEAST_US = 20_000;

/** The part of an address that opens `timeline.html` at a time, such as `#t=12.48,12.53&client=dhcp4%3A5%2C9`. */
export function timelineHash({ zeroUs, fromUs, untilUs, clients }: TimelinePlace): string {
  const around = Math.max(AT_LEAST_US, AROUND * (untilUs - fromUs));
  const seconds = (us: number) => String(Math.round((us - zeroUs) / 100) / 10_000);
  const client =
    clients === undefined ? '' : `&client=${encodeURIComponent(`${clients.case}: ${numbersText(clients)}`)}`;
  return `#t=${seconds(fromUs - around)},${seconds(untilUs + around)}${client}`;
}

/** A witness with more clients than this points out none: its address would be too long. */
const MOST_CLIENTS = 50;

/** The address of the time at which the clients of a witness got their lease; undefined where no time is known. */
export function witnessHash(
  { case: name, holders }: Pick<WitnessOfCase, 'case' | 'holders'>,
  zeroUs: number,
): string | undefined {
  const times = holders.flatMap(({ fromUs }) => fromUs ?? []);
  if (times.length === 0) return undefined;
  const others = holders.some((holder) => holder.case !== undefined && holder.case !== name);
  const numbers = holders.map(({ client }) => client);
  const isPointedOut = !others && numbers.length <= MOST_CLIENTS;
  return timelineHash({
    ...{ zeroUs, fromUs: Math.min(...times), untilUs: Math.max(...times) },
    ...(isPointedOut ? { clients: { case: name, numbers } } : {}),
  });
}

function numbersText({ numbers }: NonNullable<TimelinePlace['clients']>): string {
  return [...new Set(numbers)].sort((one, other) => one - other).join(', ');
}
