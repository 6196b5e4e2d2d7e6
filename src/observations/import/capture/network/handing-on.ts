import type { Ask } from '../exchange/client.js';
import { COPIES_WITHIN_US, isOver } from '../exchange/asks.js';
import type { DhcpRequest } from '../message/dhcp-message.js';
import { givesNumber } from '../exchange/given.js';
import type { Networks } from './networks.js';
import type { Waiting } from '../exchange/waiting.js';

/*
 * Relays and access nodes hand messages on from one network to another, within a moment. A client that moves is heard
 * in two networks as well, and so is a client that uses one transaction id again and again. Their messages were not
 * handed on, and their networks stay apart.
 */

/** Whether a message is a request that was heard before, on another side of a relay or access node. */
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

/** Whether an answer in one network can be an answer to a request of another network. */
export function isAnsweredFrom(
  network: string,
  ask: Ask,
  { reply, atUs }: Pick<Waiting, 'reply' | 'atUs'>,
  networks: Networks,
): boolean {
  if (ask.answers === undefined || networks.areOne(ask.client.network, network)) return true;
  // The request was answered in its own network. Only the same answer, handed on, can be another one to it.
  return ask.answers.some((before) => before.gives === givesNumber(reply) && isSoonAfter(before.atUs, atUs));
}

function isSoonAfter(beforeUs: number, atUs: number): boolean {
  return Math.abs(atUs - beforeUs) <= COPIES_WITHIN_US;
}

/** Whether a message is of the same client as a request, and of the same type and content. */
export function isSameMessage({ client, content, word }: Ask, request: DhcpRequest): boolean {
  const { identity } = request;
  const isClient =
    identity.family === 4 && client.identity.family === 4
      ? identity.hardwareAddress === client.identity.hardwareAddress
      : identity.family === 6 && client.identity.family === 6 && identity.duid === client.identity.duid;
  return isClient && content === request.content && word === request.word;
}
