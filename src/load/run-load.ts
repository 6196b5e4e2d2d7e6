import { associationsOf, type CaseKind, familyOf } from '../protocol/cases.js';
import type { CaseSubnet } from '../kea/case-subnet.js';
import type { OpenSockets } from '../network/open-sockets.js';
import type { Observation } from '../observations/observation.js';
import type { Scenario } from '../scenario/schema.js';
import { idBitsOf, idKeptMs } from '../scenario/transaction-ids.js';
import { ClientEngine } from './engine/client-engine.js';
import { Dhcp4Exchange } from './exchanges/dhcp4-exchange.js';
import { Dhcp6Exchange } from './exchanges/dhcp6-exchange.js';
import type { Exchange, ExchangeModel } from './exchanges/exchange.js';
import { Exchanges } from './exchanges/exchanges.js';
import { identitiesOf, type ClientsOfRun } from './identities/identities-of-run.js';
import type { LoadServer } from './load-server.js';
import { ACTS, type Act } from './pacing/lease-life.js';
import { seededRandom } from './pacing/random.js';
import { scheduleOf, type PlanRequest } from './plan-load.js';
import type { ClientLinks } from './sockets/client-links.js';
import { openLinks } from './sockets/link-sockets.js';
import type { DatagramTap, SendErrors, ServerSocket } from './sockets/relay-socket.js';
import { openRelays, sendErrorsOf } from './sockets/relay-sockets.js';
import { relayOf } from './sockets/relays.js';
import { NO_TICKET } from './transport/departures.js';
import type { Transport } from './transport/transport.js';

export interface LoadRequest extends PlanRequest, Pick<ClientsOfRun, 'listed'> {
  servers: readonly LoadServer[];
  /** The indexes of the cases to drive; all by default. Other threads drive the others. */
  drives?: readonly number[] | undefined;
  observe: (observation: Observation) => void;
  /** The run's clock, microseconds. */
  nowUs: () => number;
  /** How datagrams leave and arrive. Whoever opened it closes it, after the load. */
  transport: Transport;
  /** Opens the sockets. */
  opening: OpenSockets;
  /**
   * Whether the load is to end early. Answers to what was sent still count for a while: for `drainMs`, or half a second
   * if that is less.
   */
  isStopped: () => boolean;
  /** Called whenever the load has slept, before anything else is done. */
  turn?: () => void;
  /** Called before the load sleeps. */
  rest?: () => void;
  /** Sees every datagram. */
  tap?: DatagramTap | undefined;
  /** What faults do to messages between clients and servers; absent where they do nothing. */
  links?: ClientLinks | undefined;
}

/** An act that the clients of a case were due to do: how often it was due, and how often no client could do it. */
export interface ActsDue {
  case: string;
  act: Act;
  due: number;
  missed: number;
}

/** A load whose sockets are open, and which has not begun. */
export interface OpenLoad {
  /**
   * Drives all cases side by side. The load ends when every client has its lease or has given up, and has done with its
   * lease what the scenario says. Then it waits for late answers. Observations come in the order in which the load
   * deals with them. An answer may come after a message that left somewhat later, as its time is the kernel's: see
   * `LiveJournal`.
   *
   * @param beginUs when the schedule begins; soon by default
   */
  run: (beginUs?: number) => Promise<ActsDue[]>;
  /** Datagrams that were not sent so far. */
  sendErrors: () => SendErrors[];
}

/** Time from the opening of all sockets to the first client. */
export const LEAD_US = 50_000;

/** Opens the sockets of all cases. Errors: PREREQUISITE. */
export async function openLoad(request: LoadRequest): Promise<OpenLoad> {
  const ways: CaseWays[] = [];
  for (const [caseIndex, kind] of request.cases.entries())
    if (request.drives?.includes(caseIndex) ?? true) ways.push(await openWays(request, kind, caseIndex));
  await request.opening.close();
  return {
    run: async (beginUs = request.nowUs() + LEAD_US) => {
      const engines = ways.map((way) => engineOf(request, way, beginUs));
      await drive(engines, request);
      await drain(engines, request);
      request.links?.close();
      return engines.flatMap((engine, index) => actsOf(engine, ways[index]?.kind ?? ''));
    },
    sendErrors: () => sendErrorsOf(ways.flatMap(({ sockets }) => sockets.flat())),
  };
}

function actsOf({ acts }: ClientEngine, name: string): ActsDue[] {
  if (acts === undefined) return [];
  const { due, missed } = acts;
  return ACTS.filter((act) => due[act] > 0).map((act) => ({
    case: name,
    act,
    due: due[act],
    missed: missed[act],
  }));
}

/** The sockets of a case: for each server those of its relays, in their order. */
interface CaseWays {
  kind: CaseKind;
  /** The place of the case among all cases, those of other threads included. */
  caseIndex: number;
  servers: readonly LoadServer[];
  isOnLink: boolean;
  sockets: readonly (readonly ServerSocket[])[];
  /** Takes the answers, once it is there. */
  engine?: ClientEngine;
}

async function openWays(request: LoadRequest, kind: CaseKind, caseIndex: number): Promise<CaseWays> {
  const servers = request.servers.filter((server) => server.kind === kind);
  const isOnLink = servers.some(({ clients }) => clients !== undefined);
  const sockets: ServerSocket[][] = [];
  const ways: CaseWays = { kind, caseIndex, servers, isOnLink, sockets };
  const receive = (server: number, datagram: Uint8Array, atUs: number): void =>
    ways.engine?.receive(server, datagram, atUs);
  if (isOnLink) {
    const links = await openLinks(servers, receive, request);
    sockets.push(...links.map((link) => [link]));
    return ways;
  }
  for (const [index, server] of servers.entries())
    sockets.push(await openRelays(server, (datagram, atUs) => receive(index, datagram, atUs), request));
  return ways;
}

