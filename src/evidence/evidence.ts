import { z } from 'zod';
import { TRANSPORTS } from '../results/transport-names.js';
import { commitHistorySchema } from './commits/evidence.js';
import { faultsSchema } from './faults.js';
import { resourcesSchema } from './resource-model.js';
import { systemSchema } from './system.js';

/**
 * A node, server or proxy that ended unasked. Evidence of earlier versions lacks whether a signal or an exit code ended it.
 */
const deathSchema = z.object({
  kind: z.enum(['node', 'server', 'proxy']),
  name: z.string(),
  atUs: z.number(),
  /** As in `Ending`. */
  signal: z.string().optional(),
  exitCode: z.number().optional(),
  /** The exit code or the signal, in words. */
  how: z.string(),
  /** The node or proxy whose death caused this one: a server ends when it loses its database. */
  after: z.string().optional(),
  /** The fault of the scenario that caused it, by its place in the list of faults. */
  fault: z.number().optional(),
  /** The last lines of its log. */
  lastLines: z.array(z.string()).readonly(),
});
export type Death = z.output<typeof deathSchema>;

/** `socket` says whose socket it is: `harness dhcp4 server-1` or `kea dhcp4 server-1`. */
const dropsSchema = z.object({ socket: z.string(), drops: z.number() });
export type SocketDrops = z.output<typeof dropsSchema>;

const errorsSchema = z.object({ socket: z.string(), errors: z.number() });
export type SocketErrors = z.output<typeof errorsSchema>;

const offeredSchema = z.object({
  case: z.string(),
  /** First attempts that the schedule contains. */
  plannedStarts: z.number(),
  /** From the first planned start to the last, microseconds. */
  plannedDurationUs: z.number(),
});
const transportSchema = z.object({
  name: z.enum(TRANSPORTS),
  /** Why it is not the best there is; absent where it is, or where it was asked for. */
  instead: z.string().optional(),
  /** What this machine lacks for it to be as exact as it could be. */
  lacking: z.string().optional(),
  /** When the machine's clock was set during the load, and by how many microseconds forward. */
  clockSteps: z.array(z.object({ atUs: z.number(), byUs: z.number() })).readonly(),
});

export type OfferedLoad = z.output<typeof offeredSchema>;

/**
 * What the judgement needs besides the observations. The run directory holds it as `evidence.json`.
 * Times are microseconds since the run's start, as in the observations.
 */
export const evidenceSchema = z.object({
  schemaVersion: z.literal(1),
  /** UTC. */
  finishedAt: z.iso.datetime(),
  /** The signal that ended the run early, or null. */
  interruptedBy: z.enum(['SIGINT', 'SIGTERM', 'SIGHUP']).nullable(),
  /** An error of the harness or its surroundings that ended the load early, such as a full disk; or null. */
  endedEarly: z.object({ code: z.string(), message: z.string() }).nullable(),
  /**
   * Nodes, servers and proxies that ended although nobody asked them to. Those that ended because of another one's death
   * follow it in the list.
   */
  deaths: z.array(deathSchema).readonly(),
  /**
   * Datagrams that the kernel dropped at each socket because its buffer was full, both the harness's and the servers'
   * sockets.
   */
  drops: z.array(dropsSchema).readonly(),
  /** Datagrams that the kernel refused to send from the harness's sockets; absent where they were not counted. */
  sendErrors: z.array(errorsSchema).readonly().optional(),
  /**
   * The acts that the clients of each case were due to do: how often each was due, and how often no client could do
   * it. An act that was never due is left out.
   */
  acts: z
    .array(z.object({ case: z.string(), act: z.string(), due: z.number(), missed: z.number() }))
    .readonly()
    .optional(),
  /** How datagrams left and arrived; absent where the harness did not make the load. */
  transport: transportSchema.optional(),
  /** How many observations the journal was given; absent where the source has no journal. */
  observations: z.number().optional(),
  /** SHA-256 of the journal, as far as a reader reads it; absent where there is none, and in runs of earlier versions. */
  journalDigests: z
    .object({ whole: z.string(), spots: z.string(), beginnings: z.record(z.string(), z.string()) })
    .optional(),
  /** What the scenario did to nodes and servers; absent for a run without faults. */
  faults: faultsSchema.optional(),
  /** The load that the schedule contains for each case. */
  offered: z.array(offeredSchema).readonly(),
  /** The CPU time and memory that the load took; absent where the harness did not make the load. */
  resources: resourcesSchema.optional(),
  /** What nodes and servers said before and after the load; absent where they can't be asked, as in an import. */
  system: systemSchema.optional(),
  /** The changes of the lease tables in between; absent where no node has a binary log that the harness reads. */
  commits: commitHistorySchema.optional(),
});
export type Evidence = z.output<typeof evidenceSchema>;

/** The evidence of a source that has none. Checks that need evidence are then not made. */
export const NO_EVIDENCE: Evidence = {
  schemaVersion: 1,
  finishedAt: '',
  interruptedBy: null,
  endedEarly: null,
  deaths: [],
  drops: [],
  offered: [],
};
