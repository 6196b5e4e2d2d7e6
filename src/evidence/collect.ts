import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StartedNode } from '../cluster/model.js';
import type { StartedServer } from '../kea/model.js';
import { attempt, attemptOfTheLiving } from './attempt.js';
import { LEASE_ROWS, readLeaseTable } from './lease-tables.js';
import { countLogMessages } from './log-messages.js';
import { readNodeCounters } from './node-counters.js';
import { readServerStatistics } from './server-statistics.js';
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
  /** Whether every node is to hold the rows of every server. */
  replicated: boolean;
  /** The run's seed where the tables hold other clients' rows too, which are then left alone. */
  ownSeed?: number | undefined;
  /** The run directory. */
  directory: string;
  /** The run's clock, microseconds. */
  nowUs: () => number;
  /** Aborted when the run is to end at once: what was not read by then is told as not read. */
  signal: AbortSignal;
}

const COUNTERS_MS = 3_000;
const SETTLING_MS = 10_000;
/** For one table of one node: a hundred thousand rows take a second. */
const TABLE_MS = 120_000;
const LOG_MS = 120_000;

/** What nodes and servers said before the load; `collectAfterLoad` takes it up. */
export interface BeforeLoad {
  clock: ClockReading;
  nodes: readonly Seen<Counters>[];
  servers: readonly Seen<Counters>[];
}

/** The evidence but for the servers' logs, whose files it names instead. */
export interface Collected extends Omit<SystemEvidence, 'servers'> {
  servers: readonly (Omit<ServerEvidence, 'log'> & { logFile: string | undefined })[];
}

/** Nothing here throws, and nothing waits for ever: what can't be had is told in its place. */
export async function collectBeforeLoad(request: CollectRequest): Promise<BeforeLoad> {
  const [nodes, servers] = await Promise.all([nodeCounters(request), serverStatistics(request)]);
  return { clock: readClock(request), nodes, servers };
}

/**
 * What nodes and servers say when the load is drained: counters, and the lease tables once the nodes have come to rest.
 * The logs are read later, by `withLogs`, when the servers have ended. Never throws.
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
    nodes: nodes.map(({ name }, index) => ({
      name,
      before: before.nodes[index] ?? missing,
      after: counters[index] ?? missing,
      leases: tables[index] ?? { lease4: missing, lease6: missing },
    })),
    servers: servers.map(({ name, node, running }, index) => ({
      name,
      node,
      logFile: running?.logFile,
      before: before.servers[index] ?? missing,
      after: statistics[index] ?? missing,
    })),
    settling,
  };
}

/** Completes the evidence with the servers' logs: best when the servers have ended, as then they are whole. */
export async function withLogs({ servers, ...collected }: Collected): Promise<SystemEvidence> {
  const { signal } = new AbortController();
  const complete = servers.map(async ({ logFile, ...server }) => ({
    ...server,
    log: await readLog(logFile, signal),
  }));
  return { ...collected, servers: await Promise.all(complete) };
}

function readLog(logFile: string | undefined, signal: AbortSignal): Promise<ServerEvidence['log']> {
  if (logFile === undefined) return Promise.resolve({ absent: 'its log is not here' });
  return attempt(() => countLogMessages(logFile), { timeoutMs: LOG_MS, signal });
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

function serverStatistics({ nodes, servers, signal }: CollectRequest): Promise<Seen<Counters>[]> {
  return Promise.all(
    servers.map(({ control, node, running }): Promise<Seen<Counters>> =>
      control === undefined
        ? Promise.resolve({ absent: 'it has no control channel' })
        : attemptOfTheLiving(
            // While Kea looks for its database, it answers nobody.
            [running, nodes.find(({ name }) => name === node)?.running],
            () => readServerStatistics(control),
            { timeoutMs: COUNTERS_MS, signal },
          ),
    ),
  );
}

/** One table after the other, so that a node is not asked twice at once. */
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
