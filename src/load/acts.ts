import type { Scenario } from '../scenario/schema.js';
import { Schedule, type ScheduleRequest } from './schedule.js';

export type Life = NonNullable<Scenario['load']['life']>;

/** What clients do of their own accord while they hold a lease; `leave`: they fall silent, and their lease runs out. */
export const ACTS = ['renew', 'rebind', 'release', 'decline', 'leave'] as const;
export type Act = (typeof ACTS)[number];

export interface ActsRequest extends Omit<ScheduleRequest, 'ratePerServer' | 'stages' | 'clientsPerServer'> {
  life: Life;
  /** What this exchange has a message for. */
  possible: (act: Act) => boolean;
}

/** When which act is due at which server: open loop, each at a rate of its own, arriving as the clients did. */
export class Acts {
  /** When the last of them may be due, microseconds. */
  readonly endUs: number;
  readonly #servers: number;
  readonly #schedules: { act: Act; schedule: Schedule }[];
  /** What `take` took last. */
  act: Act = 'renew';
  atUs = 0;

  constructor({ life, possible, ...request }: ActsRequest) {
    const { originUs = 0, seed, arrival } = request;
    this.endUs = originUs + life.seconds * 1_000_000;
    this.#servers = request.servers;
    this.#schedules = ACTS.flatMap((act, index) => {
      const ratePerServer = life[`${act}PerServer`];
      if (ratePerServer === undefined || !possible(act)) return [];
      const schedule = new Schedule({
        ...request,
        ratePerServer,
        // Nobody comes back at once from a power cut that was long ago.
        arrival: arrival === 'avalanche' ? 'poisson' : arrival,
        clientsPerServer: Infinity,
        seed: (seed + (index + 1) * 0x9e37_79b1) >>> 0,
      });
      return [{ act, schedule }];
    });
  }

  /** Microseconds; Infinity when it is over. */
  get nextAtUs(): number {
    let nextAtUs = Infinity;
    for (const { schedule } of this.#schedules) nextAtUs = Math.min(nextAtUs, schedule.nextAtUs);
    return nextAtUs < this.endUs ? nextAtUs : Infinity;
  }

  /** Takes the next one if it is due, into the fields of this object; returns its server, or -1. */
  take(nowUs: number): number {
    const nextAtUs = this.nextAtUs;
    if (nextAtUs > nowUs) return -1;
    for (const { act, schedule } of this.#schedules) {
      if (schedule.nextAtUs !== nextAtUs) continue;
      this.act = act;
      this.atUs = nextAtUs;
      return schedule.take() % this.#servers;
    }
    return -1;
  }
}
