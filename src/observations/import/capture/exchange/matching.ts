import type { Endpoint } from '../file/udp.js';
import { hex, isFor, type DhcpReply, type DhcpRequest, type Given } from '../message/dhcp-message.js';
import { givesLease, isForWhoAsked, isTimeless } from '../message/message-traits.js';
import { endpointText, isForAll, isServerPort } from '../network/endpoints.js';
import type { ServerSight } from '../network/sights.js';
import { canAnswer, hasXid } from './ask.js';
import { COPIES_WITHIN_US, isOver } from './asks.js';
import type { Ask, Client } from './client.js';
import { FOR_EVER_S } from './clients.js';
import { givesNumber } from './given.js';
import type { Waiting } from './waiting.js';

/**
 * Whether a DHCPv4 REQUEST with ciaddr renews or rebinds. It renews if it goes to the server that gave the lease, and
 * rebinds if it is broadcast or goes to another server (RFC 2131 section 4.3.2). If it is unknown who gave the lease,
 * a unicast REQUEST renews if it comes straight from its client, and rebinds if it was relayed.
 */
export function renewalType(
  { relayed }: DhcpRequest,
  { givenBy }: Client,
  destination: Endpoint,
): 'renew' | 'rebind' {
  if (isForAll(destination.address)) return 'rebind';
  if (givenBy === undefined) return relayed ? 'rebind' : 'renew';
  const isGiver = givenBy.endpoint === endpointText(destination) || givenBy.server === destination.address;
  return isGiver ? 'renew' : 'rebind';
}

/**
 * The request of a client that a reply answers: the latest that names the reply's server, else the latest that
 * names no server, else the latest that fits.
 */
export function askAmong(asks: readonly Ask[], reply: DhcpReply, atUs: number): Ask | undefined {
  let any: Ask | undefined;
  let unnamed: Ask | undefined;
  for (let i = asks.length - 1; i >= 0; i--) {
    const ask = asks[i];
    if (ask === undefined || !isAnsweredBy(ask, reply, atUs)) continue;
    if (ask.server !== undefined && ask.server === reply.server) return ask;
    if (ask.server === undefined) unnamed ??= ask;
    any ??= ask;
  }
  return unnamed ?? any;
}

/** Whether a reply is a copy of a known answer, on the other side of a relay or handed on by another relay. */
export function isCopy({ answers }: Ask, { reply, from, way, atUs }: Waiting): boolean {
  if (answers === undefined) return false;
  const key = serverKey(from);
  // A reply without a server identifier is recognised only by what it gives.
  const isNameless = from.identifier === undefined;
  return answers.some(
    (before) =>
      (isNameless || before.server === key) &&
      before.way !== way &&
      atUs - before.atUs <= COPIES_WITHIN_US &&
      before.gives === givesNumber(reply),
  );
}

export function serverKey({ identifier, endpoint }: ServerSight): string {
  if (identifier === undefined) return endpointText(endpoint);
  return isServerPort(endpoint.port) ? identifier : `${identifier} ${endpoint.port}`;
}

/**
 * Whether a reply can answer a request. A request about no lease is not answered with a lease. But some servers fill
 * in the address that an INFORM came from, without a lease time: that is an answer to it.
 */
export function isAnswered({ type }: Ask, reply: DhcpReply): boolean {
  return type !== 'other' || !givesLease(reply) || isTimeless(reply);
}

export function isAnsweredBy(ask: Ask, reply: DhcpReply, atUs: number): boolean {
  if (!hasXid(ask, reply.xid) || !canAnswer(reply, ask.type) || isOver(ask, atUs)) return false;
  return isForWhoAsked(reply) || isFor(reply, ask);
}

/**
 * Notes the address that a client is given. If the answer has no lease time and the address is the same as before,
 * the end that the client was told before still holds.
 */
export function noteAddress(
  client: Client,
  { lease, validLifetime }: Given,
  isTimeless: boolean,
  atUs: number,
): void {
  const address = hex(lease);
  if (!isTimeless) client.untilS = Math.min(Math.floor(atUs / 1e6) + validLifetime, FOR_EVER_S);
  else if (client.address !== address) client.untilS = 0;
  client.address = address;
}
