import { DECLINING_PHASES, UNANSWERED_PHASES } from '../../../protocol/phases.js';
import type { Answer, Sent } from '../../../observations/observation.js';
import type { CaseParts } from '../../fold/case-parts.js';
import { Column } from '../../fold/columns.js';
import { DealtWith, type OfFaults } from './dealt-with.js';
import { DeclinedReused } from './declined-reused.js';
import { ReturnEntries, type Return } from './entries.js';

/**
 * What clients gave back, and when. In DHCPv6 the server promises by a REPLY with the status Success that a released
 * lease has ended, or that nobody gets a declined lease for a while.
 */
export class GivenBack {
  readonly #state: CaseParts;
  readonly #entries = new ReturnEntries();
  readonly reused: DeclinedReused;
  /** By lease, as entry + 1: the entry that gave it back last, by RELEASE or DECLINE. */
  readonly #lastOfLease = new Column(Int32Array);
  /** By entry, as entry + 1: the entry before it that gave back the same lease. */
  readonly #before = new Column(Int32Array);
  /** By lease: the client, + 1, that was given it last while its return may still come. */
  readonly #doubtful = new Column(Int32Array);
  /**
   * By lease type and client: the lease that the client took last, + 1. The client names it when it gives its leases
   * back.
   */
  readonly #taken = [new Column(Int32Array), new Column(Int32Array)] as const;
  /** By client: when it gave leases back last, or 0. */
  readonly #lastAtUs = new Column(Float64Array);
  readonly #count = { declined: 0, released: 0 };
  readonly #dealtWith: DealtWith;
  /** By entry: 1 if an answer may have overtaken it. */
  readonly #isOvertaken = new Column(Uint8Array);

