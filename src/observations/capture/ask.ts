import { phaseOfAnswer, phaseOfRequest } from '../../protocol/phases.js';
import type { Phase } from '../../protocol/phases.js';
import type { Client } from './clients.js';
import type { Association, DhcpReply, Identity, Named, RequestType } from './dhcp-message.js';

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

export function hasXid({ xid, otherXids }: Ask, wanted: number): boolean {
  return xid === wanted || (otherXids !== undefined && otherXids.includes(wanted));
}

export function wentTo({ destination, otherDestinations }: Ask, endpoint: string): boolean {
  return (
    destination === endpoint || (otherDestinations !== undefined && otherDestinations.includes(endpoint))
  );
}

/** Whether a reply can answer a request of this type. */
export function canAnswer({ type, rapidCommit }: DhcpReply, request: RequestType): boolean {
  switch (type) {
    case 'offer':
      return request === 'discover';
    case 'nak':
      return request === 'request' || request === 'renew' || request === 'rebind';
    case 'ack':
      return (
        request === 'request' ||
        request === 'renew' ||
        request === 'rebind' ||
        request === 'other' ||
        (rapidCommit && request === 'discover')
      );
    case 'bootreply':
      return request === 'bootp';
    case 'advertise':
      return request === 'solicit';
    case 'reply':
      return request !== 'solicit' || rapidCommit;
  }
}

/**
 * The phase of a request; undefined for a request about no lease.
 *
 * @param committedRapidly whether a server answered a DISCOVER or SOLICIT by committing a lease
 */
export function phaseOf(
  { type, family }: Pick<Ask, 'type' | 'family'>,
  committedRapidly: boolean,
): Phase | undefined {
  return type === 'other' ? undefined : phaseOfRequest(family, type, committedRapidly);
}

/** The phase of an answer whose request was not captured. */
export function phaseOfReply({ type }: Pick<DhcpReply, 'type'>): Phase {
  return phaseOfAnswer(type === 'nak' ? 'ack' : type);
}
