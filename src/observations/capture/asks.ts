import { hasXid, wentTo, type Ask } from './ask.js';
import { AsksOfClients } from './asks-of-client.js';
import type { Client } from './clients.js';
import type { DhcpRequest, Identity } from './dhcp-message.js';
import { endpointText, isForAll, wayOf, type Way } from './endpoints.js';

/** So long after a request was first sent its time is up: no client waits longer for one server's answer. */
const OVER_AFTER_US = 120_000_000;
/** What was answered is kept for further answers alone; where very many come in a moment, for a shorter time. */
const ANSWERED_OVER_AFTER_US = { few: 10_000_000, many: 2_000_000 };
const MANY = 50_000;
/** Copies of one message, at relays and servers, are apart by less. */
export const COPIES_WITHIN_US = 1_000_000;

/** What a request of a capture is: new, sent once more, or a copy of one that was seen on another way. */
export interface Taken {
  ask: Ask;
  is: 'new' | 'again' | 'copy';
}

/**
 * Tells requests from their retransmissions and copies. A message under a known transaction id is a new request if its content
 * differs, if the old one was answered, if its client has moved on since, or if its time is up. The same message under another id,
 * while the old one has no answer, is a retransmission of a client that changes its id.
 *
 * A client moves on when it is answered what it asked later, is granted something, or gives something back: what it asks then, it
 * asks anew, in the same words or not.
 */
export class Asks {
  #count = 0;
  /** Those that are kept; looked at in turn. */
  #kept: Ask[] = [];
  #next = 0;
  readonly #ofClients = new AsksOfClients();
  readonly #onOver: (ask: Ask) => void;

  /** @param onOver is told of a request that can neither be answered any more nor sent again */
  constructor(onOver: (ask: Ask) => void) {
    this.#onOver = onOver;
  }

  /** @param placeOf is asked for a new request alone */
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
      // In DHCPv6 several exchanges of a client may be under way at once, each under its own id.
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

  /** Its client has an answer. */
  answered({ client, type, index }: Ask): void {
    if (type !== 'other') movesOn(client, index);
  }

  /** A client was granted something that it asked for in whatever message. */
  granted(client: Client): void {
    movesOn(client, this.#count);
  }

  /** What a client has asked of late that may have this transaction id, the latest last. */
  under(client: Client, xid: number): readonly Ask[] {
    return this.#ofClients.under(client, xid);
  }

  /** Looks at a few for each that comes, so that none costs more than another. */
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

/** The client's own object, where the message says the same: there may be very many. */
function sharedIdentity({ identity: known }: Client, { identity }: DhcpRequest): Identity {
  const isSame =
    identity.family === 4
      ? known.family === 4 &&
        known.hardwareAddress === identity.hardwareAddress &&
        known.clientIdentifier === identity.clientIdentifier
      : known.family === 6 && known.duid === identity.duid;
  return isSame ? known : identity;
}

/** A RENEW may be broadcast as it was, as a REBIND; a relay's copy of it may look like either. */
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
