import type { CaptureCase } from '../capture-case.js';
import type { Datagram, Endpoint } from '../file/udp.js';
import {
  hex,
  isAsked,
  isNamed,
  type DhcpMessage,
  type DhcpReply,
  type DhcpRequest,
} from '../message/dhcp-message.js';
import {
  commits,
  givesLease,
  guessXid,
  inVpn,
  isForWhoAsked,
  isNobodys,
  isOfBootServer,
  isOffer,
  isTimeless,
  partOf,
  wordOf,
} from '../message/message-traits.js';
import { endpointText, wayNumber, wayOf } from '../network/endpoints.js';
import { isAnsweredFrom, isHandedOn } from '../network/handing-on.js';
import { Networks } from '../network/networks.js';
import { ServerPlaces } from '../network/server-places.js';
import type { ServerSight } from '../network/sights.js';
import type { AnswerEvent } from './answer-event.js';
import { canAnswer, wentTo } from './ask.js';
import { Asks, isOver } from './asks.js';
import { CasePlaces, NO_CASE } from './case-places.js';
import type { Ask, Client } from './client.js';
import { Clients } from './clients.js';
import { givesNumber, takesAway } from './given.js';
import { LatestAsks, nameOf } from './latest-asks.js';
import {
  askAmong,
  isAnswered,
  isAnsweredBy,
  isCopy,
  noteAddress,
  renewalType,
  serverKey,
} from './matching.js';
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
  readonly clients: Clients;
  /** Which networks count as one, because a relay hands messages on from one to the other. */
  readonly networks = new Networks();
  readonly #casePlaces: CasePlaces;
  readonly #listener: Listener;
  readonly #latest = new LatestAsks();
  readonly #asks = new Asks((ask) => this.#latest.forget(ask));
  readonly #serverPlaces = new ServerPlaces();
  readonly #givers = new Map<string, NonNullable<Client['givenBy']>>();
  readonly #waiting = new WaitingReplies();

  constructor({ matchClientId }: CorrelationOptions, listener: Listener) {
    this.clients = new Clients(matchClientId);
    this.#casePlaces = new CasePlaces(this.clients);
    this.#listener = listener;
  }

  get cases(): readonly CaptureCase[] {
    return this.#casePlaces.cases;
  }

  /** Whether a request has gone to an endpoint, or an answer has come from it, so far. */
  readonly isServer = (endpoint: Endpoint): boolean => this.#serverPlaces.isServer(endpointText(endpoint));

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
    if (!this.#serverPlaces.isServer(from)) return false;
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
    this.#serverPlaces.asked(request, datagram);
    this.networks.heard(datagram.network);
    // A relayed message belongs to the network where it was first heard, not to the one between relay and server.
    const latest =
      this.#serverPlaces.hasRelays || this.networks.areSeveral
        ? this.#latest.of(family, xid, identity)
        : undefined;
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
      this.#casePlaces.of(asked, client, network),
    );
    if (is === 'copy') this.#listener.copied();
    else this.#latest.take(ask);
    this.#listener.sent({ ask, is, source, destination, atUs });
    this.#answeredBefore(ask, atUs);
  }

  #reply(reply: DhcpReply, datagram: Datagram, atUs: number): void {
    const { source, network, heardIn } = datagram;
    const from: ServerSight = { identifier: reply.server, endpoint: source };
    this.#serverPlaces.answered(reply, datagram);
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
    const isOther = ask.server !== undefined && !this.#serverPlaces.isBy(ask.server, from, one.network);
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
    const caseIndex = this.#casePlaces.caseOf(family, client, about, network);
    this.#casePlaces.for(caseIndex, client);
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
}
