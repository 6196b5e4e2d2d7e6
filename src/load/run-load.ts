import { setTimeout as sleep } from 'node:timers/promises';
import { CASE_SUBNETS, type CaseSubnet } from '../kea/subnets.js';
import type { StartedServer } from '../kea/model.js';
import type { CaseLayout, Layout, Observation } from '../observations/model.js';
import type { CaseKind, Scenario } from '../scenario/schema.js';
import { Alarm } from './alarm.js';
import { ClientEngine } from './client-engine.js';
import { Dhcp4Exchange } from './dhcp4-exchange.js';
import { Dhcp6Exchange } from './dhcp6-exchange.js';
import type { Exchange } from './exchange.js';
import { seededRandom } from './random.js';
import { planStarts } from './schedule.js';
import { RelaySocket, type DatagramTap, type SendErrors } from './sockets.js';

export interface LoadRequest {
  cases: readonly CaseKind[];
  servers: readonly StartedServer[];
  load: Scenario['load'];
  seed: number;
  observe: (observation: Observation) => void;
  /** The run's clock, microseconds. */
  nowUs: () => number;
  /** Ends the load early; what was sent is still answered until `drainMs` have passed. */
  signal: AbortSignal;
  /** Sees every datagram. */
  tap?: DatagramTap | undefined;
  /** Called when the drain is over, with every socket still open. */
  beforeClose: (sendErrors: readonly SendErrors[]) => Promise<void>;
}

export interface LoadPlan {
  layout: Layout;
  /** For each case: first attempts, and the time from the first start to the last. */
  offered: { case: string; plannedStarts: number; plannedDurationUs: number }[];
}

/** The exchange that drives a case. */
function exchangeOf(
  kind: CaseKind,
  seed: number,
  { relayAddress }: Pick<CaseSubnet, 'relayAddress'>,
): Exchange {
  switch (kind) {
    case 'dhcp4':
      return new Dhcp4Exchange(seed, relayAddress);
    case 'dhcp6-ia-na':
      return new Dhcp6Exchange(seed, 'na', relayAddress);
    case 'dhcp6-ia-pd':
      return new Dhcp6Exchange(seed, 'pd', relayAddress);
  }
}

/** What the load of a scenario will be, before anything is sent. */
export function planLoad(
  request: Pick<LoadRequest, 'cases' | 'load' | 'seed'> & { servers: number },
): LoadPlan {
  const layouts = request.cases.map((kind): CaseLayout => {
    const { leaseType, phases } = exchangeOf(kind, request.seed, CASE_SUBNETS[kind]);
    return {
      name: kind,
      leaseType,
      phases,
      servers: Array.from({ length: request.servers }, (_, index) => `server-${index + 1}`),
      clients: request.servers * request.load.clientsPerServer,
    };
  });
  const offered = request.cases.map((kind, caseIndex) => {
    const starts = startsOf(request, caseIndex, request.servers);
    const first = starts.reduce((least, start) => Math.min(least, start), Infinity);
    const last = starts.reduce((most, start) => Math.max(most, start), 0);
    return { case: kind, plannedStarts: starts.length, plannedDurationUs: last - first };
  });
  return { layout: { cases: layouts }, offered };
}

function startsOf(
  { cases, load, seed }: Pick<LoadRequest, 'cases' | 'load' | 'seed'>,
  caseIndex: number,
  servers: number,
): Float64Array {
  return planStarts({ ...load, servers, caseIndex, cases: cases.length, seed });
}

/**
 * Drives all cases side by side until every client has its lease or has given up, then waits for late answers.
 * Observations come in the order of events. Closes its sockets however it ends.
 */
export async function runLoad(request: LoadRequest): Promise<void> {
  const sockets: RelaySocket[] = [];
  try {
    const startUs = request.nowUs();
    const alarm = new Alarm(request.nowUs);
    const engines = [];
    for (const [caseIndex, kind] of request.cases.entries()) {
      engines.push(await openCase(request, kind, caseIndex, startUs, sockets, alarm));
    }
    await drive(engines, alarm, request);
    await drain(engines, request);
    await request.beforeClose(sockets.map((socket) => socket.sendErrors));
  } finally {
    await Promise.all(sockets.map((socket) => socket.close()));
  }
}

/** Time to open the sockets of all cases before the first client is due. */
const LEAD_US = 200_000;

async function openCase(
  request: LoadRequest,
  kind: CaseKind,
  caseIndex: number,
  startUs: number,
  sockets: RelaySocket[],
  alarm: Alarm,
): Promise<ClientEngine> {
  const { load, seed, nowUs, observe } = request;
  const servers = request.servers.filter((server) => server.kind === kind);
  const relays: RelaySocket[] = [];
  const engine = new ClientEngine({
    exchange: exchangeOf(kind, seed, servers[0]?.subnet ?? CASE_SUBNETS[kind]),
    caseIndex,
    seed,
    servers: servers.length,
    starts: startsOf(request, caseIndex, servers.length).map((start) => start + startUs + LEAD_US),
    timeoutMs: load.timeoutMs,
    maxAttempts: load.maxAttempts,
    restartDelayMs: load.restartDelayMs,
    collectOffersMs: load.collectOffersMs,
    retransmit: load.retransmit,
    random: seededRandom(seed ^ (caseIndex + 1)),
    send: (server, datagram) => relays[server]?.send(datagram),
    nowUs,
    observe,
  });
  for (const [index, server] of servers.entries()) {
    const receive = (datagram: Uint8Array) => {
      const now = nowUs();
      engine.receive(index, datagram, now);
      alarm.isDue(engine.finished ? now : engine.nextAtUs);
    };
    const relay = await RelaySocket.open(server, receive, request.tap);
    relays.push(relay);
    sockets.push(relay);
  }
  return engine;
}

async function drive(
  engines: readonly ClientEngine[],
  alarm: Alarm,
  { nowUs, signal }: LoadRequest,
): Promise<void> {
  while (!signal.aborted && !engines.every((engine) => engine.finished)) {
    const now = nowUs();
    for (const engine of engines) engine.advance(now);
    await alarm.sleepUntil(Math.min(...engines.map((engine) => engine.nextAtUs)), signal);
  }
  for (const engine of engines) engine.stop();
}

/** Whoever ended a run early waits no longer than this for answers under way. */
const LONGEST_EARLY_DRAIN_MS = 500;

/** Late and stray answers still count, so the time is spent even where nothing is waited for. */
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
