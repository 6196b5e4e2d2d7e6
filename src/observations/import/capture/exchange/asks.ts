import type { Ask, Client } from './client.js';
import { hasXid, wentTo } from './ask.js';
import { AsksOfClients } from './asks-of-client.js';
import type { DhcpRequest, Identity } from '../message/dhcp-message.js';
import { endpointText, isForAll, wayOf, type Way } from '../network/endpoints.js';

/** A request's time is up so long after it was first sent. No client waits longer for an answer. */
const OVER_AFTER_US = 120_000_000;
/** How long an answered request is kept, for further answers to it: a shorter time if very many requests are kept. */
const ANSWERED_OVER_AFTER_US = { few: 10_000_000, many: 2_000_000 };
const MANY = 50_000;
/** Copies of one message, captured at relays and servers, are less than this apart. */
export const COPIES_WITHIN_US = 1_000_000;

/**
 * A captured request, and whether it is new, a retransmission (`again`) or a copy. A copy is a message that was
 * already captured on another way, such as the other side of a relay.
 */
export interface Taken {
  ask: Ask;
  is: 'new' | 'again' | 'copy';
}

/**
 * Tells new requests from retransmissions and copies. A message under a known transaction id is a new request if its
 * content differs, if the old request was answered, if the client has moved on since, or if the time of the old
 * request is up. The same message under another id is a retransmission if the old request has no answer: some clients
 * change the id.
 *
 * A client moves on when a later request of it is answered, when it is granted something, or when it gives something
 * back. Its next message is then a new request, whether its content is the same or not.
 */
export class Asks {
  #count = 0;
  /** All requests that are kept. `#forgetSome` looks at them in turn. */
  #kept: Ask[] = [];
  #next = 0;
  readonly #ofClients = new AsksOfClients();
  readonly #onOver: (ask: Ask) => void;

  /** @param onOver is called with a request that can no longer be answered or sent again */
  constructor(onOver: (ask: Ask) => void) {
    this.#onOver = onOver;
  }

  /**
   * Decides whether a request is new, a retransmission or a copy.
   *
   * @param placeOf gives the case and the attempt of a request; called only if it is new
   */
  take(
    request: DhcpRequest,
    client: Client,
    datagram: Way,
    atUs: number,
    placeOf: () => { caseIndex: number; attempt: number },
  ): Taken {
    this.#forgetSome(atUs);
    const way = wayOf(datagram, 2 * request.hops + (request.relayed ? 1 : 0));
    const known = this.#ofClients
      .under(client, request.xid)
      .findLast((ask) => isSame(ask, request) && hasXid(ask, request.xid) && !isOver(ask, atUs));
    if (known !== undefined) {
      if (known.link === 0) known.link = request.link;
      if (!cameBy(known, way) && atUs - known.lastAtUs <= COPIES_WITHIN_US)
        return copied(known, way, datagram);
      // In DHCPv6, several exchanges of a client may be under way at once, each under its own transaction id.
      const isOpen = known.answers === undefined && (request.family === 6 || !hasMovedOn(client, known));
      if (isOpen) return again(known, way, datagram, atUs);
    } else {
      const open = this.#ofClients.like(client, request.word, request.content);
      const isOpen = open?.answers === undefined && open?.type === request.type && !isOver(open, atUs);
      if (isOpen && !hasMovedOn(client, open)) {
        this.#ofClients.renamed(client, open, request.xid);
        return again(open, way, datagram, atUs);
      }
    }
    const { caseIndex, attempt } = placeOf();
    const ask: Ask = {
      index: this.#count++,
      client,
      caseIndex,
      identity: sharedIdentity(client, request),
      type: request.type,
      word: request.word,
      family: request.family,
      xid: request.xid,
      otherXids: undefined,
      content: request.content,
      associations: request.associations,
      named: request.named,
      server: request.server,
      relayed: request.relayed,
      link: request.link,
      attempt,
      way,
      otherWays: undefined,
      destination: undefined,
      otherDestinations: undefined,
      firstAtUs: atUs,
      lastAtUs: atUs,
      sendings: 1,
      answers: undefined,
    };
    noteDestination(ask, datagram);
    this.#ofClients.add(client, ask);
    this.#kept.push(ask);
    if (ask.type === 'release' || ask.type === 'decline') movesOn(client, ask.index);
    return { ask, is: 'new' };
  }

