import { DECLINING_PHASES, UNANSWERED_PHASES } from '../protocol/phases.js';
import type { Answer, Sent } from '../observations/model.js';
import { serverName } from './case-figures.js';
import type { CaseState } from './case-state.js';
import { Column } from './columns.js';
import type { DeclineFigures } from './model.js';

/**
 * What clients gave back and when. A declined address must be given to nobody for a while (RFC 2131 section 4.3.3, RFC
 * 8415 section 18.3.8): Kea's probation period. In DHCPv6 that, and the end of a released lease, is promised when the
 * REPLY says Success.
 */
export class GivenBack {
  #declined = 0;
  #reused = 0;
  #again: DeclineFigures['again'];
  readonly #state: CaseState;
  /** NaN where nobody knows it. */
  readonly #probationUs: number;
  readonly #leases = new Column(Int32Array);
  readonly #clients = new Column(Int32Array);
  readonly #servers = new Column(Uint8Array);
  readonly #atUs = new Column(Float64Array);
  readonly #transactions = new Column(Int32Array);
  readonly #isDeclined = new Column(Uint8Array);
  readonly #isConfirmed = new Column(Uint8Array);
  /** Of each lease the time it was given back last, + 1, whatever for; and its last decline. */
  readonly #lastOfLease = new Column(Int32Array);
  readonly #lastDecline = new Column(Int32Array);
  /** What each client has taken last, + 1, by lease type: that is what it names when it gives its leases back. */
  readonly #taken = [new Column(Int32Array), new Column(Int32Array)] as const;
  /** Of each transaction the first of its leases, + 1; the others follow. */
  readonly #ofTransaction = new Map<number, number>();

  /** @param probationS seconds; undefined where nobody knows it */
  constructor(state: CaseState, probationS: number | undefined) {
    this.#state = state;
    this.#probationUs = (probationS ?? NaN) * 1e6;
  }

