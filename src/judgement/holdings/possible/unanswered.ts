import { Column } from '../../fold/columns.js';
import type { KnownHoldings } from '../holdings.js';

/** A lease that a server may have given in answer to a request that nobody answered. Times in microseconds. */
export interface Unanswered {
  /** -1 where the request does not tell what its client may have got. */
  lease: number;
  holder: number;
  owner: number;
  caseIndex: number;
  client: number;
  server: number;
  transaction: number;
  /** When the request was first sent. */
  fromUs: number;
  /** When the lease would end, or when the servers dealt with a later message of the client. */
  untilUs: number;
}

const WHOLE = ['lease', 'holder', 'owner', 'caseIndex', 'client', 'server', 'transaction'] as const;

/**
 * The leases of a network that servers may have given without an answer. Servers that are asked for more than they can do
 * leave a million requests unanswered, so it keeps numbers only.
 */
export class UnansweredLeases {
  readonly #whole = Object.fromEntries(
    WHOLE.map((name) => [name, new Column(Int32Array)]),
  ) as unknown as Readonly<Record<(typeof WHOLE)[number], Column<Int32Array>>>;
  readonly #fromUs = new Column(Float64Array);
  readonly #untilUs = new Column(Float64Array);
  /** By holder: its latest entry that has not ended, + 1. By entry: the one before it of the same holder, + 1. */
  readonly #newest = new Column(Int32Array);
  readonly #older = new Column(Int32Array);

  add(one: Unanswered): void {
    const entry = this.#fromUs.push(one.fromUs);
    this.#untilUs.push(one.untilUs);
    for (const name of WHOLE) this.#whole[name].push(one[name]);
    this.#older.set(entry, this.#newest.get(one.holder));
    this.#newest.set(one.holder, entry + 1);
  }

  /** The client is given a lease in time in answer to a later request, or gives all its leases back. */
  end(holder: number, atUs: number): void {
    for (const entry of this.#of(holder)) this.#end(entry, atUs);
    this.#newest.set(holder, 0);
  }

  /** The client gives back this lease. */
  giveBack(holder: number, lease: number, atUs: number): void {
    for (const entry of this.#of(holder)) if (this.#whole.lease.get(entry) === lease) this.#end(entry, atUs);
  }

  /** An answer to the request comes after all, when its client had gone on. What it says is known from then on. */
  answered({
    holder,
    caseIndex,
    transaction,
  }: Pick<Unanswered, 'holder' | 'caseIndex' | 'transaction'>): void {
    for (const entry of this.#of(holder))
      if (
        this.#whole.transaction.get(entry) === transaction &&
        this.#whole.caseIndex.get(entry) === caseIndex
      )
        this.#end(entry, -Infinity);
  }

  *all(): Generator<Unanswered> {
    for (let entry = 0; entry < this.#fromUs.length; entry++) {
      const [fromUs, untilUs] = [this.#fromUs.get(entry), this.#untilUs.get(entry)];
      if (fromUs >= untilUs) continue;
      const { lease, holder, owner, caseIndex, client, server, transaction } = this.#whole;
      yield {
        lease: lease.get(entry),
        holder: holder.get(entry),
        owner: owner.get(entry),
        caseIndex: caseIndex.get(entry),
        client: client.get(entry),
        server: server.get(entry),
        transaction: transaction.get(entry),
        fromUs,
        untilUs,
      };
    }
  }

  *#of(holder: number): Generator<number> {
    for (let link = this.#newest.get(holder); link !== 0; link = this.#older.get(link - 1)) yield link - 1;
  }

  #end(entry: number, atUs: number): void {
    this.#untilUs.set(entry, Math.min(this.#untilUs.get(entry), atUs));
  }
}

/** The holdings of a network, and after them those of the requests that nobody answered. */
export function withUnanswered(holdings: KnownHoldings, unanswered: readonly Unanswered[]): KnownHoldings {
  const { count } = holdings;
  type OfBoth = keyof KnownHoldings & keyof Unanswered;
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
