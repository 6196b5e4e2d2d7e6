import { associationsOf, type CaseKind, familyOf, leaseTypesOf, phasesOf } from '../protocol/cases.js';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseSubnet } from '../kea/case-subnet.js';
import { CASE_SUBNETS } from '../kea/subnets.js';
import type { StartedServer } from '../kea/started-server.js';
import type { CaseLayout, Layout, Observation } from '../observations/observation.js';
import type { Scenario } from '../scenario/schema.js';
import { idBitsOf, idKeptMs } from '../scenario/transaction-ids.js';
import { clientsOfCase, clientsOfServer } from '../scenario/stages.js';
import { ACTS, type Act } from './pacing/lease-life.js';
import { Alarm } from './pacing/alarm.js';
import { ClientEngine } from './engine/client-engine.js';
import { Dhcp4Exchange } from './exchanges/dhcp4-exchange.js';
import { Dhcp6Exchange } from './exchanges/dhcp6-exchange.js';
import type { Exchange } from './exchanges/exchange.js';
import { seededRandom } from './pacing/random.js';
import { Schedule } from './pacing/schedule.js';
import { openLinks } from './transport/link-sockets.js';
import { openRelays, sendErrorsOf } from './transport/relay-sockets.js';
import type { ClientLinks } from './transport/client-links.js';
import { relayOf } from './transport/relays.js';
import type { DatagramTap, SendErrors, ServerSocket } from './transport/sockets.js';

export interface LoadRequest {
  cases: readonly CaseKind[];
  servers: readonly StartedServer[];
  load: Scenario['load'];
  seed: number;
  observe: (observation: Observation) => void;
  /** The run's clock, microseconds. */
  nowUs: () => number;
  /**
   * Ends the load early. Answers to what was sent still count for a while: for `drainMs`, or half a second if that is
   * less.
   */
  signal: AbortSignal;
  /** Sees every datagram. */
  tap?: DatagramTap | undefined;
  /** What faults do to messages between clients and servers; absent where they do nothing. */
  links?: ClientLinks | undefined;
  /** Called when the drain is over, while every socket is still open. */
  beforeClose: (sendErrors: readonly SendErrors[]) => Promise<void>;
}

export interface LoadPlan {
  layout: Layout;
  /** For each case: how many first attempts there will be, and how long from the first to the last. */
  offered: { case: string; plannedStarts: number; plannedDurationUs: number }[];
}

/** An act that the clients of a case were due to do: how often it was due, and how often no client could do it. */
export interface ActsDue {
  case: string;
  act: Act;
  due: number;
  missed: number;
}

/** The exchange that drives a case; without the address of a relay, that of clients on the link of the servers. */
function exchangeOf(
  kind: CaseKind,
  { relayAddress }: Partial<Pick<CaseSubnet, 'relayAddress'>>,
  { rapidCommit }: Pick<Scenario['load'], 'rapidCommit'>,
): Exchange {
  const [association, ...others] = associationsOf(kind);
  return association === undefined
    ? new Dhcp4Exchange(relayAddress)
    : new Dhcp6Exchange([association, ...others], relayAddress, rapidCommit);
}

/** Says what the load of a scenario will be. It sends nothing. */
export function planLoad(
  request: Pick<LoadRequest, 'cases' | 'load' | 'seed'> & { servers: number },
): LoadPlan {
  const layouts = request.cases.map((kind): CaseLayout => {
    return {
      name: kind,
      leaseType: leaseTypesOf(kind)[0],
      phases: phasesOf(kind, request.load),
      servers: Array.from({ length: request.servers }, (_, index) => `server-${index + 1}`),
      clients: clientsOfCase(request.load, request.servers),
    };
  });
  const offered = request.cases.map((kind, caseIndex) => {
    const schedule = scheduleOf(request, caseIndex, request.servers, 0);
    const plannedStarts = schedule.clients;
    const firstUs = schedule.nextAtUs;
    let lastUs = firstUs;
    for (; schedule.nextAtUs !== Infinity; schedule.take()) lastUs = schedule.nextAtUs;
    return { case: kind, plannedStarts, plannedDurationUs: lastUs - firstUs };
  });
  return { layout: { cases: layouts }, offered };
}

function scheduleOf(
  { cases, load, seed }: Pick<LoadRequest, 'cases' | 'load' | 'seed'>,
  caseIndex: number,
  servers: number,
  originUs: number,
): Schedule {
  const clientsPerServer = clientsOfServer(load);
  // Clients that ask all servers arrive one by one, as the clients of a single server do.
  const groups = load.fanout === 'all' ? 1 : servers;
  const asked = { ...load, clientsPerServer, servers: groups };
  return new Schedule({ ...asked, caseIndex, cases: cases.length, seed, originUs });
}

