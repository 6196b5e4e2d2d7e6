import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StartedProxy } from '../cluster/proxy/started-proxy.js';
import type { StartedNode } from '../cluster/started-cluster.js';
import type { Running } from '../processes/running.js';
import type { StartedServer } from '../kea/started-server.js';
import { attempt, attemptOfTheLiving } from './attempt.js';
import { readLeaseColumns, type LeaseColumns } from './commits/collect.js';
import { LEASE_ROWS, readLeaseTable } from './lease-tables.js';
import { readServerLog, type ReadLog } from './log-messages.js';
import { readNodeCounters } from './node-counters.js';
import { readServerStatistics, type ServerStatistics } from './server-statistics.js';
import { settle } from './settle.js';
import type {
  ClockReading,
  Counters,
  LeaseTableEvidence,
  LeaseTableName,
  NodeEvidence,
  Seen,
  ServerEvidence,
  SystemEvidence,
} from './system.js';

export interface CollectRequest {
  nodes: readonly StartedNode[];
  servers: readonly StartedServer[];
  /** Stands between the servers and the nodes; absent where each server is pinned to its node. */
  proxy?: Pick<StartedProxy, 'running'> | undefined;
  /** Whether every node should hold the rows of every server. */
  replicated: boolean;
  /**
   * The run's seed, if the tables also hold rows of other clients. Only the rows of this run's clients are then read.
   */
  ownSeed?: number | undefined;
  /** The run directory. */
  directory: string;
  /** The run's clock, microseconds. */
  nowUs: () => number;
  /** Aborted when the run must end at once. What has not been read by then is recorded as not read. */
  signal: AbortSignal;
}

const COUNTERS_MS = 3_000;
const SETTLING_MS = 10_000;
/** The limit for one table of one node, milliseconds; a hundred thousand rows take a second. */
const TABLE_MS = 120_000;
const LOG_MS = 120_000;

/** What nodes and servers said before the load; an input of `collectAfterLoad`. */
export interface BeforeLoad {
  clock: ClockReading;
  nodes: readonly Seen<Counters>[];
  servers: readonly Seen<Counters>[];
  /** Of the lease tables, as one of the nodes says. */
  columns: Seen<LeaseColumns>;
}

/** The evidence with the names of the servers' log files in place of what the logs say. */
export interface Collected extends Omit<SystemEvidence, 'servers'> {
  servers: readonly (Omit<ServerEvidence, 'log'> & { logFile: string | undefined })[];
}

/**
 * Reads clock and counters before the load. Never throws and never waits for ever: where something can't be read, the
 * evidence holds the reason.
 */
export async function collectBeforeLoad(request: CollectRequest): Promise<BeforeLoad> {
  const [first] = request.nodes;
  const [nodes, servers, columns] = await Promise.all([
    nodeCounters(request),
    serverStatistics(request),
    first === undefined ? { absent: 'there is no node' } : readLeaseColumns(first, request.signal),
  ]);
  return { clock: readClock(request), nodes, servers: servers.map(countersOf), columns };
}

/**
 * Reads what nodes and servers say when the load is drained: counters, and the lease tables once the nodes have come
 * to rest. `withLogs` reads the logs later, when the servers have ended. Never throws.
 */
export async function collectAfterLoad(request: CollectRequest, before: BeforeLoad): Promise<Collected> {
  const { nodes, servers, replicated, ownSeed, signal } = request;
  const end = readClock(request);
  const statistics = await serverStatistics(request);
  const settling = await settle(nodes, { timeoutMs: SETTLING_MS, signal });
  const counters = await nodeCounters(request);
  const tables = await Promise.all(nodes.map((node) => leaseTables(node, request)));
  const missing: Seen<never> = { failed: 'not asked' };
  return {
    replicated,
    ...(ownSeed === undefined ? {} : { ownRowsOnly: true }),
    clock: { start: before.clock, end, tables: readClock(request) },
    subnets: [...new Map(servers.map(({ kind, subnets }) => [kind, subnets]))].flatMap(([kind, subnets]) =>
      subnets.map(({ id, pool, prefixPool }) => ({
        case: kind,
        id,
        ...(pool && { pool }),
        ...(prefixPool && { prefixPool }),
      })),
    ),
    nodes: nodes.map(({ name, running }, index) => ({
      name,
      before: before.nodes[index] ?? missing,
      after: sameProcess(running, counters[index] ?? missing),
      leases: tables[index] ?? { lease4: missing, lease6: missing },
    })),
    servers: servers.map(({ name, node, proxy, running }, index) => ({
      name,
      node,
      ...(proxy === undefined ? {} : { proxy }),
      logFile: running?.logFile,
      before: before.servers[index] ?? missing,
      ...afterLoad(running, statistics[index] ?? missing),
    })),
    settling,
  };
}