  /**
   * @param probationS seconds; undefined where nobody knows it
   * @param ofFaults what faults did to messages; nothing by default
   */
  constructor(state: CaseParts, probationS: number | undefined, ofFaults?: OfFaults) {
    this.#dealtWith = new DealtWith(ofFaults);
    this.#state = state;
    this.reused = new DeclinedReused(state, this.#entries, probationS);
  }

  /** How many returns were perhaps overtaken by an answer that gave the client the lease again. */
  get overtaken(): number {
    return this.#isOvertaken.view().reduce((sum, one) => sum + one, 0);
  }

  /** Whether no client gave anything back. */
  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** When the client gave leases back last; 0 if it never did. */
  lastAtUs(client: number): number {
    return this.#lastAtUs.get(client);
  }

  /** How many leases clients declined, or released. */
  leasesBy(declined: boolean): number {
    return this.#count[declined ? 'declined' : 'released'];
  }

  /** Call this before the message ends what the client holds. */
  sent(sent: Sent): void {
    const { phase, client, server, sentAtUs, transaction, retransmission } = sent;
    if (retransmission > 0)
      for (const entry of this.#entries.ofTransaction(transaction))
        this.#dealtWith.sent(entry, server, sentAtUs);
    const declined = DECLINING_PHASES.has(phase);
    for (const lease of this.#givenBackBy(sent)) {
      const entry = this.#entries.push({ lease, client, server, atUs: sentAtUs, transaction, declined });
      this.#dealtWith.sent(entry, server, sentAtUs);
      this.#lastAtUs.set(client, sentAtUs);
      this.#count[declined ? 'declined' : 'released']++;
      this.#before.push(this.#lastOfLease.get(lease));
      this.#doubtful.set(lease, 0);
      this.#lastOfLease.set(lease, entry + 1);
      if (declined) this.reused.declined(lease, entry);
    }
  }

  /**
   * The leases that a message gives back: those that it names and its client holds. If a source does not tell the
   * names, these are the leases that the client took last and still holds. A DECLINE may also name a lease that its
   * client is not known to hold, as nobody may have recorded the answer that gave it. Such a lease counts, unless
   * another client is known to hold it, or the client gave it back before.
   */
  #givenBackBy({ client, sentAtUs, names, phase }: Sent): number[] {
    const { holdings, leases } = this.#state;
    if (names === undefined) {
      const { holder } = this.#state.holderOf({ client });
      const held = holdings.heldBy(holder, sentAtUs);
      return this.#taken
        .map((taken) => taken.get(client) - 1)
        .filter((lease) => held.includes(lease) || (lease >= 0 && this.#isDoubtfulOf(client, lease)));
    }
    return names.flatMap(({ lease, leaseType, prefixLength, ...named }) => {
      const { holder, owner } = this.#state.holderOf({ client, ...named });
      const held = holdings.heldBy(holder, sentAtUs);
      if (lease.length === 0) return held;
      const its = leases.intern(lease, leaseType, prefixLength);
      const meant = held.filter((one) => leases.isMeant(its, one));
      const isUnseen =
        DECLINING_PHASES.has(phase) &&
        // A DHCPv4 client has one lease. In DHCPv6 the server's answer says whether the client had another one.
        (held.length === 0 || !UNANSWERED_PHASES.has(phase)) &&
        !holdings.isHeldByOther(its, owner, sentAtUs) &&
        !holdings.wasGivenBackBy(holder, its);
      const isDoubtful = this.#isDoubtfulOf(client, its);
      return meant.length === 0 && (isUnseen || isDoubtful) ? [its] : meant;
    });
  }

  #isDoubtfulOf(client: number, lease: number): boolean {
    return this.#doubtful.get(lease) === client + 1;
  }

  /** A client takes a lease that it was given in time. */
  taken(client: number, type: 0 | 1, lease: number): void {
    this.#taken[type].set(client, lease + 1);
  }

  /** The answer to a RELEASE or DECLINE. */
  answered({ transaction, statusCode, leaseType, receivedAtUs }: Answer): void {
    for (const entry of this.#entries.ofTransaction(transaction)) {
      this.#dealtWith.answeredItself(entry, receivedAtUs);
      if (statusCode !== 0) continue;
      const isPrefix = this.#state.leases.isPrefix(this.#entries.get(entry).lease);
      if (isPrefix === (leaseType === 'prefix')) this.#entries.confirm(entry);
    }
  }

  /** A server answered a request that was first sent at `askedAtUs`. */
  answeredBy(server: number, askedAtUs: number, nowUs: number): void {
    this.#dealtWith.answered(server, askedAtUs, nowUs);
  }

  /**
   * Whether the client gave this lease back to another server, and that server may deal with the message only after
   * this server gave the lease again. The other server then takes the lease away. Counts the return if so.
   *
   * @param requestedAtUs when the request was first sent
   */
  mayBeOvertakenBy({ client, fromServer }: Answer, lease: number, requestedAtUs: number): boolean {
    let mayBe = false;
    for (let entry = this.#lastOfLease.get(lease) - 1; entry >= 0; entry = this.#before.get(entry) - 1) {
      const given = this.#entries.get(entry);
      if (given.client !== client || this.#dealtWith.isLost(entry, requestedAtUs)) break;
      if (given.atUs > requestedAtUs || given.server === fromServer) continue;
      if (!this.#dealtWith.mayComeAfter(entry, requestedAtUs)) continue;
      this.#isOvertaken.set(entry, 1);
      mayBe = true;
    }
    this.#doubtful.set(lease, mayBe ? client + 1 : 0);
    return mayBe;
  }

  /**
   * The leases whose end a REPLY promised when they were last given back: released ones, and declined ones whose
   * probation period lasts beyond `atUs`.
   */
  *promised(atUs: number): Generator<Return> {
    for (let entry = 0; entry < this.#entries.length; entry++) {
      const given = this.#entries.get(entry);
      if (!this.#entries.isConfirmed(entry) || this.#lastOfLease.get(given.lease) !== entry + 1) continue;
      if (!given.declined || this.reused.isOnProbation(given.atUs, atUs)) yield given;
    }
  }
}
