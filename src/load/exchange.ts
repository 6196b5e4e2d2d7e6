import type { LeaseType, Phase } from '../observations/model.js';
import type { ClientIdentity } from './identities.js';

/**
 * One kind of four-message exchange through a relay, as the engine sees it: datagrams out, replies in. The engine knows
 * no protocol; an exchange knows no clock, socket or schedule.
 */
export interface Exchange {
  readonly family: 'udp4' | 'udp6';
  readonly leaseType: LeaseType;
  /** The offering phase and the committing one. */
  readonly phases: readonly [Phase, Phase];

  /** Transactions are numbered two for each attempt: 2a the first phase of attempt a, 2a + 1 its second. */
  transactionId(transaction: number): number;

  /** DISCOVER or SOLICIT; a retransmission is asked for again, as it tells how long it has taken by then. */
  first(identity: ClientIdentity, transaction: number, elapsed: Elapsed): Uint8Array;

  /** REQUEST for what `offer` offered. */
  second(identity: ClientIdentity, transaction: number, elapsed: Elapsed, offer: Reply): Uint8Array;

  /** Throws a DecodeError, and nothing else, for a datagram that is no answer. */
  read(datagram: Uint8Array): Reply;

  /** The transaction that a datagram which can't be read seems to answer, or -1. */
  guessTransaction(datagram: Uint8Array): number;

  /** Retransmission times, RFC 2131 section 4.1 and RFC 8415 section 15. */
  readonly retransmission: readonly [Retransmission, Retransmission];
}

/** How long a client has tried when a message leaves, milliseconds. */
export interface Elapsed {
  /** From its first message of all to the latest DISCOVER or SOLICIT: what DHCPv4 tells in each message. */
  seekingMs: number;
  /** Since this message was first sent: what DHCPv6 tells. */
  exchangingMs: number;
}

export interface Reply {
  transaction: number;
  /** Byte for byte. */
  isFor(identity: ClientIdentity): boolean;
  kind: 'lease' | 'nak' | 'no-lease';
  /** 4 or 16 bytes; empty for none. */
  lease: Uint8Array;
  prefixLength: number;
  /** Seconds. */
  validLifetime: number;
  statusCode: number;
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
