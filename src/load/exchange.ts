import type { LeaseType } from '../protocol/leases.js';
import type { Phase } from '../protocol/phases.js';
import type { ClientIdentity } from './identities.js';

/**
 * One kind of exchange through a relay, as the engine sees it: datagrams out, replies in. The engine knows no protocol; an
 * exchange knows no clock, socket, schedule or client but the one it is asked about.
 */
export interface Exchange {
  readonly family: 'udp4' | 'udp6';
  /** What a client asks for in one message, in the order in which a reply's parts tell of it. */
  readonly leaseTypes: readonly [LeaseType, ...LeaseType[]];
  /** Of a lease: an IPv4 address, or an IPv6 address or prefix. */
  readonly leaseBytes: 4 | 16;
  /** The step by which a client asks another server than its own to prolong its lease. */
  readonly roamsBy: typeof STEP.renew | typeof STEP.rebind;
  /** Of a transaction id: 32 in DHCPv4, 24 in DHCPv6. */
  readonly idBits: 24 | 32;
  /** By `STEP`. What a client does next is the engine's to know. */
  readonly steps: Steps;

  /** DISCOVER or SOLICIT; a retransmission is asked for again, as it tells how long it has taken by then. */
  first(identity: ClientIdentity, id: number, elapsed: Elapsed): Uint8Array;

  /** REQUEST for what `offer` offered. */
  second(identity: ClientIdentity, id: number, elapsed: Elapsed, offer: Reply): Uint8Array;

  /** What a client says about what it holds: RENEW, REBIND, RELEASE or DECLINE, as far as the exchange has such a step. */
  holding(step: number, identity: ClientIdentity, id: number, elapsed: Elapsed, held: Held): Uint8Array;

  /** The same message with the time gone by. */
  again(message: Uint8Array, elapsed: Elapsed): Uint8Array;

  /**
   * The reply is the exchange's own and holds until the next is read; so do the arrays in it. Throws a DecodeError, and
   * nothing else, for a datagram that is no answer.
   */
  read(datagram: Uint8Array): Reply;

  /** The transaction id that a datagram which can't be read seems to carry, or -1. */
  guessId(datagram: Uint8Array): number;
}

/** What a server does: it offers, which commits nothing, or it settles the matter, one way or the other. */
export type AnswerRole = 'offer' | 'commit';

/** Whether an answer is one to a step's message, as far as its kind goes. */
export function isAnswerTo({ answer }: Step, reply: Reply): boolean {
  if (answer !== 'either') return answer === reply.answer;
  // RFC 8415 section 18.2.10: a client discards a REPLY to its SOLICIT that does not say so.
  return reply.answer === 'offer' || reply.isRapid;
}

/** Where a step stands among those of its exchange. */
export const STEP = { discover: 0, request: 1, renew: 2, rebind: 3, release: 4, decline: 5 } as const;
export type StepNumber = (typeof STEP)[keyof typeof STEP];

/** What a client of any protocol begins with, then what it may do with its lease, as far as its protocol has it. */
export type Steps = readonly [discover: Step, request: Step, ...withLease: Step[]];

/** A message and its answer. */
export interface Step {
  readonly phase: Phase;
  /** What answers it, `either` where the client asks to be given its lease without an offer; null where nothing does. */
  readonly answer: AnswerRole | 'either' | null;
  /** Whether it goes on under the transaction id of the step before it. */
  readonly sharesId: boolean;
  /** Retransmission times, RFC 2131 section 4.1 and RFC 8415 section 15. */
  readonly retransmission: Retransmission;
}

/** How long a client has tried when a message leaves. */
export interface Elapsed {
  /** Whole seconds from its first message of all to the latest DISCOVER or SOLICIT: what DHCPv4 tells in each message. */
  seekingS: number;
  /** Milliseconds since this message was first sent: what DHCPv6 tells. */
  exchangingMs: number;
}

export interface Reply {
  id: number;
  answer: AnswerRole;
  /** Whether it says that it commits without an offer (RFC 8415 section 21.14). */
  isRapid: boolean;
  /** `lease` where all that was asked for was given, `partial` where some of it was. */
  kind: ReplyPart['kind'] | 'partial';
  /** What it says of each thing that was asked for. */
  readonly parts: readonly [ReplyPart, ...ReplyPart[]];
  /** The server's identifier in DHCPv4, its DUID in DHCPv6. */
  readonly serverId: Uint8Array;
  /** Byte for byte. */
  isFor(identity: ClientIdentity): boolean;
}

/** What a reply says of one thing that was asked for: an address or a prefix. */
export interface ReplyPart {
  readonly leaseType: LeaseType;
  kind: 'lease' | 'nak' | 'no-lease';
  /** 4 or 16 bytes; empty for none. */
  lease: Uint8Array;
  prefixLength: number;
  /** Seconds. */
  validLifetime: number;
  statusCode: number;
  /** Whether it takes away what its client holds: a NAK, NoBinding, or a lifetime of zero. */
  endsLease: boolean;
  /** Another lease that it takes away beside the one that it gives (RFC 8415 section 18.3.5). */
  withdrawn: HeldLease | undefined;
}

/** What a client holds, and of whom; all of it is the holder's own, and holds until another client's is asked for. */
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
  /** After the message itself; Infinity where only the transaction's timeout ends it. */
  maxRetransmissions: number;
  /** The next delay, from the one before (0 at first) and a random number in [0, 1). */
  next(beforeMs: number, random: number): number;
}

/** No lease to name. */
export const NO_LEASE = new Uint8Array(0);