function countersOf(statistics: Seen<ServerStatistics>): Seen<Counters> {
  return 'seen' in statistics ? { seen: statistics.seen.counters } : statistics;
}

function afterLoad(
  running: Running | undefined,
  statistics: Seen<ServerStatistics>,
): Pick<ServerEvidence, 'after' | 'sentAt'> {
  const sentAt = 'seen' in statistics ? statistics.seen.sentAt : undefined;
  return { after: sameProcess(running, countersOf(statistics)), ...(sentAt !== undefined && { sentAt }) };
}

/** Counters after the load can be compared with those before it only if one process counted both. */
function sameProcess(running: Running | undefined, after: Seen<Counters>): Seen<Counters> {
  return running?.startedAgain === true ? { absent: 'it was started again during the load' } : after;
}

/**
 * Completes the evidence with the servers' logs. Best called when the servers have ended, as their logs are then
 * complete.
 */
export async function withLogs({ servers, ...collected }: Collected): Promise<SystemEvidence> {
  const { signal } = new AbortController();
  const complete = servers.map(async ({ logFile, ...server }): Promise<ServerEvidence> => {
    const log = await readLog(logFile, signal);
    if (!('seen' in log)) return { ...server, log };
    const { messages, last } = log.seen;
    return { ...server, ...(last && { lastMessage: last }), log: { seen: messages } };
  });
  return { ...collected, servers: await Promise.all(complete) };
}

function readLog(logFile: string | undefined, signal: AbortSignal): Promise<Seen<ReadLog>> {
  if (logFile === undefined) return Promise.resolve({ absent: 'its log is not on this machine' });
  return attempt(() => readServerLog(logFile), { timeoutMs: LOG_MS, signal });
}

function nodeCounters({ nodes, signal }: CollectRequest): Promise<Seen<Counters>[]> {
  return Promise.all(
    nodes.map(({ admin, running }) =>
      attemptOfTheLiving([running], (cut) => readNodeCounters(admin, cut), {
        timeoutMs: COUNTERS_MS,
        signal,
      }),
    ),
  );
}

function serverStatistics({
  nodes,
  servers,
  proxy,
  signal,
}: CollectRequest): Promise<Seen<ServerStatistics>[]> {
  return Promise.all(
    servers.map(({ control, node, running }): Promise<Seen<ServerStatistics>> =>
      control === undefined
        ? Promise.resolve({ absent: 'it has no control channel' })
        : attemptOfTheLiving(
            // Kea answers nobody while it tries to reach its database.
            [running, (proxy ?? nodes.find(({ name }) => name === node))?.running],
            () => readServerStatistics(control),
            { timeoutMs: COUNTERS_MS, signal },
          ),
    ),
  );
}

/** Reads one table after the other, so that a node never has two reads at once. */
async function leaseTables(
  node: StartedNode,
  { directory, signal, ownSeed }: CollectRequest,
): Promise<NodeEvidence['leases']> {
  const read = (table: LeaseTableName): Promise<Seen<LeaseTableEvidence>> =>
    attemptOfTheLiving(
      [node.running],
      (cut) => {
        mkdirSync(join(directory, LEASE_ROWS), { recursive: true });
        return readLeaseTable({ node, table, directory, signal: cut, ownSeed });
      },
      { timeoutMs: TABLE_MS, signal },
    );
  return { lease4: await read('lease4'), lease6: await read('lease6') };
}

function readClock({ nowUs }: CollectRequest): ClockReading {
  return { atUs: nowUs(), unixUs: Date.now() * 1_000 };
}
