import type { Ask } from './ask.js';
import { COPIES_WITHIN_US, isOver } from './asks.js';
import type { DhcpRequest } from './dhcp-message.js';
import { givesNumber } from './given.js';
import type { Networks } from './networks.js';
import type { Waiting } from './waiting.js';

/*
 * Relays and access nodes hand messages on from one network to another, within a moment. Clients that move, and clients that use
 * one transaction id again and again, are heard in two networks as well; these stay apart.
 */

/** Whether a message is one that was heard before, on another side of a relay or access node. */
export function isHandedOn(
  heard: Ask,
  request: DhcpRequest,
  network: string,
  networks: Networks,
  atUs: number,
): boolean {
  if (!isSameMessage(heard, request) || isOver(heard, atUs)) return false;
  const home = heard.client.network;
  if (home !== network && isSoonAfter(heard.lastAtUs, atUs)) return true;
  return heard.relayed !== request.relayed && networks.areOne(home, network);
}

/** Whether an answer in a network can be to a request of another one. */
export function isAnsweredFrom(
  network: string,
  ask: Ask,
  { reply, atUs }: Pick<Waiting, 'reply' | 'atUs'>,
  networks: Networks,
): boolean {
  if (ask.answers === undefined || networks.areOne(ask.client.network, network)) return true;
  // It was answered at home: only the same answer, handed on, is one more.
  return ask.answers.some((before) => before.gives === givesNumber(reply) && isSoonAfter(before.atUs, atUs));
}

function isSoonAfter(beforeUs: number, atUs: number): boolean {
  return Math.abs(atUs - beforeUs) <= COPIES_WITHIN_US;
}

/** By the same client, with the same content. */
export function isSameMessage({ client, content, word }: Ask, request: DhcpRequest): boolean {
  const { identity } = request;
  const isClient =
    identity.family === 4 && client.identity.family === 4
      ? identity.hardwareAddress === client.identity.hardwareAddress
      : identity.family === 6 && client.identity.family === 6 && identity.duid === client.identity.duid;
  return isClient && content === request.content && word === request.word;
}
