import { caseOfLeases, leaseTypesOf, type CaseKind } from '../../protocol/cases.js';
import type { LeaseType } from '../../protocol/leases.js';
import { canAnswer, hasXid, wentTo, type Ask } from './ask.js';
import { added } from './few.js';
import { Asks, COPIES_WITHIN_US, isOver } from './asks.js';
import { Clients, FOR_EVER_S, placeIn, type Client, type Place } from './clients.js';
import {
  hex,
  isAsked,
  isFor,
  isNamed,
  leaseTypeOf,
  type Association,
  type DhcpMessage,
  type DhcpReply,
  type DhcpRequest,
  type Given,
} from './dhcp-message.js';
import { endpointText, isForAll, isServerPort, wayNumber, wayOf } from './endpoints.js';
import { givesNumber, takesAway } from './given.js';
import { isAnsweredFrom, isHandedOn } from './handing-on.js';
import { LatestAsks, nameOf } from './latest-asks.js';
import { Networks } from './networks.js';
import { ServerPlaces } from './server-places.js';
import type { ServerSight } from './sights.js';
import type { Datagram, Endpoint } from './udp.js';
import { WaitingReplies, type Waiting } from './waiting.js';

/** Is told what the datagrams of a capture are. */
export interface Listener {
  sent: (event: SentEvent) => void;
  answer: (event: AnswerEvent) => void;
  /** A message that was captured before, at another place on its way. */
  copied: () => void;
  /** A message that is about no lease, by the field's word for it. */
  passed: (word: string) => void;
  /** An answer to nobody knows whom. */
  nameless: (reply: DhcpReply) => void;
}

export interface SentEvent {
  ask: Ask;
  is: 'new' | 'again' | 'copy';
  source: Endpoint;
  destination: Endpoint;
  atUs: number;
}

export interface AnswerEvent {
  /** What it answers; undefined where nobody asked for it. */
  ask: Ask | undefined;
  /** Whom it is for, as far as that is known. */
  client: Client | undefined;
  /** NO_CASE for an answer to a request that is about no lease. */
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

/** What is about no lease is of no case. */
export const NO_CASE = -1;

/** What is asked for together, and judged together. */
export interface CaptureCase {
  /** Without its network: `dhcp6-ia-na`. */
  kind: CaseKind;
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

/**
 * Puts requests and answers together, in order of time. Keeps what each client has asked of late and a few numbers of each, no
 * message.
 */
export class Correlator {
  readonly cases: CaptureCase[] = [];
  readonly clients: Clients;
  /** Which networks are one, as a relay hands messages on from one to the other. */
  readonly networks = new Networks();
  readonly #listener: Listener;
  readonly #caseNumbers = new Map<string, number>();
  readonly #latest = new LatestAsks();
  readonly #asks = new Asks((ask) => this.#latest.forget(ask));
  readonly #places = new ServerPlaces();
  readonly #givers = new Map<string, NonNullable<Client['givenBy']>>();
  readonly #waiting = new WaitingReplies();

  constructor({ matchClientId }: CorrelationOptions, listener: Listener) {
    this.clients = new Clients(matchClientId);
    this.#listener = listener;
  }

  /** Whether requests have gone there, or answers come from there, so far. */
  readonly isServer = (endpoint: Endpoint): boolean => this.#places.isServer(endpointText(endpoint));

  /** A message, in order of time; tells what it decides of earlier ones before it. */
  take(message: DhcpMessage, datagram: Datagram, atUs: number): void {
    this.#giveUp(atUs - BEFORE_ITS_REQUEST_US);
    if (message.role === 'passed') this.#listener.passed(message.word);
    else if (isOfBootServer(message, datagram) && !commits(message))
      this.#listener.passed(`${wordOf(message)} at a boot server`);
    else if (message.role === 'reply') this.#reply(message, inVpn(datagram, message), atUs);
    else if (isNobodys(message)) this.#listener.passed(`${message.word} of no client`);
    else this.#request(message, inVpn(datagram, message), atUs);
  }

