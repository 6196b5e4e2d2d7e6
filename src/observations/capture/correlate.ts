import type { LeaseType } from '../model.js';
import { canAnswer, type Ask } from './ask.js';
import { Asks, COPIES_WITHIN_US, isOver } from './asks.js';
import { associationText, Clients, type Client } from './clients.js';
import {
  hex,
  isFor,
  leaseTypeOf,
  type Association,
  type DhcpMessage,
  type DhcpReply,
  type DhcpRequest,
} from './dhcp-message.js';
import { endpointText, isForAll, isServerPort } from './endpoints.js';
import type { ServerSight } from './sights.js';
import type { Datagram, Endpoint } from './udp.js';

/** What a datagram of a capture is. */
export type Event =
  | {
      type: 'sent';
      ask: Ask;
      is: 'new' | 'again' | 'copy';
      source: Endpoint;
      destination: Endpoint;
      atUs: number;
    }
  | AnswerEvent
  | { type: 'passed'; word: string };

export interface AnswerEvent {
  type: 'answer';
  /** What it answers; undefined where nobody asked for it. */
  ask: Ask | undefined;
  /** Whom it is for, as far as that is known. */
  client: Client | undefined;
  caseIndex: number;
  from: ServerSight;
  /** `other-server`: of one that the request does not name. */
  is: 'matched' | 'other-server' | 'wrong-client' | 'unmatched' | 'malformed';
  /** 0 for this server's first answer to the request, n for its n-th extra one. */
  answerIndex: number;
  /** Undefined for one that can't be read. */
  reply: DhcpReply | undefined;
  atUs: number;
}

/** What is asked for together, and judged together. */
export interface CaptureCase {
  /** Without its network: `dhcp6-ia-na`. */
  kind: string;
  network: string;
  family: 4 | 6;
  leaseTypes: readonly LeaseType[];
  /** In the order of their numbers. */
  clients: Client[];
}

export interface CorrelationOptions {
  /** False: DHCPv4 clients are told by their hardware address alone. */
  matchClientId: boolean;
}

/** A reply that stands before its request in the capture, as several queues of a network card may write it. */
const BEFORE_ITS_REQUEST_US = 50_000;

interface Waiting {
  reply: DhcpReply;
  from: ServerSight;
  /** From where to where it went. */
  way: string;
  network: string;
  atUs: number;
}

/**
 * Puts requests and answers together, in order of time. Keeps what each client has asked of late and a few numbers of each, no
 * message.
 */
export class Correlator {
  readonly cases: CaptureCase[] = [];
  readonly clients: Clients;
  readonly #asks = new Asks();
  /** The latest request under each id, and null where several clients use it. */
  readonly #latest = new Map<number, Ask | null>();
  /** Where requests have gone to, and answers come from. */
  readonly #servers = new Set<string>();
  #waiting: Waiting[] = [];

  constructor({ matchClientId }: CorrelationOptions) {
    this.clients = new Clients(matchClientId);
  }

  /** Whether requests have gone there, or answers come from there, so far. */
  readonly isServer = (endpoint: Endpoint): boolean => this.#servers.has(endpointText(endpoint));

