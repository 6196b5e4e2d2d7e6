import type { Phase } from '../model.js';
import type { ClientKey, DhcpReply, RequestType } from './dhcp-message.js';

/** A message and its retransmissions, by identity, server and transaction id. */
export interface Transaction {
  /** Over all cases, in the order of first sight. */
  index: number;
  /** Within its case. */
  number: number;
  caseIndex: number;
  type: RequestType;
  family: 4 | 6;
  key: ClientKey;
  client: number;
  attempt: number;
  relayed: boolean;
  /** `192.0.2.1 port 67`; undefined where it went to whoever listens. */
  destination: string | undefined;
  sendings: number;
  answers: number;
}

/** Whether such a message can be answered so. */
export function canAnswer({ type, rapidCommit }: DhcpReply, request: RequestType): boolean {
  switch (type) {
    case 'offer':
      return request === 'discover';
    case 'ack':
    case 'nak':
      return (
        request === 'request' ||
        request === 'renew' ||
        request === 'other' ||
        (rapidCommit && request === 'discover')
      );
    case 'advertise':
      return request === 'solicit';
    case 'reply':
      return request !== 'solicit' || rapidCommit;
  }
}

/** The phase of a transaction, from its message and, with rapid commit, from how it was answered. */
export function phaseOf(
  { type, family }: Pick<Transaction, 'type' | 'family'>,
  committedRapidly: boolean,
): Phase | undefined {
  switch (type) {
    case 'discover':
      return committedRapidly ? 'DISCOVER-ACK' : 'DISCOVER-OFFER';
    case 'solicit':
      return committedRapidly ? 'SOLICIT-REPLY' : 'SOLICIT-ADVERTISE';
    case 'request':
      return family === 4 ? 'REQUEST-ACK' : 'REQUEST-REPLY';
    case 'renew':
      return family === 4 ? 'RENEW-ACK' : 'RENEW-REPLY';
    case 'rebind':
      return 'REBIND-REPLY';
    case 'release':
      return family === 4 ? 'RELEASE' : 'RELEASE-REPLY';
    case 'decline':
      return family === 4 ? 'DECLINE' : 'DECLINE-REPLY';
    case 'other':
      return undefined;
  }
}