  /** The capture is over. */
  end(): void {
    this.#giveUp(Infinity);
  }

  /** A datagram that can't be read. @returns whether it is an answer of a server that was asked */
  takeMalformed({ family, source, payload }: Datagram, atUs: number): boolean {
    const from = endpointText(source);
    if (!this.#places.isServer(from)) return false;
    const latest = this.#latest.under(family, guessXid(family, payload));
    const ask = latest !== undefined && wentTo(latest, from) ? latest : undefined;
    const caseIndex = ask?.caseIndex ?? this.cases.findIndex((one) => one.family === family);
    if (caseIndex === NO_CASE) return false;
    const one = {
      reply: undefined,
      from: { identifier: undefined, endpoint: source },
      way: wayNumber(source, source),
      atUs,
    };
    this.#answer(ask, ask?.client, caseIndex, 'malformed', one);
    return true;
  }

  #request(request: DhcpRequest, datagram: Datagram, atUs: number): void {
    const { family, identity, xid } = request;
    const { source, destination } = datagram;
    this.#places.asked(request, datagram);
    this.networks.heard(datagram.network);
    // What is handed on is of the network that it was heard in, not of the one between relay and server.
    const latest =
      this.#places.hasRelays || this.networks.areSeveral ? this.#latest.of(family, xid, identity) : undefined;
    const heard =
      latest !== undefined && isHandedOn(latest, request, datagram.network, this.networks, atUs)
        ? latest
        : undefined;
    const network = heard?.client.network ?? datagram.network;
    this.networks.join(network, datagram.network);
    const held = request.named.length === 0 ? '' : hex(request.named[0]?.lease);
    const client = heard?.client ?? this.clients.take(identity, network, held);
    client.heardIn ??= datagram.heardIn;
    if (request.type === 'release' || request.type === 'decline') {
      client.untilS = 0;
      this.#givenBefore(request);
    }
    const type =
      request.type === 'renew' && family === 4 ? renewalType(request, client, destination) : undefined;
    const asked = type === undefined || type === request.type ? request : { ...request, type };
    const { ask, is } = this.#asks.take(asked, client, datagram, atUs, () =>
      this.#placeOf(asked, client, network),
    );
    if (is === 'copy') this.#listener.copied();
    else this.#latest.take(ask);
    this.#listener.sent({ ask, is, source, destination, atUs });
    this.#answeredBefore(ask, atUs);
  }

  #reply(reply: DhcpReply, datagram: Datagram, atUs: number): void {
    const { source, network, heardIn } = datagram;
    const from: ServerSight = { identifier: reply.server, endpoint: source };
    this.#places.answered(reply, datagram);
    const one = { reply, from, way: wayOf(datagram), network, heardIn, atUs };
    const ask = this.#askOf(one, atUs);
    // What gives a lease counts, whatever was asked.
    if (ask === undefined || !isAnswered(ask, reply)) this.#waiting.add(one);
    else this.#answerTo(ask, one, atUs);
  }

  /** The latest request of its client that such an answer can be to; one that names this server before others. */
  #askOf(one: Waiting, atUs: number): Ask | undefined {
    const { reply, network } = one;
    const { identity, family, xid } = reply;
    const client = this.clients.find(identity, network);
    const own = client === undefined ? undefined : askAmong(this.#asks.under(client, xid), reply, atUs);
    if (own !== undefined) return own;
    if (isForWhoAsked(reply)) {
      const whose = this.#latest.under(family, xid)?.client;
      const isHere = whose !== undefined && this.networks.of(whose.network) === this.networks.of(network);
      return isHere ? askAmong(this.#asks.under(whose, xid), reply, atUs) : undefined;
    }
    // A server may leave out the client identifier, and a relay's side of the network may be another one than the server's.
    const other = this.#latest.of(family, xid, identity) ?? this.#latest.under(family, xid);
    if (other === undefined || !isAnsweredBy(other, reply, atUs)) return undefined;
    return isAnsweredFrom(network, other, one, this.networks) ? other : undefined;
  }

  #answerTo(ask: Ask, one: Waiting, atUs: number): void {
    if (isCopy(ask, one)) this.#listener.copied();
    else this.#matched(ask, one, atUs);
  }