  /** A message, in order of time; what it decides of earlier ones comes with it. */
  take(message: DhcpMessage, datagram: Datagram, atUs: number): Event[] {
    const before = this.#giveUp(atUs - BEFORE_ITS_REQUEST_US);
    switch (message.role) {
      case 'passed':
        return [...before, { type: 'passed', word: message.word }];
      case 'request':
        return [...before, ...this.#request(message, datagram, atUs)];
      case 'reply':
        return [...before, ...this.#reply(message, datagram, atUs)];
    }
  }

  /** What is left when the capture is over. */
  end(): Event[] {
    return this.#giveUp(Infinity);
  }

  /** A datagram that can't be read; none where it is no answer of a server that was asked. */
  takeMalformed({ family, source, payload }: Datagram, atUs: number): Event[] {
    const from = endpointText(source);
    if (!this.#servers.has(from)) return [];
    const latest = this.#latest.get(keyOf(family, guessXid(family, payload))) ?? undefined;
    const ask = latest?.destinations.includes(from) === true ? latest : undefined;
    const caseIndex = ask?.caseIndex ?? this.cases.findIndex((one) => one.family === family);
    if (caseIndex < 0) return [];
    const sight = { identifier: undefined, endpoint: source };
    const one = { reply: undefined, from: sight, way: from, atUs };
    return [this.#answer(ask, ask?.client, caseIndex, 'malformed', one)];
  }

  #request(request: DhcpRequest, datagram: Datagram, atUs: number): Event[] {
    const { family, identity, xid } = request;
    const { source, destination } = datagram;
    if (!isForAll(destination.address)) this.#servers.add(endpointText(destination));
    // What a relay hands on is of the network that it was heard in, not of the one between relay and server.
    const heard = this.#latest.get(keyOf(family, xid)) ?? undefined;
    const isHandedOn = heard !== undefined && heard.relayed !== request.relayed && isOf(heard, request);
    const network = isHandedOn ? heard.client.network : datagram.network;
    const held = hex(request.named[0]?.lease);
    const client = isHandedOn ? heard.client : this.clients.take(identity, network, held);
    const asked = family === 4 ? { ...request, type: this.#typeOf(request, client, destination) } : request;
    const { ask, is } = this.#asks.take(asked, client, datagram, atUs, () =>
      this.#placeOf(asked, client, network),
    );
    if (is === 'new') {
      const key = keyOf(family, xid);
      const other = this.#latest.get(key);
      this.#latest.set(key, other !== undefined && other?.client !== client ? null : ask);
    } else if (is === 'again' && !this.#latest.has(keyOf(family, xid))) {
      // Under another id than before.
      this.#latest.set(keyOf(family, xid), ask);
    }
    const sent: Event = { type: 'sent', ask, is, source, destination, atUs };
    return [sent, ...this.#answeredBefore(ask, atUs)];
  }

  /**
   * A REQUEST with ciaddr renews where it goes to the server that gave the lease, and rebinds where it goes to any (RFC 2131
   * section 4.3.2). Where nobody saw who gave it, one that goes to a single server renews.
   */
  #typeOf({ type, relayed }: DhcpRequest, { givenBy }: Client, destination: Endpoint): DhcpRequest['type'] {
    if (type !== 'renew') return type;
    if (isForAll(destination.address)) return 'rebind';
    if (givenBy === undefined) return relayed ? 'rebind' : 'renew';
    const isGiver = givenBy.endpoint === endpointText(destination) || givenBy.server === destination.address;
    return isGiver ? 'renew' : 'rebind';
  }

  #reply(reply: DhcpReply, { source, destination, network }: Datagram, atUs: number): Event[] {
    const from: ServerSight = { identifier: reply.server, endpoint: source };
    this.#servers.add(endpointText(source));
    const one = { reply, from, way: `${endpointText(source)} ${endpointText(destination)}`, network, atUs };
    const ask = this.#askOf(reply, network, atUs);
    if (ask === undefined) {
      this.#waiting.push(one);
      return [];
    }
    return isCopy(ask, one) ? [] : [this.#matched(ask, one, atUs)];
  }

  /** The latest request of its client that such an answer can be to; one that names this server before others. */
  #askOf(reply: DhcpReply, network: string, atUs: number): Ask | undefined {
    const { identity, xid, server } = reply;
    const client = this.clients.find(identity, network);
    const others = identity.family === 4 ? this.clients.withHardware(identity.hardwareAddress, network) : [];
    const candidates = (
      client === undefined || others.includes(client) ? others : [client, ...others]
    ).flatMap(({ asks }) => asks.filter((ask) => isAnsweredBy(ask, reply, xid, atUs)));
    const own = client === undefined ? [] : client.asks.filter((ask) => isAnsweredBy(ask, reply, xid, atUs));
    const all = own.length > 0 ? own : candidates;
    const elsewhere = this.#latest.get(keyOf(reply.family, xid)) ?? undefined;
    const isElsewhere = elsewhere !== undefined && isAnsweredBy(elsewhere, reply, xid, atUs);
    return (
      all.findLast((ask) => ask.server !== undefined && ask.server === server) ??
      all.findLast((ask) => ask.server === undefined) ??
      all.at(-1) ??
      // A relay's side of the network may be another one than the server's.
      (isElsewhere ? elsewhere : undefined)
    );
  }

  #matched(ask: Ask, one: Waiting, atUs: number): Event {
    const { reply, from } = one;
    const isOther = ask.server !== undefined && reply.server !== undefined && ask.server !== reply.server;
    const { client, caseIndex } = ask;
    if (reply.type === 'ack' || reply.type === 'bootreply') {
      const [given] = reply.given;
      if (given?.kind === 'lease') {
        client.address = hex(given.lease);
        client.givenBy = { server: reply.server, endpoint: endpointText(from.endpoint) };
      }
    }
    return this.#answer(ask, client, caseIndex, isOther ? 'other-server' : 'matched', { ...one, atUs });
  }

  /** Replies that came by just before the request that they answer. */
  #answeredBefore(ask: Ask, atUs: number): Event[] {
    if (this.#waiting.length === 0) return [];
    const its = this.#waiting.filter(
      ({ reply, network }) => this.#askOf(reply, network, atUs) === ask && ask.answers.length === 0,
    );
    this.#waiting = this.#waiting.filter((one) => !its.includes(one));
    return its.map((one) => this.#matched(ask, one, atUs));
  }

  /** Replies whose request did not come: nobody captured it, or they are for somebody else than who asked. */
  #giveUp(untilUs: number): Event[] {
    if (this.#waiting.length === 0 || (this.#waiting[0]?.atUs ?? 0) > untilUs) return [];
    const over = this.#waiting.filter(({ atUs }) => atUs <= untilUs);
    this.#waiting = this.#waiting.filter(({ atUs }) => atUs > untilUs);
    return over.map((one) => this.#astray(one));
  }

  #astray(one: Waiting): Event {
    const { reply, from, network, atUs } = one;
    const { identity, xid, family, given } = reply;
    if (reply.type === 'ack' && given.every(({ kind }) => kind !== 'lease'))
      return { type: 'passed', word: 'ACK without a lease' };
    const asked = this.#latest.get(keyOf(family, xid)) ?? undefined;
    const endpoint = endpointText(from.endpoint);
    const isAskers =
      asked !== undefined &&
      asked.answers.length === 0 &&
      !isOver(asked, atUs) &&
      canAnswer(reply, asked.type) &&
      (asked.destinations.length === 0 || asked.destinations.includes(endpoint));
    if (isAskers) return this.#answer(asked, asked.client, asked.caseIndex, 'wrong-client', one);
    const client = this.clients.take(identity, network);
    const about = given.map(({ association }) => association);
    const caseIndex = this.#caseOf(family, client, about, network);
    this.#numberIn(caseIndex, client);
    return this.#answer(undefined, client, caseIndex, 'unmatched', one);
  }

  #answer(
    ask: Ask | undefined,
    client: Client | undefined,
    caseIndex: number,
    is: AnswerEvent['is'],
    { reply, from, way, atUs }: Omit<Waiting, 'reply' | 'network'> & { reply: DhcpReply | undefined },
  ): AnswerEvent {
    const server = serverKey(from);
    const before = ask?.answers.find((one) => one.server === server);
    const answerIndex = before?.count ?? 0;
    // Only what belongs to the request counts as an answer to it.
    if (ask !== undefined && (is === 'matched' || is === 'malformed')) {
      const latest = { way, atUs, gives: givesText(reply) };
      if (before === undefined) ask.answers.push({ server, count: 1, ...latest });
      else Object.assign(before, { count: answerIndex + 1, ...latest });
    }
    return { type: 'answer', ask, client, caseIndex, from, is, answerIndex, reply, atUs };
  }

