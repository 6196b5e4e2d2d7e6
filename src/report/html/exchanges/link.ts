/** A time of the run, and the clients to point out there. Times are microseconds of the run. */
export interface TimelinePlace {
  /** Where second 0 of the axis is. */
  zeroUs: number;
  fromUs: number;
  untilUs: number;
  clients?: readonly number[];
}

/** What is visible beside the wanted time, so that a moment is not lost at an edge. */
const AROUND = 0.2;
const AT_LEAST_US = 20_000;

/** The part of an address that opens `timeline.html` at a time, such as `#t=12.48,12.53&client=5,9`. */
export function timelineHash({ zeroUs, fromUs, untilUs, clients = [] }: TimelinePlace): string {
  const around = Math.max(AT_LEAST_US, AROUND * (untilUs - fromUs));
  const seconds = (us: number) => String(Math.round((us - zeroUs) / 100) / 10_000);
  const client = clients.length === 0 ? '' : `&client=${[...new Set(clients)].join(',')}`;
  return `#t=${seconds(fromUs - around)},${seconds(untilUs + around)}${client}`;
}