  #matched(ask: Ask, one: Waiting, atUs: number): void {
    const { reply, from } = one;
    const isOther = ask.server !== undefined && !this.#places.isBy(ask.server, from, one.network);
    const { client, caseIndex } = ask;
    this.networks.join(client.network, one.network);
    if (reply.type === 'ack' || reply.type === 'bootreply') {
      const [given] = reply.given;
      if (given?.kind === 'lease') {
        noteAddress(client, given, isTimeless(reply), atUs);
        client.givenBy = this.#giverOf(from);
      }
    }
    const its = partOf(reply, (association) => ask.type === 'other' || isAsked(association, ask));
    this.#answer(ask, client, caseIndex, isOther ? 'other-server' : 'matched', { ...one, reply: its, atUs });
    if (ask.link !== 0 && givesLease(its) && !isOffer(its)) client.link = ask.link;
    const others = partOf(reply, (association) => !isAsked(association, ask));
    if (ask.type !== 'other' && givesLease(others)) this.#unasked({ ...one, reply: others, atUs });
  }

  /** The same object for the same server, as there are few of them and many clients. */
  #giverOf({ identifier, endpoint }: ServerSight): NonNullable<Client['givenBy']> {
    const text = endpointText(endpoint);
    const key = `${identifier ?? ''} ${text}`;
    let giver = this.#givers.get(key);
    if (giver === undefined) this.#givers.set(key, (giver = { server: identifier, endpoint: text }));
    return giver;
  }

  /** Replies that came by just before the request that they answer. */
  #answeredBefore(ask: Ask, atUs: number): void {
    for (const one of this.#waiting.under(ask.xid)) {
      if (!isAnswered(ask, one.reply) || this.#askOf(one, atUs) !== ask) continue;
      this.#waiting.remove(one);
      this.#answerTo(ask, one, atUs);
    }
  }

  /** What a client gives back it was given before, whatever it had asked for. */
  #givenBefore(request: DhcpRequest): void {
    for (const one of this.#waiting.for(nameOf(request.identity))) {
      if (one.reply.xid === request.xid && canAnswer(one.reply, request.type)) continue;
      this.#waiting.remove(one);
      this.#astray(one);
    }
  }

  /** Replies whose request did not come: nobody captured it, or they are for somebody else than who asked. */
  #giveUp(untilUs: number): void {
    for (const one of this.#waiting.until(untilUs)) this.#astray(one);
  }

  #astray(one: Waiting): void {
    const { reply, from, atUs } = one;
    const { identity, xid, family, given } = reply;
    if (!givesLease(reply) && !given.some(takesAway)) {
      this.#listener.passed(`${wordOf(reply)} without a lease`);
      return;
    }
    if (!isNamed(identity)) {
      this.#listener.nameless(reply);
      return;
    }
    const asked = this.#latest.under(family, xid);
    const isAskers =
      asked !== undefined &&
      asked.type !== 'other' &&
      asked.answers === undefined &&
      !isOver(asked, atUs) &&
      canAnswer(reply, asked.type) &&
      (asked.destination === undefined || wentTo(asked, endpointText(from.endpoint)));
    if (isAskers) this.#answer(asked, asked.client, asked.caseIndex, 'wrong-client', one);
    // Whoever asked for it, what it gives is given to the client that it names.
    this.#unasked(one);
  }

  #unasked(one: Waiting): void {
    const { network, reply } = one;
    const { identity, family, given } = reply;
    const client = this.clients.take(identity, network);
    client.heardIn ??= one.heardIn;
    const about = given.map(({ association }) => association);
    const caseIndex = this.#caseOf(family, client, about, network);
    this.#placeFor(caseIndex, client);
    if (givesLease(reply) && !isOffer(reply)) this.#asks.granted(client);
    this.#answer(undefined, client, caseIndex, 'unmatched', one);
  }

  #answer(
    ask: Ask | undefined,
    client: Client | undefined,
    caseIndex: number,
    is: AnswerEvent['is'],
    {
      reply,
      from,
      way,
      atUs,
    }: Omit<Waiting, 'reply' | 'network' | 'heardIn'> & { reply: DhcpReply | undefined },
  ): void {
    const server = serverKey(from);
    const before = ask?.answers?.find((one) => one.server === server);
    const answerIndex = before?.count ?? 0;
    // Only what belongs to the request counts as an answer to it.
    if (ask !== undefined && (is === 'matched' || is === 'malformed')) {
      const gives = givesNumber(reply);
      if (is === 'matched') this.#asks.answered(ask);
      if (before === undefined) (ask.answers ??= []).push({ server, count: 1, way, atUs, gives });
      else Object.assign(before, { count: answerIndex + 1, way, atUs, gives });
    }
    this.#listener.answer({ ask, client, caseIndex, from, is, answerIndex, reply, atUs });
  }

  #placeOf(request: DhcpRequest, client: Client, network: string): { caseIndex: number; attempt: number } {
    const { family, associations, type } = request;
    if (type === 'other') return { caseIndex: NO_CASE, attempt: 1 };
    const caseIndex = this.#caseOf(family, client, associations, network);
    const place = this.#placeFor(caseIndex, client);
    if (type === 'discover' || type === 'solicit' || type === 'bootp') place.attempts++;
    return { caseIndex, attempt: Math.max(place.attempts, 1) };
  }

  #placeFor(caseIndex: number, client: Client): Place {
    let place = placeIn(client, caseIndex);
    if (place === undefined) {
      const clients = this.cases[caseIndex]?.clients ?? [];
      place = { caseIndex, client: clients.length, attempts: 0 };
      client.places = added(client.places, place);
      clients.push(client);
    }
    return place;
  }

  /** What is about bindings that a client has already is of their case, also where it is about some of them alone. */
  #caseOf(family: 4 | 6, client: Client, about: readonly Association[], network: string): number {
    const first = about[0] === undefined ? undefined : this.clients.bindingOf(client, about[0])?.caseIndex;
    const isKnown =
      first !== undefined && about.every((one) => this.clients.bindingOf(client, one)?.caseIndex === first);
    if (isKnown) return first;
    const kind = caseOfLeases(family, about.map(leaseTypeOf));
    const key = `${kind} ${network}`;
    let caseIndex = this.#caseNumbers.get(key);
    if (caseIndex === undefined) {
      caseIndex = this.cases.push({ kind, network, family, leaseTypes: leaseTypesOf(kind), clients: [] }) - 1;
      this.#caseNumbers.set(key, caseIndex);
    }
    for (const one of about) this.clients.binding(client, one, caseIndex);
    return caseIndex;
  }
}