  /** Notes that a request was answered. */
  answered({ client, type, index }: Ask): void {
    if (type !== 'other') movesOn(client, index);
  }

  /** Notes that a client was granted a lease, in answer to whatever message. */
  granted(client: Client): void {
    movesOn(client, this.#count);
  }

  /** The recent requests of a client that may have this transaction id, the latest last. */
  under(client: Client, xid: number): readonly Ask[] {
    return this.#ofClients.under(client, xid);
  }

  /**
   * Forgets requests that are over. It looks at a few for each message, so that no message takes much longer than
   * another.
   */
  #forgetSome(atUs: number): void {
    for (let looks = 0; looks < 3 && this.#kept.length > 0; looks++) {
      if (this.#next >= this.#kept.length) this.#next = 0;
      const ask = this.#kept[this.#next];
      if (ask === undefined || !this.#isForgotten(ask, atUs)) {
        this.#next++;
        continue;
      }
      const last = this.#kept.pop();
      if (last !== undefined && last !== ask) this.#kept[this.#next] = last;
      this.#ofClients.remove(ask.client, ask);
      this.#onOver(ask);
    }
  }

  #isForgotten(ask: Ask, atUs: number): boolean {
    if (ask.answers === undefined) return isOver(ask, atUs);
    const { few, many } = ANSWERED_OVER_AFTER_US;
    return atUs - ask.lastAtUs > (this.#kept.length > MANY ? many : few);
  }
}

function movesOn(client: Client, to: number): void {
  client.movedOn = Math.max(client.movedOn, to);
}

function hasMovedOn({ movedOn }: Client, { index }: Ask): boolean {
  return index < movedOn;
}

/**
 * The client's own identity object, if the message has the same identity. That saves memory, as there may be very
 * many requests.
 */
function sharedIdentity({ identity: known }: Client, { identity }: DhcpRequest): Identity {
  const isSame =
    identity.family === 4
      ? known.family === 4 &&
        known.hardwareAddress === identity.hardwareAddress &&
        known.clientIdentifier === identity.clientIdentifier
      : known.family === 6 && known.duid === identity.duid;
  return isSame ? known : identity;
}

/**
 * Whether a message is the same as a known request. A DHCPv4 client may broadcast the very REQUEST that it sent as a
 * renewal before: then it is a rebinding, and another request. A relay's copy may look like either of them, so types
 * are not compared if only one of the two messages was relayed.
 */
function isSame(ask: Ask, { word, content, type, relayed }: DhcpRequest): boolean {
  return ask.word === word && ask.content === content && (ask.type === type || ask.relayed !== relayed);
}

function cameBy({ way, otherWays }: Ask, other: number): boolean {
  return way === other || (otherWays !== undefined && otherWays.includes(other));
}

function copied(ask: Ask, way: number, datagram: Way): Taken {
  (ask.otherWays ??= []).push(way);
  noteDestination(ask, datagram);
  return { ask, is: 'copy' };
}

function again(ask: Ask, way: number, datagram: Way, atUs: number): Taken {
  ask.way = way;
  ask.otherWays = undefined;
  ask.lastAtUs = atUs;
  ask.sendings++;
  noteDestination(ask, datagram);
  return { ask, is: 'again' };
}

function noteDestination(ask: Ask, { destination }: Way): void {
  if (isForAll(destination.address)) return;
  const text = endpointText(destination);
  if (ask.destination === undefined) ask.destination = text;
  else if (!wentTo(ask, text)) (ask.otherDestinations ??= []).push(text);
}

export function isOver({ firstAtUs }: Ask, atUs: number): boolean {
  return atUs - firstAtUs > OVER_AFTER_US;
}
