import type { LeaseType } from '../protocol/leases.js';
import type { Phase } from '../protocol/phases.js';

/**
 * What the load saw, event by event, in the order it happened. Analysis works from these alone.
 *
 * Times are microseconds since the run's start, on the monotonic clock. Numbers of cases, servers and clients
 * count from 0 in the order of the run's `Layout`.
 */

/**
 * How an answer reads. `offer` is a lease that is only offered where the client asked to be given one at once, and commits
 * nothing; in a phase of offers it reads `lease`. `unmatched` carries a transaction id that was never sent; `wrong-client` and
 * `wrong-server` carry a known one with another identity, or came from another server than it was sent to, or says that it is
 * of another one than the message named.
 */
export const ANSWER_KINDS = [
  'lease',
  'nak',
  'no-lease',
  'malformed',
  'wrong-client',
  'wrong-server',
  'unmatched',
  'offer',
] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

interface TransactionRef {
  caseIndex: number;
  phase: Phase;
  server: number;
  client: number;
  /** From 1; a client that is refused, or gets no answer, starts a new attempt. */
  attempt: number;
  /** Running number within the case, from 0; one for a message and its retransmissions. */
  transaction: number;
}

/**
 * Who gets a lease, where a source tells it finer than by client and case: numbers over all cases of the layout. Absent: the
 * client of the case has one binding, and is nobody of another case.
 */
export interface Holder {
  /** The binding: of a DHCPv6 client one for each identity association. */
  holder?: number;
  /** The client whose binding it is, in whatever case. */
  owner?: number;
}

/** A lease that a client's message names. */
export interface NamedLease extends Holder {
  leaseType: LeaseType;
  /** As of an answer; empty for all that the binding holds. An address stands for whatever of its ports the binding holds. */
  lease: Uint8Array;
  prefixLength: number;
}

/** A message left for its server. */
export interface Sent extends TransactionRef {
  type: 'sent';
  /** When it should have left: by schedule, or the answer before plus nothing. */
  intendedAtUs: number;
  sentAtUs: number;
  /** 0 for the message itself, n for its n-th retransmission. */
  retransmission: number;
  /**
   * What a message names: a RELEASE or DECLINE gives just these back, a RENEW or REBIND says that its client holds them.
   * Absent where a source does not tell it: then it is about all that the client holds.
   */
  names?: readonly NamedLease[];
}

/**
 * A lease, or a refusal, in an answer. A message with two IAs yields one of these for each of them with the same
 * `answerIndex`. For `unmatched` and `malformed` answers whose transaction is unknown, `transaction` is -1; client is -1
 * where the answer does not tell whom it is for.
 */
export interface Answer extends TransactionRef, Holder {
  type: 'answer';
  receivedAtUs: number;
  /** The server whose address the answer came from or to; differs from `server` for `wrong-server`. */
  fromServer: number;
  kind: AnswerKind;
  /** 0 for the first answer to this transaction, n for the n-th extra one. */
  answerIndex: number;
  leaseType: LeaseType;
  /**
   * 4 or 16 bytes; 8 for an IPv4 address of which some ports alone are given (RFC 7618). Empty where `kind` is not `lease` and the
   * answer named none.
   */
  lease: Uint8Array;
  /** 32 and 128 for addresses; of a prefix possibly `UNKNOWN_PREFIX_LENGTH`. */
  prefixLength: number;
  /** Seconds; 0xffffffff is infinity (RFC 2131 section 3.3, RFC 8415 section 7.7). */
  validLifetime: number;
  /** RFC 8415 section 21.13; 0 where there is none, and in DHCPv4. */
  statusCode: number;
  /** It does not say which server it is of, and `fromServer` stands for several. */
  isOfAnyServer?: true;
  /** Of an `unmatched` answer that gives nothing: whether it is a DHCPNAK. */
  refuses?: 'nak' | 'no-lease';
  /** Of a DHCPNAK the address that its request names; absent where none is known: then it is about all that its client holds. */
  refused?: Uint8Array;
  /** Its client asks from another link than it got its lease on: there a server is right to refuse it (RFC 2131 section 4.3.2). */
  hasMoved?: true;
  /** It gives a lease, and does not say for how long. */
  isTimeless?: true;
}

/** The harness noticed that a transaction's time was up without an answer. */
export interface TimedOut extends TransactionRef {
  type: 'timeout';
  atUs: number;
}

export type Observation = Sent | Answer | TimedOut;

/** What the numbers in the observations stand for. */
export interface Layout {
  cases: readonly CaseLayout[];
}

export interface Prefix {
  /** 16 bytes. */
  prefix: Uint8Array;
  prefixLength: number;
}

export interface CaseLayout {
  name: string;
  leaseType: LeaseType;
  phases: readonly Phase[];
  /** Names in the order of their numbers. */
  servers: readonly string[];
  /** Clients of this case; client c belongs to server c mod servers.length. */
  clients: number;
  /**
   * Of servers that are clients as well the `owner` that each is: a router leases out of the prefix that it was delegated. Absent
   * where no server can be one, as all are known.
   */
  serverClients?: ReadonlyMap<number, number>;
  /** Whether its servers are others', who may renumber their network (RFC 8415 section 18.3.4). */
  mayRenumber?: boolean;
  /** Parts of delegated prefixes that are not their clients' (RFC 6603): each prefix, and what of it; absent for none. */
  excluded?: readonly (readonly [delegated: Prefix, excluded: Prefix])[];
  /** Leases of different networks are different leases; absent where all cases are of one. */
  network?: string;
}