/**
 * Drives all cases side by side. The load ends when every client has its lease or has given up, and has done with its
 * lease what the scenario says. Then it waits for late answers. Observations come in the order of events. The sockets
 * are closed however the load ends.
 */
export async function runLoad(request: LoadRequest): Promise<ActsDue[]> {
  const sockets: ServerSocket[] = [];
  try {
    const startUs = request.nowUs();
    const alarm = new Alarm(request.nowUs, request.signal);
    const engines = [];
    for (const [caseIndex, kind] of request.cases.entries()) {
      engines.push(await openCase(request, kind, caseIndex, startUs, sockets, alarm));
    }
    await drive(engines, alarm, request);
    await drain(engines, request);
    await request.beforeClose(sendErrorsOf(sockets));
    return engines.flatMap((engine, index) => actsOf(engine, request.cases[index] ?? ''));
  } finally {
    request.links?.close();
    await Promise.all(sockets.map((socket) => socket.close()));
  }
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

/** Time to open the sockets of all cases before the first client is due. */
const LEAD_US = 200_000;

async function openCase(
  request: LoadRequest,
  kind: CaseKind,
  caseIndex: number,
  startUs: number,
  sockets: ServerSocket[],
  alarm: Alarm,
): Promise<ClientEngine> {
  const { load, seed, nowUs, observe } = request;
  const servers = request.servers.filter((server) => server.kind === kind);
  const relays: ServerSocket[][] = [];
  const subnets = servers[0]?.subnets ?? [CASE_SUBNETS[kind]];
  const isOnLink = servers.some(({ clients }) => clients !== undefined);
  const through = subnets.map((subnet) => (isOnLink ? {} : subnet));
  const relayed = through.map((way) => exchangeOf(kind, way, load));
  const engine = new ClientEngine({
    exchange: exchangeOf(kind, through[0] ?? {}, load),
    relayed,
    caseIndex,
    seed,
    servers: servers.length,
    toAll: load.fanout === 'all',
    arrivals: scheduleOf(request, caseIndex, servers.length, startUs + LEAD_US),
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
      const those = relays[server] ?? [];
      those[relayOf(client, servers.length, those.length)]?.send(datagram);
    },
    nowUs,
    observe,
  });
  const receive = (server: number, datagram: Uint8Array): void => {
    const now = nowUs();
    engine.receive(server, datagram, now);
    alarm.isDue(engine.finished ? now : engine.nextAtUs);
  };
  if (isOnLink) {
    const ways = await openLinks(servers, receive, sockets, request.tap);
    relays.push(...ways.map((way) => [way]));
    return engine;
  }
  for (const [index, server] of servers.entries())
    relays.push(await openRelays(server, (datagram) => receive(index, datagram), sockets, request));
  return engine;
}

/**
 * How many things an engine does before answers are read. They take some two milliseconds, so no answer waits longer
 * than that.
 */
const MOST_AT_ONCE = 256;

async function drive(
  engines: readonly ClientEngine[],
  alarm: Alarm,
  { nowUs, signal }: LoadRequest,
): Promise<void> {
  while (!signal.aborted) {
    const now = nowUs();
    for (const engine of engines) engine.advance(now, MOST_AT_ONCE);
    // Look now: if the last event was a timeout, nothing would wake the alarm.
    if (engines.every((engine) => engine.finished)) break;
    const nextAtUs = engines.reduce((least, engine) => Math.min(least, engine.nextAtUs), Infinity);
    if (nextAtUs <= now) await alarm.breathe();
    else await alarm.sleepUntil(nextAtUs);
  }
  for (const engine of engines) engine.stop();
}

/** After an early end the drain takes no longer than this. */
const LONGEST_EARLY_DRAIN_MS = 500;

/**
 * Waits for late and stray answers, which still count. So it waits the whole time even if no transaction is open,
 * except after an early end.
 */
async function drain(engines: readonly ClientEngine[], { nowUs, signal, load }: LoadRequest): Promise<void> {
  const beganUs = nowUs();
  const drainedForMs = (): number => (nowUs() - beganUs) / 1_000;
  const limitMs = (): number =>
    signal.aborted ? Math.min(load.drainMs, LONGEST_EARLY_DRAIN_MS) : load.drainMs;
  while (drainedForMs() < limitMs() && !(signal.aborted && engines.every((engine) => engine.waiting === 0))) {
    const now = nowUs();
    for (const engine of engines) engine.advance(now);
    await sleep(10);
  }
}
