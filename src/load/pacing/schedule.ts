import type { Scenario } from '../../scenario/schema.js';
import type { Stage } from '../../scenario/stages.js';
import { RateCurve } from './rate-curve.js';
import { seededRandom, type Random } from './random.js';

export type Arrival = Scenario['load']['arrival'];

/** Clients in the order in which they start. */
export interface Arrivals {
  /** How many clients there are in all. */
  readonly clients: number;
  /** When the next client starts, microseconds; Infinity after the last. */
  readonly nextAtUs: number;
  /** Takes the next client, and returns its number. */
  take(): number;
}

export interface ScheduleRequest {
  arrival: Arrival;
  /** Exchanges that start each second on each server. */
  ratePerServer: number;
  /** Used instead of `ratePerServer`. */
  stages?: readonly Stage[] | undefined;
  /** How many clients of a server start together in `burst`. */
  burstSize: number;
  clientsPerServer: number;
  servers: number;
  /**
   * The index of the case. Cases start evenly spread over the period, so that they don't collide on a database node
   * that serves them all.
   */
  caseIndex: number;
  cases: number;
  seed: number;
  /** Added to each time: when the load begins, microseconds of its clock. */
  originUs?: number;
}

/**
 * Says when the first attempts of a case start. Client c is the floor(c / servers)-th client of server c mod servers.
 * The load is an open loop: answers, or the lack of them, don't move the starts. A start is computed only when it is
 * next, so a million starts take no memory.
 *
 * - `aligned`: the n-th client of every server starts at the same moment.
 * - `staggered`: the servers take turns, evenly apart.
 * - `poisson`: each server's clients arrive independently, at this mean rate.
 * - `burst`: like `aligned`, but in groups; the mean rate is kept.
 * - `avalanche`: all clients of all cases start at once, as when the power comes back.
 */
export class Schedule implements Arrivals {
  readonly clients: number;
  nextAtUs = Infinity;
  readonly #servers: ServerSchedule[];
  #next: ServerSchedule | undefined;

  constructor(request: ScheduleRequest) {
    this.clients = request.servers * request.clientsPerServer;
    this.#servers = Array.from(
      { length: request.servers },
      (_, server) => new ServerSchedule(request, server),
    );
    this.#choose();
  }

  take(): number {
    const next = this.#next;
    if (next === undefined) throw new RangeError('no client is left to start');
    const client = next.client;
    next.advance();
    this.#choose();
    return client;
  }

  /** Chooses the client that starts next. Of several at the same moment it is the one with the lowest number. */
  #choose(): void {
    this.#next = undefined;
    this.nextAtUs = Infinity;
    for (const server of this.#servers) {
      const { atUs } = server;
      const isEarlier = atUs < this.nextAtUs;
      if (isEarlier || (atUs === this.nextAtUs && server.client < (this.#next?.client ?? 0))) {
        this.#next = server;
        this.nextAtUs = atUs;
      }
    }
  }
}

/** The starts of one server's clients. */
class ServerSchedule {
  readonly #request: ScheduleRequest;
  readonly #server: number;
  readonly #random: Random;
  readonly #curve: RateCurve;
  /** When the server's next client starts, microseconds; Infinity after the last. */
  atUs = Infinity;
  #started = 0;
  /**
   * How many clients the rate brings until the next start. It grows by random steps in `poisson`, else by fixed ones.
   */
  #arrived = 0;

  constructor(request: ScheduleRequest, server: number) {
    this.#request = request;
    this.#server = server;
    this.#random = seededRandom(request.seed + request.caseIndex * request.servers + server);
    this.#curve = new RateCurve(request.ratePerServer, request.stages);
    this.#arrive();
  }

  get client(): number {
    return this.#started * this.#request.servers + this.#server;
  }

  advance(): void {
    this.#started++;
    this.#arrive();
  }

  #arrive(): void {
    const request = this.#request;
    if (this.#started >= request.clientsPerServer) {
      this.atUs = Infinity;
      return;
    }
    switch (request.arrival) {
      case 'poisson':
        this.#arrived += -Math.log(1 - this.#random());
        break;
      case 'staggered':
        // Within a server's turn, the cases start evenly apart.
        this.#arrived = this.#started + (this.#server + request.caseIndex / request.cases) / request.servers;
        break;
      case 'aligned':
        this.#arrived = this.#started + request.caseIndex / request.cases;
        break;
      case 'burst':
        this.#arrived =
          request.burstSize *
          (Math.floor(this.#started / request.burstSize) + request.caseIndex / request.cases);
        break;
      case 'avalanche':
        break;
    }
    this.atUs = (request.originUs ?? 0) + this.#curve.timeOf(this.#arrived) * 1_000_000;
  }
}
