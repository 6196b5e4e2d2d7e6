import type { CaptureCase } from '../capture-case.js';
import type { AnswerEvent } from './answer-event.js';
import { caseOfLeases, leaseTypesOf } from '../../../../protocol/cases.js';
import type { Ask, Client, Place } from './client.js';
import { canAnswer, hasXid, wentTo } from './ask.js';
import { added } from '../message/few.js';
import { Asks, COPIES_WITHIN_US, isOver } from './asks.js';
import { Clients, FOR_EVER_S, placeIn } from './clients.js';
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
} from '../message/dhcp-message.js';
import { endpointText, isForAll, isServerPort, wayNumber, wayOf } from '../network/endpoints.js';
import { givesNumber, takesAway } from './given.js';
import { isAnsweredFrom, isHandedOn } from '../network/handing-on.js';
import { LatestAsks, nameOf } from './latest-asks.js';
import { Networks } from '../network/networks.js';
import { ServerPlaces } from '../network/server-places.js';
import type { ServerSight } from '../network/sights.js';
import type { Datagram, Endpoint } from '../file/udp.js';
import { WaitingReplies, type Waiting } from './waiting.js';

/** Is called with each message of a capture, once it is known what the message is. */
export interface Listener {
  sent: (event: SentEvent) => void;
  answer: (event: AnswerEvent) => void;
  /** A message that was already captured at another place on its way. */
  copied: () => void;
  /** A message about no lease. `word` is its usual name, such as `INFORM`. */
  passed: (word: string) => void;
  /** An answer that gives or takes a lease, but does not tell its client. */
  nameless: (reply: DhcpReply) => void;
}

export interface SentEvent {
  ask: Ask;
  is: 'new' | 'again' | 'copy';
  source: Endpoint;
  destination: Endpoint;
  atUs: number;
}

/** The case index of requests and answers about no lease. */
export const NO_CASE = -1;

export interface CorrelationOptions {
  /** False: DHCPv4 clients are told apart by their hardware address alone. */
  matchClientId: boolean;
}

/**
 * A reply may stand in the capture before its request, by this time at most: a network card with several queues may
 * write them in the wrong order.
 */
const BEFORE_ITS_REQUEST_US = 50_000;

/**
 * Matches requests and answers, in order of time. It keeps the recent requests of each client and a few numbers for
 * each client, but no messages.
 */
export class Correlator {
  readonly cases: CaptureCase[] = [];
  readonly clients: Clients;
  /** Which networks count as one, because a relay hands messages on from one to the other. */
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

  /** Whether a request has gone to an endpoint, or an answer has come from it, so far. */
  readonly isServer = (endpoint: Endpoint): boolean => this.#places.isServer(endpointText(endpoint));

  /**
   * Takes the next message in order of time. First it reports the earlier replies that have waited too long for a
   * request.
   */
  take(message: DhcpMessage, datagram: Datagram, atUs: number): void {
    this.#giveUp(atUs - BEFORE_ITS_REQUEST_US);
    if (message.role === 'passed') this.#listener.passed(message.word);
    else if (isOfBootServer(message, datagram) && !commits(message))
      this.#listener.passed(`${wordOf(message)} to or from a boot server`);
    else if (message.role === 'reply') this.#reply(message, inVpn(datagram, message), atUs);
    else if (isNobodys(message)) this.#listener.passed(`${message.word} that names no client`);
    else this.#request(message, inVpn(datagram, message), atUs);
  }

  /** Ends the capture. Reports all replies that still wait for a request. */
  end(): void {
    this.#giveUp(Infinity);
  }

  /**
   * Takes a datagram that can't be read.
   *
   * @returns whether it counts as an answer, because it comes from a known server
   */
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
    // A relayed message belongs to the network where it was first heard, not to the one between relay and server.
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
    // A lease counts even in the answer to a request about no lease: then it is a lease that nobody asked for.
    if (ask === undefined || !isAnswered(ask, reply)) this.#waiting.add(one);
    else this.#answerTo(ask, one, atUs);
  }

  /**
   * The request that a reply answers: the latest of its client that fits. Requests that name this server come first.
   */
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
    // A server may leave out the client identifier, and the clients of a relay may be in another network than the
    // server.
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

  /** One object for each server, which all its clients share: there are few servers and many clients. */
  #giverOf({ identifier, endpoint }: ServerSight): NonNullable<Client['givenBy']> {
    const text = endpointText(endpoint);
    const key = `${identifier ?? ''} ${text}`;
    let giver = this.#givers.get(key);
    if (giver === undefined) this.#givers.set(key, (giver = { server: identifier, endpoint: text }));
    return giver;
  }

  /** Matches the replies that were captured just before the request that they answer. */
  #answeredBefore(ask: Ask, atUs: number): void {
    for (const one of this.#waiting.under(ask.xid)) {
      if (!isAnswered(ask, one.reply) || this.#askOf(one, atUs) !== ask) continue;
      this.#waiting.remove(one);
      this.#answerTo(ask, one, atUs);
    }
  }

  /**
   * Reports the replies that wait for another request of this client. The client gives leases back now, so it was
   * given these before.
   */
  #givenBefore(request: DhcpRequest): void {
    for (const one of this.#waiting.for(nameOf(request.identity))) {
      if (one.reply.xid === request.xid && canAnswer(one.reply, request.type)) continue;
      this.#waiting.remove(one);
      this.#astray(one);
    }
  }

  /**
   * Reports the replies whose request did not come in time. Either nobody captured it, or the reply is for another
   * client than the one that asked.
   */
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
    // The lease is given to the client that the reply names, whoever asked for it.
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
    // An answer for another client, or by a server that the request does not name, does not count as an answer to it.
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

  /**
   * The case of a message about these bindings. If the client has all of them and they are of one case, it is that
   * case, even if the message is about only some of the client's bindings.
   */
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
 * Whether a DHCPv4 REQUEST with ciaddr renews or rebinds. It renews if it goes to the server that gave the lease, and
 * rebinds if it is broadcast or goes to another server (RFC 2131 section 4.3.2). If it is unknown who gave the lease,
 * a unicast REQUEST renews if it comes straight from its client, and rebinds if it was relayed.
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