/**
 * A REQUEST with ciaddr renews where it goes to the server that gave the lease, and rebinds where it goes to any (RFC 2131
 * section 4.3.2). Where nobody saw who gave it, one that goes from its client to a single server renews.
 */
function renewalType(
  { relayed }: DhcpRequest,
  { givenBy }: Client,
  destination: Endpoint,
): 'renew' | 'rebind' {
  if (isForAll(destination.address)) return 'rebind';
  if (givenBy === undefined) return relayed ? 'rebind' : 'renew';
  const isGiver = givenBy.endpoint === endpointText(destination) || givenBy.server === destination.address;
  return isGiver ? 'renew' : 'rebind';
}

/** Of a client's requests the latest that an answer can be to. */
function askAmong(asks: readonly Ask[], reply: DhcpReply, atUs: number): Ask | undefined {
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

/** The same answer on its other side of a relay, or handed on by another one. */
function isCopy({ answers }: Ask, { reply, from, way, atUs }: Waiting): boolean {
  if (answers === undefined) return false;
  const key = serverKey(from);
  // One that does not say which server it is of is known by nothing else than what it gives.
  const isNameless = from.identifier === undefined;
  return answers.some(
    (before) =>
      (isNameless || before.server === key) &&
      before.way !== way &&
      atUs - before.atUs <= COPIES_WITHIN_US &&
      before.gives === givesNumber(reply),
  );
}

function serverKey({ identifier, endpoint }: ServerSight): string {
  if (identifier === undefined) return endpointText(endpoint);
  return isServerPort(endpoint.port) ? identifier : `${identifier} ${endpoint.port}`;
}

/** Boot servers are asked there (PXE specification 2.1, section 2.2.3). */
const BOOT_SERVER_PORT = 4011;

function isOfBootServer({ family }: DhcpRequest | DhcpReply, { source, destination }: Datagram): boolean {
  return family === 4 && (source.port === BOOT_SERVER_PORT || destination.port === BOOT_SERVER_PORT);
}

/** Whether it gives a lease for good, which no boot server does. */
function commits(message: DhcpRequest | DhcpReply): boolean {
  return (
    message.role === 'reply' &&
    message.type === 'ack' &&
    givesLease(message) &&
    !message.lacks.includes('lease time')
  );
}

/** VPNs have addresses of their own, whatever network a relay and its server speak through. */
function inVpn(datagram: Datagram, { vpn }: DhcpRequest | DhcpReply): Datagram {
  if (vpn === '') return datagram;
  return { ...datagram, network: `${datagram.network} VPN ${vpn}`.trimStart() };
}

/** A request about leases that does not say whose they are. */
function isNobodys(message: DhcpRequest): boolean {
  return message.type !== 'other' && !isNamed(message.identity);
}

/** The field's word for a message. */
function wordOf(message: DhcpRequest | DhcpReply): string {
  return message.role === 'request' ? message.word : message.type.toUpperCase();
}

/** What an answer says of some identity associations. */
function partOf(reply: DhcpReply, isPart: (association: Association) => boolean): DhcpReply {
  return reply.given.every(({ association }) => isPart(association))
    ? reply
    : { ...reply, given: reply.given.filter(({ association }) => isPart(association)) };
}

/** A request that is about no lease is not answered with one; some servers fill in the address that an INFORM came from. */
function isAnswered({ type }: Ask, reply: DhcpReply): boolean {
  return type !== 'other' || !givesLease(reply) || isTimeless(reply);
}

function isTimeless({ lacks }: DhcpReply): boolean {
  return lacks.includes('lease time');
}

/** A client is given an address; where nothing says for how long, what it was told before still holds. */
function noteAddress(
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

function isOffer({ type }: DhcpReply): boolean {
  return type === 'offer' || type === 'advertise';
}

function givesLease({ given }: DhcpReply): boolean {
  return given.some(({ kind }) => kind === 'lease');
}

function isAnsweredBy(ask: Ask, reply: DhcpReply, atUs: number): boolean {
  if (!hasXid(ask, reply.xid) || !canAnswer(reply, ask.type) || isOver(ask, atUs)) return false;
  return isForWhoAsked(reply) || isFor(reply, ask);
}

/** Some servers leave chaddr out of a NAK: then it is for the only client that uses its transaction id. */
function isForWhoAsked({ type, identity }: DhcpReply): boolean {
  return (
    type === 'nak' &&
    identity.family === 4 &&
    identity.clientIdentifier === '' &&
    /^0*$/.test(identity.hardwareAddress)
  );
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
