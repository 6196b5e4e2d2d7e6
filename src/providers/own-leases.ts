import { type CaseKind, familyOf } from '../protocol/cases.js';
import type { DatabaseAccess, StartedNode } from '../cluster/started-cluster.js';
import { HarnessError, messageOf } from '../errors.js';
import { ownRows, readOwnLiveLeases } from '../evidence/own-rows.js';
import type { LeaseRow } from '../results/audit.js';
import type { StartedServer } from '../kea/started-server.js';
import { releaseLeases } from '../load/exchanges/release.js';
import { until } from '../processes/wait.js';
import { withSession } from '../cluster/session.js';
import { ownCommand } from '../tool.js';

export interface OwnLeasesRequest {
  cases: readonly CaseKind[];
  seed: number;
  nodes: readonly StartedNode[];
  servers: readonly StartedServer[];
  /** Whether every node holds the rows of every server. */
  replicated: boolean;
}

export interface Released {
  released: number;
  /** Live leases of the run that are still in the tables. */
  left: number;
}

const GONE_WITHIN_MS = 2_000;
/** A cluster may refuse a release in favour of a conflicting write. The release is then sent again. */
const TRIES = 5;

/**
 * Releases what a run's clients still hold on servers that someone else runs. The lease tables say what to release,
 * so leases that no client was told about are found too. Only Kea itself writes to the tables.
 * Errors: PREREQUISITE where no node answers.
 */
export async function releaseOwnLeases(request: OwnLeasesRequest): Promise<Released> {
  const before = await countOwnLiveLeases(request);
  let left = before;
  for (let attempt = 0; attempt < TRIES && left > 0; attempt++) {
    const answered = [];
    for (const held of await heldLeases(request)) answered.push(await releaseThroughAny(held, request.seed));
    left = await settled(request, left);
    // Servers that do not answer now will not answer a moment later either.
    if (!answered.includes(true)) break;
  }
  return { released: before - left, left };
}

async function countOwnLiveLeases(request: OwnLeasesRequest): Promise<number> {
  const held = await heldLeases(request);
  return held.reduce((sum, { rows }) => sum + rows.length, 0);
}

/**
 * Refuses a seed whose leases are still in the tables, live or not: the servers would know the run's clients already.
 * Errors: PREREQUISITE.
 */
export async function requireFreshSeed({
  nodes,
  seed,
}: Pick<OwnLeasesRequest, 'nodes' | 'seed'>): Promise<void> {
  for (const { admin } of nodes) await requireNoRows(admin, seed);
}

function requireNoRows(access: DatabaseAccess, seed: number): Promise<void> {
  return withSession(access, async (session) => {
    for (const table of ['lease4', 'lease6'] as const) {
      const { condition, values } = ownRows(table, seed);
      const [rows] = await session.query(`SELECT 1 FROM ${table} WHERE ${condition} LIMIT 1`, values);
      if ((rows as unknown[]).length === 0) continue;
      throw new HarnessError('PREREQUISITE', `${table} still holds leases of seed ${seed}`, {
        hint: 'leave `seed` out, or give back the leases of the earlier run: clean --external RUN-DIRECTORY',
      });
    }
  });
}

/** Waits until no lease is left, or until the number of leases has stopped falling. */
async function settled(request: OwnLeasesRequest, before: number): Promise<number> {
  let left = before;
  let changedAt = performance.now();
  await until(
    async () => {
      const now = await countOwnLiveLeases(request);
      if (now !== left) changedAt = performance.now();
      left = now;
      return left === 0 || performance.now() - changedAt > GONE_WITHIN_MS ? true : undefined;
    },
    { timeoutMs: Infinity, everyMs: 250, signal: NEVER },
  );
  return left;
}

/**
 * A signal that is never aborted. Releasing ends by itself, and the signal that ended the run must not cut it short.
 */
const NEVER = new AbortController().signal;

interface Held {
  caseIndex: number;
  rows: readonly LeaseRow[];
  /** Each of these servers can take the releases. */
  servers: readonly StartedServer[];
}

/** The leases still held, for each case; where each server has a database of its own, for each server. */
async function heldLeases({ cases, nodes, servers, seed, replicated }: OwnLeasesRequest): Promise<Held[]> {
  const places = cases.flatMap((kind, caseIndex) => {
    const ofCase = servers.filter((server) => server.kind === kind);
    if (replicated) return [{ kind, caseIndex, servers: ofCase, nodes }];
    return ofCase.map((server) => ({
      kind,
      caseIndex,
      servers: [server],
      nodes: nodes.filter(({ name }) => name === server.node),
    }));
  });
  return Promise.all(
    places.map(async ({ kind, caseIndex, servers: those, nodes: at }) => ({
      caseIndex,
      servers: those,
      rows: await liveLeases(at, kind, seed, caseIndex),
    })),
  );
}

/**
 * Tries one server after the other until one answers. All releases go through that one server, so the writes of its
 * node conflict with those of no other node.
 */
async function releaseThroughAny({ caseIndex, rows, servers }: Held, seed: number): Promise<boolean> {
  const leases = rows.map((row) => ({ ...row, client: clientOf(row) }));
  for (const server of servers) {
    if (await releaseLeases({ server, leases, seed, caseIndex, signal: NEVER })) return true;
  }
  return false;
}

/** The run's live leases in the tables of the first node that answers. */
async function liveLeases(
  nodes: readonly StartedNode[],
  kind: CaseKind,
  seed: number,
  caseIndex: number,
): Promise<LeaseRow[]> {
  let failure: unknown;
  for (const { admin } of nodes) {
    try {
      return await readOwnLiveLeases(admin, familyOf(kind) === 4 ? 'lease4' : 'lease6', seed, caseIndex);
    } catch (error) {
      failure = error;
    }
  }
  throw new HarnessError(
    'PREREQUISITE',
    `the lease tables can't be read through any node: ${messageOf(failure)}`,
    {
      hint: `run \`${ownCommand('clean --external RUN-DIRECTORY')}\` when a node answers again`,
      cause: failure,
    },
  );
}

/** The number of a client: the last four bytes of its client identifier or DUID; see `identityOf`. */
function clientOf({ clientIdentifier, duid }: LeaseRow): number {
  return parseInt((clientIdentifier ?? duid ?? '').slice(-8), 16);
}
