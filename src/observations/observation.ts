import type { LeaseType } from '../protocol/leases.js';
import type { Phase } from '../protocol/phases.js';

/**
 * The observations of a run: what the load saw, event by event, in the order it happened. The judgement works from
 * these alone.
 *
 * Times are microseconds since the run's start, on the monotonic clock. Numbers of cases, servers and clients count
 * from 0 in the order of the run's `Layout`.
 */

/**
 * How an answer is classified.
 *
 * - `offer`: a server only offers a lease to a client that asked to get one at once (rapid commit). It commits
 *   nothing. In a phase of offers the kind of an offer is `lease`.
 * - `unmatched`: the answer belongs to no known request.
 * - `wrong-client`: the transaction id is known, but the answer names another client.
 * - `wrong-server`: the transaction id is known, but the answer came from another server than the request went to, or
 *   it names another server than the request does.
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
  /** Number within the case, from 0. A message and its retransmissions have the same number. */
  transaction: number;
}

/**
 * The binding and the client of a lease, numbered over all cases of the layout. A source tells them if a client can
 * have several bindings, or can be in several cases. If they are absent, each client of a case has one binding, and
 * clients of different cases are different clients.
 */
export interface Holder {
  /** The binding. A DHCPv6 client has one for each identity association. */
  holder?: number;
  /** The client that has the binding; its number is the same in all cases. */
  owner?: number;
}

/** A lease that a client's message names. */
export interface NamedLease extends Holder {
  leaseType: LeaseType;
  /**
   * As `Answer.lease`; empty for all leases of the binding. An address without ports stands for whatever ports of it
   * the binding holds.
   */
  lease: Uint8Array;
  prefixLength: number;
}

/** A message left for its server. */
export interface Sent extends TransactionRef {
  type: 'sent';
  /** When it should have left: at its scheduled time, or at once after the answer before. */
  intendedAtUs: number;
  sentAtUs: number;
  /** 0 for the message itself, n for its n-th retransmission. */
  retransmission: number;
  /**
   * The leases that the message names. A RELEASE or DECLINE gives exactly these back. A RENEW or REBIND says that the
   * client holds them. Absent if a source does not tell them: then the message is about all leases of the client.
   */
  names?: readonly NamedLease[];
}

/**
 * A lease or a refusal in an answer. A message with two IAs yields two of these, with the same `answerIndex`.
 * `transaction` is -1 for an `unmatched` or `malformed` answer whose transaction is unknown. `client` is -1 if the
 * answer does not tell whom it is for.
 */
export interface Answer extends TransactionRef, Holder {
  type: 'answer';
  receivedAtUs: number;
  /**
   * The server that answered, known by the address that the answer came from or went to. It differs from `server` for
   * kind `wrong-server`.
   */
  fromServer: number;
  kind: AnswerKind;
  /** 0 for the first answer to this transaction, n for the n-th extra one. */
  answerIndex: number;
  leaseType: LeaseType;
  /**
   * 4 or 16 bytes; 8 for some ports of an IPv4 address (RFC 7618). Empty if the answer names no lease, which only an
   * answer of another kind than `lease` can do.
   */
  lease: Uint8Array;
  /** 32 for an IPv4 address, 128 for an IPv6 address, the length of a prefix, or `UNKNOWN_PREFIX_LENGTH`. */
  prefixLength: number;
  /** Seconds; 0xffffffff is infinity (RFC 2131 section 3.3, RFC 8415 section 7.7). */
  validLifetime: number;
  /** DHCPv6 status code (RFC 8415 section 21.13); 0 if there is none, and in DHCPv4. */
  statusCode: number;
  /** The answer does not name its server, and `fromServer` stands for several servers. */
  isOfAnyServer?: true;
  /** The kind of refusal, for an `unmatched` answer that gives no lease. */
  refuses?: 'nak' | 'no-lease';
  /**
   * For a DHCPNAK, the address that its request names. Absent if it is unknown: then the DHCPNAK is about all leases
   * of its client.
   */
  refused?: Uint8Array;
  /**
   * The client asks from another link than the one on which it got its lease. A server is right to refuse that (RFC
   * 2131 section 4.3.2).
   */
  hasMoved?: true;
  /** The answer gives a lease without a lease time. */
  isTimeless?: true;
}

/** The harness noticed that a transaction's time was up without an answer. */
export interface TimedOut extends TransactionRef {
  type: 'timeout';
  atUs: number;
}

export type Observation = Sent | Answer | TimedOut;

/** When it was observed, microseconds. */
export function timeOf(observation: Observation): number {
  switch (observation.type) {
    case 'sent':
      return observation.sentAtUs;
    case 'answer':
      return observation.receivedAtUs;
    case 'timeout':
      return observation.atUs;
  }
}

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
   * The servers that are also clients, by server number, with the `owner` of each: a router that gives out leases of
   * the prefix that was delegated to it. Absent if all servers are known, and so none is a client.
   */
  serverClients?: ReadonlyMap<number, number>;
  /** Whether the servers belong to somebody else, who may renumber the network (RFC 8415 section 18.3.4). */
  mayRenumber?: boolean;
  /**
   * Delegated prefixes, each with the prefix that is excluded from it (RFC 6603) and so is not held by its client;
   * absent for none.
   */
  excluded?: readonly (readonly [delegated: Prefix, excluded: Prefix])[];
  /**
   * The network of the case. The same address in two networks is two different leases. Absent if all cases are of one
   * network.
   */
  network?: string;
}
