import type { LeaseType } from '../../protocol/leases.js';
import type { Phase } from '../../protocol/phases.js';
import type { ClientIdentity } from '../identities/identities.js';

/**
 * One kind of exchange through a relay, as the engine sees it: datagrams out, replies in. The engine knows no
 * protocol. An exchange knows no clock, socket or schedule, and of the clients only the one that it is asked about. A
 * message that it makes is valid until it makes another one of the same kind.
 */
export interface Exchange {
  readonly family: 'udp4' | 'udp6';
  /** What a client asks for in one message, in the order of a reply's `parts`. */
  readonly leaseTypes: readonly [LeaseType, ...LeaseType[]];
  /** Bytes of a lease: 4 for an IPv4 address, 16 for an IPv6 address or prefix. */
  readonly leaseBytes: 4 | 16;
  /** The step by which a client prolongs its lease at another server than its own. */
  readonly roamsBy: typeof STEP.renew | typeof STEP.rebind;
  /** The step that a client takes when it boots again with a lease that it remembers. */
  readonly rebootsBy: typeof STEP.reboot | typeof STEP.rebind;
  /** Bits of a transaction id: 32 in DHCPv4, 24 in DHCPv6. */
  readonly idBits: 24 | 32;
  /** By `STEP`. The engine decides which step a client takes next. */
  readonly steps: Steps;

  /** Makes a DISCOVER or SOLICIT. A retransmission is made anew, as it says how much time has passed. */
  first(identity: ClientIdentity, id: number, elapsed: Elapsed): Uint8Array;

  /** Makes the REQUEST for what `offer` offered. */
  second(identity: ClientIdentity, id: number, elapsed: Elapsed, offer: Reply): Uint8Array;

  /**
   * Makes a client's message about what it holds: RENEW, REBIND, RELEASE, DECLINE, or that of a client that boots again, if
   * the exchange has that step.
   */
  holding(step: number, identity: ClientIdentity, id: number, elapsed: Elapsed, held: Held): Uint8Array;

  /** Copies a message that leaves again, with the time that has passed. */
  again(message: Uint8Array, elapsed: Elapsed): Uint8Array;

  /**
   * Reads a datagram. The reply is the exchange's own: it and its arrays are valid until the next call. Throws a
   * DecodeError, and nothing else, for a datagram that is no answer.
   */
  read(datagram: Uint8Array): Reply;

  /** The transaction id that an unreadable datagram seems to carry, or -1. */
  guessId(datagram: Uint8Array): number;
}

/** What the messages of an exchange have in common. */
export interface ExchangeModel {
  /** A client's, of which the messages of every client have the lengths; a generated one by default. */
  identity?: ClientIdentity | undefined;
  /** How many relays pass a message on, one after the other; 1 by default. */
  hops?: number | undefined;
}

/** What a server does with an answer. An offer commits nothing. A commit settles the matter: it grants or refuses. */
export type AnswerRole = 'offer' | 'commit';

/** Whether a reply is of the kind that answers this step's message. */
export function isAnswerTo({ answer }: Step, reply: Reply): boolean {
  if (answer !== 'either') return answer === reply.answer;
  // RFC 8415 section 18.2.10: a client discards a REPLY to its SOLICIT without the Rapid Commit option.
  return reply.answer === 'offer' || reply.isRapid;
}

/** The index of each step in the `steps` of an exchange. */
export const STEP = {
  discover: 0,
  request: 1,
  renew: 2,
  rebind: 3,
  release: 4,
  decline: 5,
  reboot: 6,
} as const;
export type StepNumber = (typeof STEP)[keyof typeof STEP];

/** The two steps to a lease, which every protocol has, and then the steps with a lease that the protocol has. */
export type Steps = readonly [discover: Step, request: Step, ...withLease: Step[]];

