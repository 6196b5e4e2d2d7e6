import type { Ask, Client } from './client.js';
import type { DhcpReply } from '../message/dhcp-message.js';
import type { ServerSight } from '../network/sights.js';

export interface AnswerEvent {
  /** The request that it answers; undefined if there is none. */
  ask: Ask | undefined;
  /** The client that it is for; undefined if unknown. */
  client: Client | undefined;
  /** NO_CASE for an answer to a request that is about no lease. */
  caseIndex: number;
  from: ServerSight;
  /** `other-server`: the request names another server than the one that answers. */
  is: 'matched' | 'other-server' | 'wrong-client' | 'unmatched' | 'malformed';
  /** 0 for this server's first answer to the request, n for its n-th extra one. */
  answerIndex: number;
  /** Undefined if the answer can't be read. */
  reply: DhcpReply | undefined;
  atUs: number;
}