function engineOf(request: LoadRequest, ways: CaseWays, beginUs: number): ClientEngine {
  const { load, seed, nowUs, observe } = request;
  const { kind, caseIndex, servers, isOnLink, sockets } = ways;
  const subnets = servers[0]?.subnets ?? [];
  const through = subnets.map((subnet) => (isOnLink ? {} : subnet));
  const identities = identitiesOf(
    { seed, listed: request.listed, perMachine: load.identitiesPerMachine },
    caseIndex,
    familyOf(kind),
    load,
  );
  const exchanges = new Exchanges(through.length, (relay, identity) =>
    exchangeOf(kind, through[relay] ?? {}, load, { identity, hops: load.relayHops }),
  );
  const engine = new ClientEngine({
    exchange: exchanges.of(0, identities.of(0)),
    exchanges,
    caseIndex,
    seed,
    identities,
    servers: servers.length,
    toAll: load.fanout === 'all',
    arrivals: scheduleOf(request, caseIndex, servers.length, beginUs),
    timeoutMs: load.timeoutMs,
    maxAttempts: load.maxAttempts,
    restartDelayMs: load.restartDelayMs,
    collectOffersMs: load.collectOffersMs,
    retransmit: load.retransmit,
    idBits: idBitsOf(familyOf(kind), load),
    idKeptMs: idKeptMs(load),
    roams: load.fanout === 'roam',
    life: load.life && {
      life: load.life,
      arrival: load.arrival,
      burstSize: load.burstSize,
      servers: servers.length,
      caseIndex,
      cases: request.cases.length,
      seed,
    },
    random: seededRandom(seed ^ (caseIndex + 1)),
    send: (server, datagram, client) => {
      const those = sockets[server] ?? [];
      return those[relayOf(client, servers.length, those.length)]?.send(datagram) ?? NO_TICKET;
    },
    flush: () => request.transport.flush(),
    leftAtUs: (ticket) => request.transport.leftAtUs(ticket),
    nowUs,
    observe,
  });
  ways.engine = engine;
  return engine;
}

/** The exchange that drives a case; without the address of a relay, that of clients on the link of the servers. */
function exchangeOf(
  kind: CaseKind,
  { relayAddress }: Partial<Pick<CaseSubnet, 'relayAddress'>>,
  { rapidCommit }: Pick<Scenario['load'], 'rapidCommit'>,
  model: ExchangeModel,
): Exchange {
  const [association, ...others] = associationsOf(kind);
  return association === undefined
    ? new Dhcp4Exchange(relayAddress, model)
    : new Dhcp6Exchange([association, ...others], relayAddress, { ...model, rapidCommit });
}

/**
 * How many things an engine does before answers are read. They take less than two milliseconds, so no answer waits
 * longer than that.
 */
const MOST_AT_ONCE = 256;

/**
 * Reads what has arrived, and does what is due. What leaves is recorded in the next turn: right after a message has left,
 * the server often takes over the processor, and what the load still has to do then finds the caches cold.
 */
function turn(engines: readonly ClientEngine[], request: LoadRequest): void {
  const { transport, links, nowUs } = request;
  request.turn?.();
  for (const engine of engines) engine.noteDepartures();
  // A deadline that passes while answers are read waits for the next turn: its answer may have arrived in time.
  const now = nowUs();
  transport.receive();
  links?.advance(now);
  for (const engine of engines) engine.advance(now, MOST_AT_ONCE);
  transport.flush();
}

/** Sleeps until something is due, but not after `latestUs`. */
function sleep(
  engines: readonly ClientEngine[],
  { transport, links, rest }: LoadRequest,
  latestUs = Infinity,
): Promise<void> | undefined {
  rest?.();
  let untilUs = Math.min(latestUs, links?.nextAtUs ?? Infinity);
  for (const engine of engines) untilUs = Math.min(untilUs, engine.nextAtUs);
  return transport.sleep(untilUs);
}

async function drive(engines: readonly ClientEngine[], request: LoadRequest): Promise<void> {
  while (!request.isStopped()) {
    turn(engines, request);
    if (engines.every((engine) => engine.finished)) break;
    const asleep = sleep(engines, request);
    if (asleep !== undefined) await asleep;
  }
  for (const engine of engines) engine.stop();
}

/** After an early end the drain takes no longer than this. */
const LONGEST_EARLY_DRAIN_MS = 500;

/**
 * Waits for late and stray answers, which still count. So it waits the whole time even if no transaction is open,
 * except after an early end.
 */
async function drain(engines: readonly ClientEngine[], request: LoadRequest): Promise<void> {
  const { nowUs, isStopped, load } = request;
  const beganUs = nowUs();
  const limitUs = (): number =>
    beganUs + 1_000 * (isStopped() ? Math.min(load.drainMs, LONGEST_EARLY_DRAIN_MS) : load.drainMs);
  while (nowUs() < limitUs() && !(isStopped() && engines.every((engine) => engine.waiting === 0))) {
    turn(engines, request);
    const asleep = sleep(engines, request, limitUs());
    if (asleep !== undefined) await asleep;
  }
  turn(engines, request);
  for (const engine of engines) engine.noteDepartures();
}
