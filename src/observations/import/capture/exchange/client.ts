import type { Association, Identity, Named, RequestType } from '../message/dhcp-message.js';
import type { Few } from '../message/few.js';

/**
 * A client of a capture, the same object in all its cases. It is small, because there may be hundreds of thousands.
 */
export interface Client {
  /** Number over all cases, in the order of first appearance. */
  readonly number: number;
  readonly network: string;
  /** The VLAN in which the client was first heard, such as `VLAN 100`, if VLANs are not networks of their own. */
  heardIn: string | undefined;
  identity: Identity;
  /** The cases in which the client was seen: hardly ever more than one. */
  places: Few<Place>;
  bindings: Few<Binding>;
  /** Its requests that are not over: few. `AsksOfClients` has those of a client with many. */
  asks: readonly Ask[];
  /** The client has moved on from its requests with a lower index than this: it does not repeat them (see `Asks`). */
  movedOn: number;
  /** The IPv4 address that the client was given last, in hexadecimal. `givenBy` is the server that gave it. */
  address: string;
  givenBy: { server: string | undefined; endpoint: string } | undefined;
  /**
   * The time until which the client was told to have that address, in seconds since 1970; 0 if unknown or given back.
   */
  untilS: number;
  /** The link on which the client was given its latest lease, as `DhcpRequest.link`. */
  link: number;
}

export interface Place {
  readonly caseIndex: number;
  /** The client's number in that case. */
  readonly client: number;
  /** How often the client began to look for a lease in that case. */
  attempts: number;
}

export interface Binding {
  readonly kind: Association['kind'];
  readonly iaid: number;
  /** Number over all clients. */
  readonly number: number;
  /** The case in which the binding was first asked for. */
  readonly caseIndex: number;
}

/**
 * A request of a client: one message with its retransmissions, and with its copies at relays and servers. It is a
 * transaction at each server that answers it.
 */
export interface Ask {
  /** Number over all cases, in the order of first appearance. */
  readonly index: number;
  readonly client: Client;
  readonly caseIndex: number;
  /** The identity in this message. More may be known of the client. */
  readonly identity: Identity;
  readonly type: RequestType;
  readonly word: string;
  readonly family: 4 | 6;
  /**
   * The transaction id of the latest transmission. `otherXids` has the earlier ids of a client that changes its id
   * with each retransmission.
   */
  xid: number;
  otherXids: number[] | undefined;
  readonly content: string;
  readonly associations: readonly Association[];
  readonly named: readonly Named[];
  /** The server that the request names. */
  readonly server: string | undefined;
  readonly relayed: boolean;
  /** As `DhcpRequest.link`, from the first transmission or copy that has one. */
  link: number;
  readonly attempt: number;
  /**
   * The way of the latest transmission: a hash of source, destination, network and hops. `otherWays` has those of its
   * copies.
   */
  way: number;
  otherWays: number[] | undefined;
  /** Where the request went to, except broadcast and multicast. */
  destination: string | undefined;
  otherDestinations: string[] | undefined;
  readonly firstAtUs: number;
  lastAtUs: number;
  sendings: number;
  /** An entry for each server that answered, in the order of their first answers. */
  answers: AnsweredBy[] | undefined;
}

export interface AnsweredBy {
  /** The server's identifier, with the port unless that is DHCP's own; or else the address. */
  server: string;
  /** Number of answers so far. */
  count: number;
  /** Of the latest answer: its way, its time, and what it gives (see `givesNumber`). */
  way: number;
  atUs: number;
  gives: number;
}
