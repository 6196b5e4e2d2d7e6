import { RENEWING_PHASES } from '../../protocol/phases.js';
import type { Answer, NamedLease, Sent } from '../../observations/observation.js';
import { serverName } from '../checks/server-name.js';
import type { CaseParts } from '../fold/case-parts.js';
import type { PhaseFold } from '../fold/count-phase.js';
import { heldLease } from './held-leases.js';
import type { Witness } from '../../results/witness.js';
import { OpenRefusals, type RefusedRenewal } from './open-refusals.js';
import { NO_BINDING } from '../fold/refusals.js';

/**
 * Lease tables count in whole seconds. So a lease may be over this much earlier for its server than for its client.
 */
const GRAIN_US = 2_000_000;

/**
 * Whether clients keep what they hold when they ask a server, whichever it is, to prolong it. An answer takes a lease
 * away if it refuses (NAK, NoBinding, a lifetime of zero) or names another lease, while the client still had a right
 * to the lease that it asked about. A client has that right if it held the lease when the request was first sent, and
 * still held it when the answer came.
 */
export class Renewals {
  #judged = 0;
  #notKept = 0;
  /** What the latest message says of one binding, until all parts of the message are read. */
  #open: SaidOfBinding | undefined;
  readonly #state: CaseParts;
  /** By transaction of a renewal: the leases that its client says it holds. */
  readonly #claims = new Map<number, readonly NamedLease[]>();
  readonly #refusals = new OpenRefusals<Refused>((refused) => this.#taken(refused));

  constructor(state: CaseParts) {
    this.#state = state;
  }

  /** Call this when a request is first sent. */
  claimed({ phase, transaction, names }: Sent): void {
    if (names !== undefined && RENEWING_PHASES.has(phase)) this.#claims.set(transaction, names);
  }

  /**
   * Whether the client, after this request, gave back a lease that the request was to prolong. Such a client no
   * longer waits for the answer.
   */
  isGivenUp(transaction: number, holder: number, askedAtUs: number): boolean {
    const { holdings } = this.#state;
    if (!this.#claims.has(transaction)) return false;
    return this.#claimedIn(transaction).some((lease) => holdings.wasGivenBackSince(holder, lease, askedAtUs));
  }

  /**
   * Tells which leases of a binding a request is about: those that it names, or all if it names none of this binding.
   */
  #askedFor(transaction: number, holder: number): (lease: number) => boolean {
    const names = this.#claims.get(transaction)?.filter((one) => (one.holder ?? holder) === holder) ?? [];
    if (names.length === 0 || names.some(({ lease }) => lease.length === 0)) return () => true;
    const claimed = this.#claimedIn(transaction);
    return (lease) => claimed.includes(lease);
  }

