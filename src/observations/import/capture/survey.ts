import { firstPhasesOf, type Phase, PHASES, rapidPhaseOf } from '../../../protocol/phases.js';
import type { CaseLayout, NamedLease } from '../../observation.js';
import type { Ask } from './exchange/client.js';
import { phaseOf, phaseOfReply } from './exchange/ask.js';
import { placeIn } from './exchange/clients.js';
import type { AnswerEvent } from './exchange/answer-event.js';
import type { CaptureCase } from './capture-case.js';
import { Correlator, type Listener, type SentEvent } from './exchange/correlate.js';
import { leaseTypeOf, type DhcpReply, type Named } from './message/dhcp-message.js';
import { endpointText, isForAll } from './network/endpoints.js';
import { ExcludedPrefixes } from './message/excluded-prefixes.js';
import { givenIn } from './exchange/given.js';
import { Growing } from './file/growing.js';
import { holdersIn, type Holders, type Networks } from './network/networks.js';
import { readCapture, type CaptureOptions, type Reading } from './file/read-capture.js';
import { Rows } from './message/rows.js';
import { Routers } from './network/routers.js';
import { CaseServers, Sights, type ServerSight } from './network/sights.js';
import { TrafficCounter, type TrafficCounts } from './traffic-counts.js';
import type { Endpoint } from './file/udp.js';

/**
 * What is known of a capture once it was read. Only at its end is it known which servers answered a request, what
 * these servers are called, and which requests were committed at once.
 */
export interface Survey {
  reading: Reading;
  layouts: CaseLayout[];
  cases: readonly CaptureCase[];
  /**
   * The servers at which a request has a transaction, by their numbers in the layout. `ask` is the request's index.
   */
  serversOf: (ask: number) => readonly number[];
  /** Undefined for a request that is about no lease. */
  phaseOf: (ask: number) => Phase | undefined;
  placeOf: (ask: number) => { caseIndex: number; client: number; attempt: number };
  /** The leases that a request names in order to extend them or give them back; else undefined. */
  namesOf: (ask: number) => readonly NamedLease[] | undefined;
  /** The number of requests. */
  asks: number;
  rows: Rows;
  /** The numbers that tell holdings apart. */
  holders: Holders;
  servers: CaseServers;
  counts: TrafficCounts;
  /** Endpoints that requests went to and nothing came from. */
  silent: readonly string[];
  /** Servers whose identifier is an address, and that answered from other addresses. */
  virtual: readonly { name: string; from: readonly string[] }[];
}

/** Requests that name leases which their client holds. */
const NAMING: ReadonlySet<Ask['type']> = new Set(['renew', 'rebind', 'release', 'decline', 'request']);

/** Errors: SOURCE, as for `datagramsOf`. */
export function survey(path: string, options: CaptureOptions): Survey {
  const surveying = new Surveying(options.matchClientId ?? true);
  const reading = readCapture(path, options, surveying.correlator);
  return surveying.survey(reading);
}

/** Keeps a few numbers for each request and rows for each message, but no messages. */
class Surveying implements Listener {
  readonly correlator: Correlator;
  readonly #matchClientId: boolean;
  readonly #rows = new Rows();
  readonly #sights = new Sights();
  /**
   * By request: its case, its phase (index in PHASES + 1), its client in the case, its attempt, and the sight of the
   * server that it is meant for, + 1.
   */
  readonly #cases = new Growing(Int32Array);
  readonly #phases = new Growing(Uint8Array);
  readonly #clients = new Growing(Int32Array);
  readonly #attempts = new Growing(Int32Array);
  readonly #meant = new Growing(Int32Array);
  /**
   * By request: the sight of the server that answered it first, + 1. `#alsoAnswered` has those of further servers.
   */
  readonly #answered = new Growing(Int32Array);
  readonly #alsoAnswered = new Map<number, Set<number>>();
  /** By request: the leases that it names. */
  readonly #names = new Map<number, readonly NamedLease[]>();
  /** Answers that match no request: each combination of case, server's sight and phase. */
  readonly #strays = new Map<string, { caseIndex: number; sight: number; phase: Phase | undefined }>();
  readonly #routers = new Routers();
  readonly #excluded = new ExcludedPrefixes();
  readonly #sources = new Set<string>();
  readonly #destinations = new Set<string>();
  readonly #counter = new TrafficCounter();

  constructor(matchClientId: boolean) {
    this.#matchClientId = matchClientId;
    this.correlator = new Correlator({ matchClientId }, this);
  }

  passed(word: string): void {
    this.#counter.passed(word);
  }

  nameless(reply: DhcpReply): void {
    this.#counter.nameless(reply);
  }