/** A kind of message and its answer. */
export interface Step {
  readonly phase: Phase;
  /**
   * The role of the answer: `either` where the client asks for its lease without an offer; null where nothing
   * answers.
   */
  readonly answer: AnswerRole | 'either' | null;
  /** Whether the message has the transaction id of the step before it. */
  readonly sharesId: boolean;
  /** Retransmission times, RFC 2131 section 4.1 and RFC 8415 section 15. */
  readonly retransmission: Retransmission;
}

/** How long a client has tried when a message leaves. */
export interface Elapsed {
  /**
   * Whole seconds from the client's first DISCOVER or SOLICIT since its last lease to its latest one. DHCPv4 sends it
   * in each message.
   */
  seekingS: number;
  /** Milliseconds since this message was first sent. DHCPv6 sends it. */
  exchangingMs: number;
}

export interface Reply {
  id: number;
  answer: AnswerRole;
  /** Whether the reply has the Rapid Commit option: it commits without an offer (RFC 8415 section 21.14). */
  isRapid: boolean;
  /** `lease` where all that was asked for was given, `partial` where only some of it was. */
  kind: ReplyPart['kind'] | 'partial';
  /** What the reply says of each thing that was asked for, in the order of the exchange's `leaseTypes`. */
  readonly parts: readonly [ReplyPart, ...ReplyPart[]];
  /** The server's identifier in DHCPv4, its DUID in DHCPv6. */
  readonly serverId: Uint8Array;
  /** Whether the reply is for this client; identifiers are compared byte for byte. */
  isFor(identity: ClientIdentity): boolean;
}

/** What a reply says of one thing that was asked for: an address or a prefix. */
export interface ReplyPart {
  readonly leaseType: LeaseType;
  kind: 'lease' | 'nak' | 'no-lease';
  /** 4 or 16 bytes; empty for none. */
  lease: Uint8Array;
  prefixLength: number;
  /** In seconds. */
  validLifetime: number;
  /**
   * T1 and T2: when the client renews and rebinds the lease, seconds after it asked; Infinity for never. Where the server
   * does not say, the client's own times (RFC 2131 section 4.4.5, RFC 8415 section 21.4).
   */
  renewAfter: number;
  rebindAfter: number;
  statusCode: number;
  /** Whether the reply ends the client's lease: by a NAK, NoBinding, or a lifetime of zero. */
  endsLease: boolean;
  /** Another lease, which the reply takes away while it gives this one (RFC 8415 section 18.3.5). */
  withdrawn: HeldLease | undefined;
}

/**
 * What a client holds, and the identifier of the server that granted it. The object and its arrays are valid until
 * another client's are asked for.
 */
export interface Held {
  serverId: Uint8Array;
  /** In the order of the exchange's lease types. */
  readonly leases: readonly HeldLease[];
}

export interface HeldLease {
  /** 4 or 16 bytes. */
  prefix: Uint8Array;
  /** 32 and 128 for addresses. */
  prefixLength: number;
}

export interface Retransmission {
  initialMs: number;
  maximumMs: number;
  /** The message itself does not count. Infinity where only the transaction's timeout ends the retransmission. */
  maxRetransmissions: number;
  /** The next delay in milliseconds, from the delay before it (0 at first) and a random number in [0, 1). */
  next(beforeMs: number, random: number): number;
}

/** A lifetime or time that stands for infinity (RFC 2131 section 3.3, RFC 8415 section 7.7). */
const INFINITE_S = 0xffff_ffff;

/**
 * When a client renews or rebinds, seconds.
 *
 * @param told what the server said; 0 where it did not
 * @param share the share of the lifetime after which a client does it by itself
 */
export function timeTold(told: number, share: number, lifetime: number): number {
  const time = told === 0 && lifetime !== INFINITE_S ? share * lifetime : told;
  return time === 0 || time === INFINITE_S ? Infinity : time;
}

/** Stands for no lease, and for no server identifier. */
export const NO_LEASE = new Uint8Array(0);