  get declines(): DeclineFigures {
    const reused = Number.isNaN(this.#probationUs) ? null : this.#reused;
    return { declined: this.#declined, reused, ...(this.#again === undefined ? {} : { again: this.#again }) };
  }

  /** Whether that was too soon, only who knows for how long the servers hold them back can tell. */
  #givenAgain(afterUs: number): void {
    const { count = 0, soonestMs = Infinity } = this.#again ?? {};
    this.#again = { count: count + 1, soonestMs: Math.min(soonestMs, afterUs / 1_000) };
  }

  /** To be told of the message before that ends what the client holds. */
  sent(sent: Sent): void {
    const { phase, client, server, sentAtUs, transaction } = sent;
    for (const lease of this.#givenBackBy(sent)) {
      const entry = this.#leases.push(lease);
      const isDeclined = DECLINING_PHASES.has(phase);
      this.#clients.push(client);
      this.#servers.push(server);
      this.#atUs.push(sentAtUs);
      this.#transactions.push(transaction);
      this.#isDeclined.push(isDeclined ? 1 : 0);
      this.#isConfirmed.push(0);
      this.#lastOfLease.set(lease, entry + 1);
      if (isDeclined) {
        this.#declined++;
        this.#lastDecline.set(lease, entry + 1);
      }
      if (!UNANSWERED_PHASES.has(phase) && !this.#ofTransaction.has(transaction))
        this.#ofTransaction.set(transaction, entry);
    }
  }

  /**
   * What the message names, as far as its client holds it; where a source does not tell that, what the client took last. What
   * is declined may have been given in an answer that nobody recorded, unless somebody else is known to hold it, or its client
   * to have given it back before.
   */
  #givenBackBy({ client, sentAtUs, names, phase }: Sent): number[] {
    const { holdings, leases } = this.#state;
    if (names === undefined) {
      const { holder } = this.#state.holderOf({ client });
      return holdings
        .heldBy(holder, sentAtUs)
        .filter((lease) => this.#taken[leases.isPrefix(lease) ? 1 : 0].get(client) === lease + 1);
    }
    return names.flatMap(({ lease, leaseType, prefixLength, ...named }) => {
      const { holder, owner } = this.#state.holderOf({ client, ...named });
      const held = holdings.heldBy(holder, sentAtUs);
      if (lease.length === 0) return held;
      const its = leases.intern(lease, leaseType, prefixLength);
      const meant = held.filter((one) => leases.isMeant(its, one));
      const isUnseen =
        DECLINING_PHASES.has(phase) &&
        // Of DHCPv4 a client has one lease; of DHCPv6 the server says whether it had another.
        (held.length === 0 || !UNANSWERED_PHASES.has(phase)) &&
        !holdings.isHeldByOther(its, owner, sentAtUs) &&
        !holdings.wasGivenBackBy(holder, its);
      return meant.length === 0 && isUnseen ? [its] : meant;
    });
  }

  /** A client takes a lease that it was given in time. */
  taken(client: number, type: 0 | 1, lease: number): void {
    this.#taken[type].set(client, lease + 1);
  }

  /** The answer to such a message. */
  answered({ transaction, statusCode, leaseType }: Answer): void {
    const first = this.#ofTransaction.get(transaction);
    if (first === undefined || statusCode !== 0) return;
    for (let entry = first; this.#transactions.get(entry) === transaction; entry++) {
      if (entry >= this.#leases.length) return;
      const isPrefix = this.#state.leases.isPrefix(this.#leases.get(entry));
      if (isPrefix === (leaseType === 'prefix')) this.#isConfirmed.set(entry, 1);
    }
  }

  /** A committing answer gave this lease to a client. */
  granted(answer: Answer, lease: number, requestedAtUs: number): void {
    const entry = this.#lastDecline.get(lease) - 1;
    if (entry < 0) return;
    if (this.#isConfirmed.get(entry) === 0 && !this.#isReuseUnconfirmed(entry, answer)) return;
    const atUs = this.#atUs.get(entry);
    if (Number.isNaN(this.#probationUs) && requestedAtUs > atUs) this.#givenAgain(requestedAtUs - atUs);
    // The server gave it at some moment between the request and its answer.
    const isOnProbation = requestedAtUs > atUs && answer.receivedAtUs < atUs + this.#probationUs;
    if (!isOnProbation) return;
    this.#reused++;
    this.#state.witnesses.add('declined-reused', () => {
      const { layout, leases } = this.#state;
      const text = leases.text(lease);
      const holder = (client: number, server: number, us: number) => ({
        client,
        server: serverName(layout, server),
        lease: text,
        fromUs: us,
        untilUs: us,
      });
      return {
        phase: answer.phase,
        lease: text,
        otherLease: null,
        holders: [
          holder(this.#clients.get(entry), this.#servers.get(entry), atUs),
          holder(answer.client, answer.fromServer, answer.receivedAtUs),
        ],
      };
    });
  }

  /**
   * A server that never got a DECLINE rightly gives its client the lease again. In DHCPv4, where none is answered, it is
   * counted where another client is given it.
   */
  #isReuseUnconfirmed(entry: number, { client, phase }: Answer): boolean {
    return phase.endsWith('-ACK') && client !== this.#clients.get(entry);
  }

  /**
   * What a REPLY promised of leases that nobody was given since: declined ones that are on probation at that moment, and
   * released ones.
   */
  *promised(atUs: number): Generator<Promised> {
    for (let entry = 0; entry < this.#leases.length; entry++) {
      const lease = this.#leases.get(entry);
      if (this.#isConfirmed.get(entry) === 0 || this.#lastOfLease.get(lease) !== entry + 1) continue;
      const declined = this.#isDeclined.get(entry) === 1;
      const givenBackAtUs = this.#atUs.get(entry);
      if (declined && !(givenBackAtUs + this.#probationUs > atUs)) continue;
      yield {
        lease,
        declined,
        client: this.#clients.get(entry),
        server: this.#servers.get(entry),
        atUs: givenBackAtUs,
      };
    }
  }
}

/** A lease that its server must no longer hold for its client. */
export interface Promised {
  lease: number;
  client: number;
  server: number;
  /** When it was given back, microseconds. */
  atUs: number;
  /** Declined, else released. */
  declined: boolean;
}
