import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RowDataPacket } from 'mysql2/promise';
import type { StartedNode } from '../../cluster/started-cluster.js';
import { attempt, attemptOfTheLiving } from '../attempt.js';
import { withEvidenceSession } from '../node-counters.js';
import { LEASE_TABLES, type LeaseTableName, type Seen } from '../system.js';
import { COMMIT_HISTORY, CommitFileWriter } from './commit-file.js';
import type { CommitHistoryEvidence, NodeCommits } from './evidence.js';
import type { GrowthWatch } from './growth.js';
import { PrintedChanges, type Column } from './printed-changes.js';

export type LeaseColumns = Readonly<Record<LeaseTableName, readonly Column[]>>;

const COLUMNS_MS = 3_000;
/** The limit for one node's log, milliseconds; a hundred thousand changes take two seconds. */
const LOG_MS = 120_000;

/** Asks a node for the columns of the lease tables, by which the values in its binary log are known. */
export function readLeaseColumns(
  { admin, running }: StartedNode,
  signal: AbortSignal,
): Promise<Seen<LeaseColumns>> {
  return attemptOfTheLiving(
    [running],
    (cut) =>
      withEvidenceSession(admin, cut, async (session) => {
        const columns: [LeaseTableName, Column[]][] = [];
        for (const table of LEASE_TABLES) {
          const [found] = await session.query<(RowDataPacket & { Field: string; Type: string })[]>(
            `SHOW COLUMNS FROM ${table}`,
          );
          columns.push([table, found.map(({ Field: name, Type: type }) => ({ name, type }))]);
        }
        return Object.fromEntries(columns) as unknown as LeaseColumns;
      }),
    { timeoutMs: COLUMNS_MS, signal },
  );
}

export interface CommitHistoryRequest {
  nodes: readonly StartedNode[];
  columns: Seen<LeaseColumns>;
  growth: GrowthWatch;
  /** The run directory. */
  directory: string;
  signal: AbortSignal;
}

/**
 * Reads the changes of the lease tables from the binary log of each node that has one. Never throws. Undefined where
 * none has one.
 */
export async function collectCommits(
  request: CommitHistoryRequest,
): Promise<CommitHistoryEvidence | undefined> {
  const { nodes, columns } = request;
  if (nodes.every(({ commitLog }) => commitLog === undefined)) return undefined;
  const read = nodes.map(async (node): Promise<NodeCommits> => {
    const serverId = node.commitLog?.serverId ?? 0;
    const ended = node.running?.ending !== undefined;
    return {
      ...{ name: node.name, serverId },
      ...(ended ? { ended } : {}),
      changes: await changesOf(node, columns, request),
    };
  });
  return { nodes: await Promise.all(read) };
}

async function changesOf(
  { name: node, commitLog }: StartedNode,
  columns: Seen<LeaseColumns>,
  { directory, growth, signal }: CommitHistoryRequest,
): Promise<NodeCommits['changes']> {
  if (commitLog === undefined) return { absent: 'it has no binary log' };
  if (!('seen' in columns)) return columns;
  const timeoutMs = LOG_MS;
  return attempt(
    async (cut) => {
      mkdirSync(join(directory, COMMIT_HISTORY), { recursive: true });
      const name = `${COMMIT_HISTORY}/${node}.jsonl`;
      const writer = new CommitFileWriter(join(directory, name), name, columns.seen);
      const cutOff: string[] = [];
      const files = growth.filesOf(node);
      try {
        for (const [index, path] of files.entries()) {
          const file = index + 1;
          const changes = new PrintedChanges(({ serverId, end, changes: all }) => {
            const { afterUs, byUs } = growth.writtenBetween(node, file, end) ?? NOBODY_SAW;
            writer.append(all.map((change) => ({ file, end, afterUs, byUs, serverId, change })));
          });
          const complaint = await commitLog.print(path, (line) => changes.line(line), cut);
          if (complaint !== undefined) cutOff.push(`file ${file}: ${complaint}`);
        }
      } catch (error) {
        writer.abandon();
        throw error;
      }
      return { ...writer.close(), files: files.length, ...(cutOff.length === 0 ? {} : { cutOff }) };
    },
    { timeoutMs, signal },
  );
}

const NOBODY_SAW = { afterUs: null, byUs: null };
