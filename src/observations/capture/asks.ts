import type { Ask } from './ask.js';
import type { Client } from './clients.js';
import type { DhcpRequest } from './dhcp-message.js';
import { endpointText, isForAll } from './endpoints.js';
import type { Datagram } from './udp.js';

/** After that a message under the same id is about something else: no client waits longer for one server's answer. */
const OVER_AFTER_US = 120_000_000;
/** Copies of one sending, at relays and servers, are apart by less. */
export const COPIES_WITHIN_US = 1_000_000;

/** What a request of a capture is: new, sent once more, or a copy of one that was seen on another way. */
export interface Taken {
  ask: Ask;
  is: 'new' | 'again' | 'copy';
}

/**
 * Tells requests from their retransmissions and copies. A message under a known transaction id is a new request if its content
 * differs, if the old one was answered, or if its time is up. The same message under another id, while the old one has no answer,
 * is a retransmission of a client that changes its id.
 */
export class Asks {
  #count = 0;

  /** @param caseOf and @param attemptOf are asked for a new request alone */
  take(
    request: DhcpRequest,
    client: Client,
    datagram: Pick<Datagram, 'source' | 'destination'>,
    atUs: number,
    placeOf: () => { caseIndex: number; attempt: number },
  ): Taken {
    forgetOver(client, atUs);
    const way = wayOf(request, datagram);
    const same = client.asks.filter(
      ({ word, content }) => word === request.word && content === request.content,
    );
    const known = same.findLast(({ xids }) => xids.includes(request.xid));
    if (known !== undefined) {
      const isOtherWay = !known.ways.includes(way);
      if (isOtherWay && atUs - known.lastAtUs <= COPIES_WITHIN_US) return copied(known, way, datagram);
      if (known.answers.length === 0) return again(known, way, datagram, atUs);
    } else {
      const open = same.findLast(({ answers, type }) => answers.length === 0 && type === request.type);
      if (open !== undefined) {
        open.xids.push(request.xid);
        return again(open, way, datagram, atUs);
      }
    }
    const { identity, word, type, family, content, associations, named, server, relayed } = request;
    const ask: Ask = {
      index: this.#count++,
      client,
      ...placeOf(),
      identity,
      type,
      word,
      family,
      xids: [request.xid],
      content,
      associations,
      named,
      server,
      relayed,
      ways: [way],
      destinations: [],
      lastAtUs: atUs,
      sendings: 1,
      answers: [],
    };
    noteDestination(ask, datagram);
    client.asks.push(ask);
    return { ask, is: 'new' };
  }
}

function copied(ask: Ask, way: string, datagram: Pick<Datagram, 'destination'>): Taken {
  ask.ways.push(way);
  noteDestination(ask, datagram);
  return { ask, is: 'copy' };
}

function again(ask: Ask, way: string, datagram: Pick<Datagram, 'destination'>, atUs: number): Taken {
  ask.ways = [way];
  ask.lastAtUs = atUs;
  ask.sendings++;
  noteDestination(ask, datagram);
  return { ask, is: 'again' };
}

function noteDestination(ask: Ask, { destination }: Pick<Datagram, 'destination'>): void {
  if (isForAll(destination.address)) return;
  const text = endpointText(destination);
  if (!ask.destinations.includes(text)) ask.destinations.push(text);
}

function wayOf(
  { relayed, hops }: DhcpRequest,
  { source, destination }: Pick<Datagram, 'source' | 'destination'>,
): string {
  return `${endpointText(source)} ${endpointText(destination)} ${hops} ${relayed ? 'relayed' : ''}`;
}

/** What is over can neither be answered any more nor sent again. */
function forgetOver(client: Client, atUs: number): void {
  if (client.asks.some((ask) => isOver(ask, atUs)))
    client.asks = client.asks.filter((ask) => !isOver(ask, atUs));
}

export function isOver({ lastAtUs }: Ask, atUs: number): boolean {
  return atUs - lastAtUs > OVER_AFTER_US;
}
