import type { Scenario } from '../../scenario/schema.js';
import { Schedule, type ScheduleRequest } from './schedule.js';

export type Life = NonNullable<Scenario['load']['life']>;

/** What a client may do while it holds a lease. With `leave` it falls silent, and its lease runs out. */
export const ACTS = ['renew', 'rebind', 'release', 'decline', 'leave', 'reboot'] as const;
export type Act = (typeof ACTS)[number];

export interface ActsRequest extends Omit<ScheduleRequest, 'ratePerServer' | 'stages' | 'clientsPerServer'> {
  life: Life;
  /** Whether clients of this exchange can do the act. Without a message for it they can't. */
  possible: (act: Act) => boolean;
}

/**
 * Says when each act is due at each server. Each act has a rate of its own, and answers don't move it (open loop).
 * Acts arrive as the clients' first attempts do (`arrival`).
 */
export class Acts {
  /** No act is due at this time or later; microseconds. */
  readonly endUs: number;
  readonly #servers: number;
  readonly #schedules: { act: Act; schedule: Schedule }[];
  /** The act that `take` took last; `atUs` is when it was due, microseconds. */
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
        // An avalanche is the rush of first attempts after a power cut. Acts come later, so they arrive at random.
        arrival: arrival === 'avalanche' ? 'poisson' : arrival,
        clientsPerServer: Infinity,
        seed: (seed + (index + 1) * 0x9e37_79b1) >>> 0,
      });
      return [{ act, schedule }];
    });
  }

  /** When the next act is due, microseconds; Infinity after the last. */
  get nextAtUs(): number {
    let nextAtUs = Infinity;
    for (const { schedule } of this.#schedules) nextAtUs = Math.min(nextAtUs, schedule.nextAtUs);
    return nextAtUs < this.endUs ? nextAtUs : Infinity;
  }

  /** Takes the next act if it is due, into `act` and `atUs`. Returns its server, or -1 if no act is due. */
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