  #placeOf(request: DhcpRequest, client: Client, network: string): { caseIndex: number; attempt: number } {
    const { family, associations, type } = request;
    const caseIndex = this.#caseOf(family, client, associations, network);
    const place = this.#numberIn(caseIndex, client);
    if (type === 'discover' || type === 'solicit' || type === 'bootp') place.attempts++;
    return { caseIndex, attempt: Math.max(place.attempts, 1) };
  }

  #numberIn(caseIndex: number, client: Client): { client: number; attempts: number } {
    let place = client.places.get(caseIndex);
    if (place === undefined) {
      const clients = this.cases[caseIndex]?.clients ?? [];
      client.places.set(caseIndex, (place = { client: clients.length, attempts: 0 }));
      clients.push(client);
    }
    return place;
  }

  /** What is about bindings that a client has already is of their case, also where it is about some of them alone. */
  #caseOf(family: 4 | 6, client: Client, about: readonly Association[], network: string): number {
    const texts = about.map(associationText);
    const known = texts.map((text) => client.caseOf.get(text));
    const [first] = known;
    if (first !== undefined && known.every((one) => one === first)) return first;
    const types = [...new Set(about.map(leaseTypeOf))].sort();
    const kind = caseKind(family, types);
    let caseIndex = this.cases.findIndex((one) => one.kind === kind && one.network === network);
    if (caseIndex < 0) {
      caseIndex = this.cases.length;
      this.cases.push({ kind, network, family, leaseTypes: types, clients: [] });
    }
    for (const text of texts) if (!client.caseOf.has(text)) client.caseOf.set(text, caseIndex);
    return caseIndex;
  }
}