/**
 * The one of a client's requests that a reply answers: the latest that names the reply's server, else the latest that
 * names no server, else the latest that fits.
 */
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

/** Whether a reply is a copy of a known answer, on the other side of a relay or handed on by another relay. */
function isCopy({ answers }: Ask, { reply, from, way, atUs }: Waiting): boolean {
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

function serverKey({ identifier, endpoint }: ServerSight): string {
  if (identifier === undefined) return endpointText(endpoint);
  return isServerPort(endpoint.port) ? identifier : `${identifier} ${endpoint.port}`;
}

/** The port on which boot servers are asked (PXE specification 2.1, section 2.2.3). */
const BOOT_SERVER_PORT = 4011;

function isOfBootServer({ family }: DhcpRequest | DhcpReply, { source, destination }: Datagram): boolean {
  return family === 4 && (source.port === BOOT_SERVER_PORT || destination.port === BOOT_SERVER_PORT);
}

/** Whether a message is an ACK that gives a lease with a lease time. A boot server never sends that. */
function commits(message: DhcpRequest | DhcpReply): boolean {
  return (
    message.role === 'reply' &&
    message.type === 'ack' &&
    givesLease(message) &&
    !message.lacks.includes('lease time')
  );
}

/**
 * The datagram in the network of its VPN. Each VPN has addresses of its own, whatever network its relay and server
 * use.
 */
function inVpn(datagram: Datagram, { vpn }: DhcpRequest | DhcpReply): Datagram {
  if (vpn === '') return datagram;
  return { ...datagram, network: `${datagram.network} VPN ${vpn}`.trimStart() };
}

/** Whether a request about leases does not name its client. */
function isNobodys(message: DhcpRequest): boolean {
  return message.type !== 'other' && !isNamed(message.identity);
}

/** The usual name of a message, such as `DISCOVER`. */
function wordOf(message: DhcpRequest | DhcpReply): string {
  return message.role === 'request' ? message.word : message.type.toUpperCase();
}

/** The part of a reply that is about some identity associations. */
function partOf(reply: DhcpReply, isPart: (association: Association) => boolean): DhcpReply {
  return reply.given.every(({ association }) => isPart(association))
    ? reply
    : { ...reply, given: reply.given.filter(({ association }) => isPart(association)) };
}

/**
 * Whether a reply can answer a request. A request about no lease is not answered with a lease. But some servers fill
 * in the address that an INFORM came from, without a lease time: that is an answer to it.
 */
function isAnswered({ type }: Ask, reply: DhcpReply): boolean {
  return type !== 'other' || !givesLease(reply) || isTimeless(reply);
}

function isTimeless({ lacks }: DhcpReply): boolean {
  return lacks.includes('lease time');
}

/**
 * Notes the address that a client is given. If the answer has no lease time and the address is the same as before,
 * the end that the client was told before still holds.
 */
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

/**
 * Whether a reply is a DHCPNAK that names no client, as some servers leave chaddr out. It is for the only client that
 * uses its transaction id.
 */
function isForWhoAsked({ type, identity }: DhcpReply): boolean {
  return (
    type === 'nak' &&
    identity.family === 4 &&
    identity.clientIdentifier === '' &&
    /^0*$/.test(identity.hardwareAddress)
  );
}

/**
 * The transaction id that a datagram which can't be read seems to have; -1 for none. A relayed DHCPv6 message has it
 * inside option 9.
 */
function guessXid(family: 4 | 6, payload: Buffer): number {
  if (family === 4) return payload.length < 8 ? -1 : payload.readUInt32BE(4);
  if ((payload[0] ?? 0) < 12) return payload.length < 4 ? -1 : payload.readUIntBE(1, 3);
  for (let at = 34; at + 8 <= payload.length; at += 4 + payload.readUInt16BE(at + 2)) {
    if (payload.readUInt16BE(at) === 9) return payload.readUInt32BE(at + 4) & 0xff_ffff;
  }
  return -1;
}
