import { DECLINING_PHASES, familyOfPhase, UNANSWERED_PHASES } from '../../../protocol/phases.js';
import type { Answer, Sent } from '../../../observations/observation.js';
import { serverName } from '../../checks/server-name.js';
import type { CaseParts } from '../../fold/case-parts.js';
import { Column } from '../../fold/columns.js';
import { DealtWith } from './dealt-with.js';
import type { DeclineFigures } from '../../../results/case.js';

/**
 * What clients gave back, and when. A server must give a declined address to nobody for a while (RFC 2131 section
 * 4.3.3, RFC 8415 section 18.3.8): for Kea this is the probation period. In DHCPv6 the server promises that, and the
 * end of a released lease, by a REPLY with the status Success.
 */
export class GivenBack {
  #declined = 0;
  #reused = 0;
  #again: DeclineFigures['again'];
  readonly #state: CaseParts;
  /** NaN where nobody knows the probation period. */
  readonly #probationUs: number;
  readonly #leases = new Column(Int32Array);
  readonly #clients = new Column(Int32Array);
  readonly #servers = new Column(Uint8Array);
  readonly #atUs = new Column(Float64Array);
  readonly #transactions = new Column(Int32Array);
  readonly #isDeclined = new Column(Uint8Array);
  readonly #isConfirmed = new Column(Uint8Array);
  /**
   * By lease, as entry + 1: the entry that gave it back last, by RELEASE or DECLINE, and the entry of its last
   * DECLINE.
   */
  readonly #lastOfLease = new Column(Int32Array);
  readonly #lastDecline = new Column(Int32Array);
  /** By entry, as entry + 1: the entry before it that gave back the same lease. */
  readonly #before = new Column(Int32Array);
  /** By lease: the client, + 1, that was given it last while its return may still come. */
  readonly #doubtful = new Column(Int32Array);
  /**
   * By lease type and client: the lease that the client took last, + 1. The client names it when it gives its leases
   * back.
   */
  readonly #taken = [new Column(Int32Array), new Column(Int32Array)] as const;
  /** By transaction: the entry of the first lease that it gave back. The entries of its other leases follow. */
  readonly #ofTransaction = new Map<number, number>();
  readonly #dealtWith = new DealtWith();
  /** By entry: 1 if an answer may have overtaken it. */
  readonly #isOvertaken = new Column(Uint8Array);

  /** @param probationS seconds; undefined where nobody knows it */
  constructor(state: CaseParts, probationS: number | undefined) {
    this.#state = state;
    this.#probationUs = (probationS ?? NaN) * 1e6;
  }

  get declines(): DeclineFigures {
    const reused = Number.isNaN(this.#probationUs) ? null : this.#reused;
    return { declined: this.#declined, reused, ...(this.#again === undefined ? {} : { again: this.#again }) };
  }

  /** How many returns were perhaps overtaken by an answer that gave the client the lease again. */
  get overtaken(): number {
    return this.#isOvertaken.view().reduce((sum, one) => sum + one, 0);
  }

  /**
   * Counts a declined lease that was given again. Without the probation period nobody can tell whether it was too
   * soon.
   */
  #givenAgain(afterUs: number): void {
    const { count = 0, soonestMs = Infinity } = this.#again ?? {};
    this.#again = { count: count + 1, soonestMs: Math.min(soonestMs, afterUs / 1_000) };
  }

  /** Call this before the message ends what the client holds. */
  sent(sent: Sent): void {
    const { phase, client, server, sentAtUs, transaction, retransmission } = sent;
    if (retransmission > 0)
      for (const entry of this.#entriesOf(transaction)) this.#dealtWith.sent(entry, server, sentAtUs);
    for (const lease of this.#givenBackBy(sent)) {
      const entry = this.#leases.push(lease);
      const isDeclined = DECLINING_PHASES.has(phase);
      this.#clients.push(client);
      this.#servers.push(server);
      this.#atUs.push(sentAtUs);
      this.#transactions.push(transaction);
      this.#isDeclined.push(isDeclined ? 1 : 0);
      this.#isConfirmed.push(0);
      this.#dealtWith.sent(entry, server, sentAtUs);
      this.#before.push(this.#lastOfLease.get(lease));
      this.#doubtful.set(lease, 0);
      this.#lastOfLease.set(lease, entry + 1);
      if (isDeclined) {
        this.#declined++;
        this.#lastDecline.set(lease, entry + 1);
      }
      if (!this.#ofTransaction.has(transaction)) this.#ofTransaction.set(transaction, entry);
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
    for (const entry of this.#entriesOf(transaction)) {
      this.#dealtWith.answeredItself(entry, receivedAtUs);
      if (statusCode !== 0) continue;
      const isPrefix = this.#state.leases.isPrefix(this.#leases.get(entry));
      if (isPrefix === (leaseType === 'prefix')) this.#isConfirmed.set(entry, 1);
    }
  }

  *#entriesOf(transaction: number): Generator<number> {
    const first = this.#ofTransaction.get(transaction) ?? Infinity;
    for (let entry = first; entry < this.#leases.length; entry++) {
      if (this.#transactions.get(entry) !== transaction) return;
      yield entry;
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
      if (this.#clients.get(entry) !== client || this.#dealtWith.isLost(entry, requestedAtUs)) break;
      const isBefore = this.#atUs.get(entry) <= requestedAtUs;
      if (!isBefore || this.#servers.get(entry) === fromServer) continue;
      if (!this.#dealtWith.mayComeAfter(entry, requestedAtUs)) continue;
      this.#isOvertaken.set(entry, 1);
      mayBe = true;
    }
    this.#doubtful.set(lease, mayBe ? client + 1 : 0);
    return mayBe;
  }

  /** A committing answer gave this lease to a client. */
  granted(answer: Answer, lease: number, requestedAtUs: number): void {
    const entry = this.#lastDecline.get(lease) - 1;
    if (entry < 0) return;
    if (this.#isConfirmed.get(entry) === 0 && !this.#isReuseUnconfirmed(entry, answer)) return;
    const atUs = this.#atUs.get(entry);
    if (Number.isNaN(this.#probationUs) && requestedAtUs > atUs) this.#givenAgain(requestedAtUs - atUs);
    // The server gave the lease at some moment between the request and its answer.
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
   * Whether a reuse counts although no server confirmed the DECLINE. A server that never got the DECLINE rightly
   * gives the lease to the same client again. DHCPv4 servers confirm none, so a DHCPv4 reuse counts if another client
   * gets the lease.
   */
  #isReuseUnconfirmed(entry: number, { client, phase }: Answer): boolean {
    return familyOfPhase(phase) === 4 && client !== this.#clients.get(entry);
  }

  /**
   * The leases whose end a REPLY promised when they were last given back: released ones, and declined ones whose
   * probation period lasts beyond `atUs`.
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
  /** True for a declined lease, false for a released one. */
  declined: boolean;
}