/** The same answer on its other side of a relay, or handed on by another one. */
function isCopy({ answers }: Ask, { reply, from, way, atUs }: Waiting): boolean {
  const before = answers.find(({ server }) => server === serverKey(from));
  return (
    before !== undefined &&
    before.way !== way &&
    atUs - before.atUs <= COPIES_WITHIN_US &&
    before.gives === givesText(reply)
  );
}

function serverKey({ identifier, endpoint }: ServerSight): string {
  if (identifier === undefined) return endpointText(endpoint);
  return isServerPort(endpoint.port) ? identifier : `${identifier} ${endpoint.port}`;
}

function givesText(reply: DhcpReply | undefined): string {
  if (reply === undefined) return '';
  return reply.given.map(({ kind, lease, statusCode }) => `${kind} ${statusCode} ${hex(lease)}`).join(' ');
}

function isAnsweredBy(ask: Ask, reply: DhcpReply, xid: number, atUs: number): boolean {
  return ask.xids.includes(xid) && canAnswer(reply, ask.type) && !isOver(ask, atUs) && isFor(reply, ask);
}

/** Whether a request is the same message, of the same client, on another side of a relay. */
function isOf({ client, content, word }: Ask, request: DhcpRequest): boolean {
  const { identity } = request;
  const isClient =
    identity.family === 4 && client.identity.family === 4
      ? identity.hardwareAddress === client.identity.hardwareAddress
      : identity.family === 6 && client.identity.family === 6 && identity.duid === client.identity.duid;
  return isClient && content === request.content && word === request.word;
}

function caseKind(family: 4 | 6, leaseTypes: readonly LeaseType[]): string {
  if (family === 4) return 'dhcp4';
  const prefix = leaseTypes.includes('prefix');
  const address = leaseTypes.includes('address') || !prefix;
  return ['dhcp6', 'ia', ...(address ? ['na'] : []), ...(prefix ? ['pd'] : [])].join('-');
}

function keyOf(family: 4 | 6, xid: number): number {
  return family === 4 ? xid : xid + 2 ** 32;
}

/** The transaction id that a datagram which can't be read seems to have; behind a relay's header, inside option 9. */
function guessXid(family: 4 | 6, payload: Buffer): number {
  if (family === 4) return payload.length < 8 ? -1 : payload.readUInt32BE(4);
  if ((payload[0] ?? 0) < 12) return payload.length < 4 ? -1 : payload.readUIntBE(1, 3);
  for (let at = 34; at + 8 <= payload.length; at += 4 + payload.readUInt16BE(at + 2)) {
    if (payload.readUInt16BE(at) === 9) return payload.readUInt32BE(at + 4) & 0xff_ffff;
  }
  return -1;
}
