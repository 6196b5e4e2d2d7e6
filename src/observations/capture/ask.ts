import { phaseOfAnswer, phaseOfRequest } from '../../protocol/phases.js';
import type { Phase } from '../../protocol/phases.js';
import type { Client } from './clients.js';
import type { Association, DhcpReply, Identity, Named, RequestType } from './dhcp-message.js';

/**
 * What a client asked for in one message, its retransmissions, and its copies at each relay and server: one request of the
 * client, and a transaction at each server that answers it.
 */
export interface Ask {
  /** Over all cases, in the order of first sight. */
  readonly index: number;
  readonly client: Client;
  readonly caseIndex: number;
  /** As this message has it, which may say less than is known of the client. */
  readonly identity: Identity;
  readonly type: RequestType;
  readonly word: string;
  readonly family: 4 | 6;
  /** Of its latest sending; it has more where the client changes it with each retransmission. */
  xid: number;
  otherXids: number[] | undefined;
  readonly content: string;
  readonly associations: readonly Association[];
  readonly named: readonly Named[];
  /** The server that it names. */
  readonly server: string | undefined;
  readonly relayed: boolean;
  /** As for a request; of the first sending or copy that has one. */
  link: number;
  readonly attempt: number;
  /** By which ways its latest sending came by: source, destination and hops. */
  way: number;
  otherWays: number[] | undefined;
  /** Where it went to, broadcast and multicast left out. */
  destination: string | undefined;
  otherDestinations: string[] | undefined;
  readonly firstAtUs: number;
  lastAtUs: number;
  sendings: number;
  /** Of each server that has answered it, in the order of their first answers. */
  answers: AnsweredBy[] | undefined;
}

export interface AnsweredBy {
  /** What the server calls itself, and its port where that is not DHCP's own; else its address. */
  server: string;
  /** Answers so far. */
  count: number;
  /** Of the latest: by which way it came, when, and what it gives. */
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

/** Whether such a message can be answered so. */
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

/** The phase of a request, and with rapid commit of how it was answered; undefined for one about no lease. */
export function phaseOf(
  { type, family }: Pick<Ask, 'type' | 'family'>,
  committedRapidly: boolean,
): Phase | undefined {
  return type === 'other' ? undefined : phaseOfRequest(family, type, committedRapidly);
}

/** The phase that an answer without a captured request is of. */
export function phaseOfReply({ type }: Pick<DhcpReply, 'type'>): Phase {
  return phaseOfAnswer(type === 'nak' ? 'ack' : type);
}
