import type { Ask } from './client.js';
import { type Phase, phaseOfAnswer, phaseOfRequest } from '../../../../protocol/phases.js';
import type { DhcpReply, RequestType } from '../message/dhcp-message.js';

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