  /** The leases that a request says its client holds; none if the request names none. */
  #claimedIn(transaction: number): number[] {
    const { leases } = this.#state;
    return (this.#claims.get(transaction) ?? []).flatMap(({ lease, leaseType, prefixLength }) =>
      lease.length === 0 ? [] : [leases.intern(lease, leaseType, prefixLength)],
    );
  }

  /**
   * `judged`: answers to clients that had a right to their leases. `notKept`: those of them that took a lease away.
   */
  figures(): { judged: number; notKept: number } {
    this.#close();
    this.#refusals.settleAll();
    return { judged: this.#judged, notKept: this.#notKept };
  }

  /** Call this before the answer changes what its client holds. */
  answered(answer: Answer, { renewing }: Pick<PhaseFold, 'renewing'>): void {
    const { holder } = this.#state.holderOf(answer);
    if (this.#open !== undefined && !isOfSame(this.#open, answer, holder)) this.#close();
    if (!renewing) return;
    const { leases, holdings, transactions } = this.#state;
    const { receivedAtUs, leaseType, transaction } = answer;
    if (this.#open === undefined) {
      const sentAtUs = transactions.sentAtUs(transaction);
      const isAskedFor = this.#askedFor(transaction, holder);
      const held = holdings
        .heldThroughout(holder, sentAtUs, receivedAtUs, receivedAtUs + GRAIN_US)
        .filter((holding) => isAskedFor(holdings.lease(holding)))
        .filter((holding) => leases.isPrefix(holdings.lease(holding)) === (leaseType === 'prefix'))
        // A client that another server has given the lease is bound, and ignores a refusal.
        .filter(
          (holding) =>
            !(isRefusal(answer) || isZeroed(answer)) || !holdings.isGivenInAnswerTo(holding, sentAtUs),
        );
      this.#open = {
        answer: { ...answer },
        holder,
        held,
        sentAtUs,
        refuses: false,
        given: [],
        ended: [],
        isClaimed: false,
      };
    }
    const said = this.#open;
    said.refuses ||= isRefusal(answer);
    said.isClaimed ||= this.#isClaimed(answer);
    if (answer.lease.length === 0) return;
    const named = leases.intern(answer.lease, leaseType, answer.prefixLength);
    (answer.validLifetime === 0 ? said.ended : said.given).push(named);
  }

  /**
   * All parts of the message are read. A binding is kept if one of its leases is, whatever else the message gives or
   * takes.
   */
  #close(): void {
    const said = this.#open;
    if (said === undefined) return;
    this.#open = undefined;
    const { held, isClaimed, answer, sentAtUs } = said;
    const { holder, given, ended } = said;
    const server = answer.fromServer;
    this.#refusals.given({ holder, sentAtUs, server, leases: given });
    if (held.length > 0 || isClaimed) this.#judged++;
    if (held.length === 0) return;
    const heldLeases = held.map((holding) => this.#state.holdings.lease(holding));
    // A client that has moved must not keep a lease of its earlier link.
    if (isClaimed || answer.hasMoved === true || !takesAway(said, heldLeases)) return;
    if (this.#state.layout.mayRenumber === true && isRenumbered(said, heldLeases)) return;
    const named = given[0] ?? ended[0];
    const isRefused = given.length === 0;
    const taken = { holder, sentAtUs, server, leases: heldLeases, answer, held, named, isRefused };
    if (isRefused) this.#refusals.add(taken);
    else this.#taken(taken);
  }

  #taken({ answer, held, leases, named, sentAtUs, isRefused }: Refused): void {
    // A server without its database refuses what it can't look up.
    if (isRefused && this.#state.duringFaults?.renewalRefused(answer, leases) === true) return;
    this.#notKept++;
    this.#state.witnesses.add('not-kept', () => this.#witness(answer, held, named, sentAtUs));
  }

  /**
   * Whether an answer prolongs a lease as its client asked, although nobody saw the lease given. A refusal of such a
   * lease tells nothing, because the client may have lost its right to it.
   */
  #isClaimed({ transaction, lease, leaseType, prefixLength, validLifetime }: Answer): boolean {
    if (lease.length === 0 || validLifetime === 0) return false;
    const named = this.#state.leases.intern(lease, leaseType, prefixLength);
    return this.#claimedIn(transaction).includes(named);
  }

  #witness(
    answer: Omit<Answer, 'lease'>,
    held: readonly number[],
    named: number | undefined,
    sentAtUs: number,
  ): Omit<Witness, 'kind'> {
    const { layout, leases } = this.#state;
    const { client, phase, fromServer, receivedAtUs } = answer;
    const had = held.map((holding) => heldLease(this.#state, holding));
    const { lease = '' } = had[0] ?? {};
    const isNamed = named === undefined || leases.text(named) === lease;
    return {
      phase,
      lease,
      otherLease: isNamed ? null : leases.text(named),
      holders: [
        { client, server: serverName(layout, fromServer), lease, fromUs: sentAtUs, untilUs: receivedAtUs },
      ],
      held: had,
    };
  }
}

/** What one message says of one binding. A DHCPv6 message may name several leases of a binding. */
interface SaidOfBinding {
  /** A copy of the first part's, as the source may overwrite an observation once the next one comes. */
  answer: Omit<Answer, 'lease'>;
  holder: number;
  /** The holdings that the client had a right to. */
  held: readonly number[];
  sentAtUs: number;
  refuses: boolean;
  /** The leases that the message gives, and those that it names with a lifetime of zero. */
  given: number[];
  ended: number[];
  isClaimed: boolean;
}

interface Refused extends RefusedRenewal {
  answer: Omit<Answer, 'lease'>;
  held: readonly number[];
  /** A lease that the answer gives instead, or ends; undefined if the answer names none. */
  named: number | undefined;
  /** Whether the answer gives no lease instead. */
  isRefused: boolean;
}

function isOfSame({ answer, holder }: SaidOfBinding, other: Answer, otherHolder: number): boolean {
  return (
    holder === otherHolder &&
    answer.transaction === other.transaction &&
    answer.answerIndex === other.answerIndex &&
    answer.leaseType === other.leaseType &&
    answer.fromServer === other.fromServer
  );
}

function isRefusal({ kind, statusCode }: Answer): boolean {
  return kind === 'nak' || statusCode === NO_BINDING;
}

function isZeroed({ lease, validLifetime }: Answer): boolean {
  return lease.length > 0 && validLifetime === 0;
}

/** Whether the message ends all held leases and gives others in their place (RFC 8415 section 18.3.4). */
function isRenumbered({ given, ended }: SaidOfBinding, held: readonly number[]): boolean {
  return given.length > 0 && held.every((lease) => ended.includes(lease));
}

function takesAway({ refuses, given, ended }: SaidOfBinding, held: readonly number[]): boolean {
  if (given.some((lease) => held.includes(lease))) return false;
  return refuses || given.length > 0 || ended.some((lease) => held.includes(lease));
}
