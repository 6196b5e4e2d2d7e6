import type { KnownHoldings } from '../holdings.js';

/** A lease that a server may have given in answer to a request that nobody answered. Times in microseconds. */
export interface Unanswered {
  lease: number;
  holder: number;
  owner: number;
  caseIndex: number;
  client: number;
  server: number;
  /** When the request was first sent. */
  fromUs: number;
  /** When the lease would end, or when the servers dealt with a later message of the client. */
  untilUs: number;
}

/** The leases of a network that servers may have given without an answer. */
export class UnansweredLeases {
  readonly #all: Unanswered[] = [];
  readonly #ofHolder = new Map<number, Unanswered[]>();

  add(one: Unanswered): void {
    this.#all.push(one);
    const its = this.#ofHolder.get(one.holder);
    if (its === undefined) this.#ofHolder.set(one.holder, [one]);
    else its.push(one);
  }

  /** A server answers a later request of the binding, or the client gives the lease back. */
  end(holder: number, atUs: number): void {
    for (const one of this.#ofHolder.get(holder) ?? []) one.untilUs = Math.min(one.untilUs, atUs);
    this.#ofHolder.delete(holder);
  }

  all(): readonly Unanswered[] {
    return this.#all;
  }
}

/** The holdings of a network, and after them those of the requests that nobody answered. */
export function withUnanswered(holdings: KnownHoldings, unanswered: readonly Unanswered[]): KnownHoldings {
  const { count } = holdings;
  type OfBoth = Exclude<keyof KnownHoldings & keyof Unanswered, 'count'>;
  const either = (name: OfBoth) => (holding: number) =>
    holding < count ? holdings[name](holding) : (unanswered[holding - count]?.[name] ?? NaN);
  return {
    count: count + unanswered.length,
    lease: either('lease'),
    owner: either('owner'),
    caseIndex: either('caseIndex'),
    client: either('client'),
    server: either('server'),
    fromUs: either('fromUs'),
    untilUs: either('untilUs'),
    isDoubtful: (holding) => holding < count && holdings.isDoubtful(holding),
    certainty: (holding) => (holding < count ? holdings.certainty(holding) : 'unanswered'),
  };
}