  copied(): void {
    this.#counter.elsewhere();
  }

  sent({ ask, is, source, destination, atUs }: SentEvent): void {
    this.#sources.add(endpointText(source));
    if (!isForAll(destination.address)) this.#destinations.add(endpointText(destination));
    if (is === 'new') {
      this.#new(ask, destination);
      this.#routers.asked(ask, source);
    }
    if (is !== 'copy' && ask.type !== 'other') this.#rows.sent(ask.index, atUs, ask.sendings - 1);
  }

  #new(ask: Ask, destination: Endpoint): void {
    const { index, caseIndex, type, server, client } = ask;
    this.#setPhase(index, phaseOf(ask, false));
    if (type === 'other') {
      this.passed(ask.word);
      return;
    }
    this.#cases.set(index, caseIndex);
    this.#clients.set(index, placeIn(client, caseIndex)?.client ?? 0);
    this.#attempts.set(index, ask.attempt);
    this.#counter.asked(ask);
    if (server !== undefined || ask.destination !== undefined)
      this.#meant.set(index, this.#sights.number({ identifier: server, endpoint: destination }) + 1);
    if (ask.named.length > 0 && NAMING.has(type))
      this.#names.set(
        index,
        ask.named.map((named) => this.#named(ask, named)),
      );
  }

  #named({ client, caseIndex }: Ask, { association, lease, prefixLength }: Named): NamedLease {
    return {
      leaseType: leaseTypeOf(association),
      lease: Uint8Array.from(lease),
      prefixLength,
      holder: this.correlator.clients.binding(client, association, caseIndex).number,
      owner: client.number,
    };
  }

  answer(event: AnswerEvent): void {
    const { ask, caseIndex, from, is, reply, client, atUs, answerIndex } = event;
    const sight = reply === undefined ? -1 : this.#sights.number(from);
    if (reply !== undefined) this.#sights.seen(from);
    if (ask?.type === 'other') return;
    const phase = ask === undefined && reply !== undefined ? phaseOfReply(reply) : undefined;
    if (reply !== undefined) {
      this.#counter.answered(event, reply, sight);
      this.#note(event, reply, sight, phase);
    }
    const row = {
      ask: ask?.index ?? -1,
      atUs,
      is,
      caseIndex,
      client: client === undefined ? -1 : (placeIn(client, caseIndex)?.client ?? -1),
      owner: client?.number ?? -1,
      sight,
      answerIndex,
      phase,
      isOffer: reply?.type === 'offer' || reply?.type === 'advertise',
      isOfAnyServer: reply?.isOfAnyServer === true,
      hasMoved: ask !== undefined && ask.link !== 0 && ask.client.link !== 0 && ask.link !== ask.client.link,
      isTimeless: reply?.lacks.includes('lease time') === true,
    };
    for (const given of givenIn(event, this.correlator.cases[caseIndex]?.leaseTypes ?? [])) {
      const binding =
        client === undefined
          ? 0
          : this.correlator.clients.binding(client, given.association, caseIndex).number;
      this.#rows.answer(row, given, binding);
      if (given.excluded !== undefined && !row.isOffer) this.#excluded.take(caseIndex, given);
    }
  }

  #note(
    { ask, caseIndex, is }: AnswerEvent,
    reply: DhcpReply,
    sight: number,
    phase: Phase | undefined,
  ): void {
    if (ask === undefined || is !== 'matched') {
      this.#strays.set(`${caseIndex} ${sight} ${phase ?? ''}`, { caseIndex, sight, phase });
      return;
    }
    const { index } = ask;
    // What a REQUEST names matters only if nobody answers it, and most are answered.
    if (ask.type === 'request') this.#names.delete(index);
    if (this.#answered.get(index) === 0) this.#answered.set(index, sight + 1);
    else if (this.#answered.get(index) !== sight + 1)
      this.#alsoAnswered.set(index, (this.#alsoAnswered.get(index) ?? new Set()).add(sight));
    if (reply.type === 'ack' || reply.type === 'reply') this.#setPhase(index, phaseOf(ask, true));
  }

  #setPhase(index: number, phase: Phase | undefined): void {
    this.#phases.set(index, phase === undefined ? 0 : PHASES.indexOf(phase) + 1);
  }

  survey(reading: Reading): Survey {
    const { cases } = this.correlator;
    const servers = new CaseServers(this.#sights);
    const answeredBy = (ask: number): readonly number[] => {
      const first = this.#answered.get(ask) - 1;
      return first < 0 ? [] : [first, ...(this.#alsoAnswered.get(ask) ?? [])];
    };
    const isAbout = (ask: number): boolean => this.#phases.get(ask) !== 0;
    for (let ask = 0; ask < this.#cases.length; ask++)
      if (isAbout(ask)) for (const sight of answeredBy(ask)) servers.number(this.#cases.get(ask), sight);
    for (const { caseIndex, sight } of this.#strays.values()) servers.number(caseIndex, sight);
    const serversOf = (ask: number): readonly number[] => {
      const caseIndex = this.#cases.get(ask);
      const answered = answeredBy(ask);
      if (answered.length === 0) return [servers.numberOfMeant(caseIndex, this.#meant.get(ask) - 1)];
      const numbers = answered.map((sight) => servers.number(caseIndex, sight));
      return numbers.length === 1 ? numbers : [...new Set(numbers)];
    };
    // A request that nobody answered has a server too. Requests that name a server or went to one come first. After
    // that, a request to any server belongs to the only one, if there is just one.
    for (let ask = 0; ask < this.#cases.length; ask++)
      if (isAbout(ask) && this.#meant.get(ask) !== 0) serversOf(ask);
    for (let ask = 0; ask < this.#cases.length; ask++) if (isAbout(ask)) serversOf(ask);
    const phase = (ask: number): Phase | undefined => PHASES[this.#phases.get(ask) - 1];
    const seen = cases.map(() => new Set<Phase>());
    for (let ask = 0; ask < this.#cases.length; ask++) {
      const its = phase(ask);
      if (its !== undefined) seen[this.#cases.get(ask)]?.add(its);
    }
    for (const { caseIndex, phase: its } of this.#strays.values())
      if (its !== undefined) seen[caseIndex]?.add(its);
    const { networks } = this.correlator;
    const areSeveral = new Set(cases.map(({ network }) => network)).size > 1;
    const holders = holdersIn(cases, networks, this.#matchClientId);
    const clientOf = this.#routers.finder(cases, this.#sights, holders);
    return {
      reading,
      cases,
      servers,
      serversOf,
      phaseOf: phase,
      asks: this.#cases.length,
      rows: this.#rows,
      placeOf: (ask) => ({
        caseIndex: this.#cases.get(ask),
        client: this.#clients.get(ask),
        attempt: this.#attempts.get(ask),
      }),
      namesOf: (ask) => this.#names.get(ask)?.map((named) => ofHolder(named, holders)),
      holders,
      layouts: cases.map((one, index) => ({
        ...layoutOf(one, servers.namesIn(index), seen[index] ?? new Set(), networks, areSeveral),
        serverClients: clientsAmong(servers.sightsIn(index), (sight) => clientOf(sight, one.network)),
        excluded: this.#excluded.in(index),
      })),
      counts: this.#counter.counts(this.#sights),
      silent: this.#silent(),
      virtual: this.#sights.virtual(),
    };
  }

  /** Endpoints that got requests and sent nothing. A relay is not one of them, because it sends requests on. */
  #silent(): string[] {
    return [...this.#destinations].filter(
      (one) => !this.#sources.has(one) && !this.#sights.answersFrom(one) && !this.#sights.isIdentifier(one),
    );
  }
}

function ofHolder({ holder, owner, ...named }: NamedLease, { holderOf, ownerOf }: Holders): NamedLease {
  return {
    ...named,
    ...(holder === undefined ? {} : { holder: holderOf(holder) }),
    ...(owner === undefined ? {} : { owner: ownerOf(owner) }),
  };
}

function clientsAmong(
  sights: readonly (readonly [ServerSight, number])[],
  clientOf: (server: ServerSight) => number | undefined,
): ReadonlyMap<number, number> {
  return new Map(
    sights.flatMap(([sight, server]) => {
      const client = clientOf(sight);
      return client === undefined ? [] : [[server, client] as const];
    }),
  );
}

function layoutOf(
  { kind, leaseTypes, clients, family, network }: CaptureCase,
  servers: readonly string[],
  seen: ReadonlySet<Phase>,
  networks: Networks,
  isOneOfSeveral: boolean,
): CaseLayout {
  const usual = firstPhasesOf(family);
  const rapid = rapidPhaseOf(family);
  const isRapid = seen.has(rapid) && !usual.some((phase) => seen.has(phase));
  return {
    name: isOneOfSeveral ? `${network === '' ? 'untagged' : network} ${kind}` : kind,
    leaseType: leaseTypes.includes('address') || leaseTypes.length === 0 ? 'address' : 'prefix',
    phases: [...new Set([...(isRapid ? [rapid] : usual), ...seen])],
    servers: servers.length === 0 ? ['unknown'] : [...servers],
    clients: clients.length,
    network: networks.of(network),
    mayRenumber: true,
  };
}
