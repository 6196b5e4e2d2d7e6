import { z } from 'zod';
import type { Lacking, MetOnLink, PassedMessages, PassedOnLink } from '../faults/links.js';

/**
 * What was done to nodes and servers during a run, and what the nodes said of themselves meanwhile. Times are
 * microseconds on the run's clock.
 */

const faultSchema = z.object({
  /** The kind, such as `kill`. */
  fault: z.string(),
  /** As the scenario names it: `node-2`, `server-1`, `dhcp4 server-1`, `node-1, node-2 | node-3` for a fault of links. */
  on: z.string(),
  /** The nodes or servers that it was done to, as reports name them. */
  targets: z.array(z.string()).readonly(),
  /**
   * Of a fault of links: who lacked whom, by it alone, and by it together with those that were active when it began.
   * `targets` are all of them.
   */
  lacking: z
    .object({
      nodes: z.array(z.string()).readonly(),
      database: z.array(z.string()).readonly(),
      clients: z.array(z.string()).readonly(),
    })
    .optional() satisfies z.ZodType<Lacking | undefined>,
  /** Of a fault of links: for how long it holds messages back, milliseconds; absent where it holds none. */
  lateMs: z.number().optional(),
  /**
   * Those of them that had ended already when the fault was begun: there was nothing to end, and its undoing starts
   * them again. Absent where none had.
   */
  hadEnded: z.array(z.string()).readonly().optional(),
  /** When it was due, and when its undoing was: seconds of the load, or a count of exchanges. A fault of links is undone when messages pass again. */
  planned: z.object({ at: z.string(), undo: z.string() }),
  /** When it was begun, and when it had taken place; null where it never was. */
  beganAtUs: z.number().nullable(),
  doneAtUs: z.number().nullable(),
  /** When the undoing was begun, and when it was complete; null where it never was. */
  undoBeganAtUs: z.number().nullable(),
  undoneAtUs: z.number().nullable(),
  /** Of a fault of links: what it met in each direction; absent where nobody counted. */
  met: z
    .array(
      z.object({
        from: z.string(),
        to: z.string(),
        packets: z.int(),
        dropped: z.int(),
        affected: z.int().optional(),
      }),
    )
    .readonly()
    .optional() satisfies z.ZodType<readonly MetOnLink[] | undefined>,
  /** Why it could not be done or undone. */
  failed: z.string().optional(),
});
export type FaultEvidence = z.output<typeof faultSchema>;

const nodeStateSchema = z.object({
  node: z.string(),
  /** When the node was first and last seen in this state: the node was in it for all of this time. */
  atUs: z.number(),
  lastAtUs: z.number(),
  /**
   * `Primary`, `non-Primary` or `Disconnected`, as `wsrep_cluster_status` says; `serving` for a node without
   * replication; `silent` for a node that does not answer.
   */
  status: z.string(),
  /** As `wsrep_local_state_comment` says, such as `Synced`; empty where the node says nothing of it. */
  state: z.string(),
  /** As `wsrep_cluster_size` says; null where the node says nothing of it. */
  size: z.number().nullable(),
  /**
   * The number of the node's view of the cluster, as `wsrep_cluster_conf_id` says. Every change of the view gives a
   * new number, and two components may give the same. Absent where the node says nothing of it.
   */
  view: z.string().optional(),
  /**
   * The members of that view, sorted: the names of nodes, as far as `wsrep_incoming_addresses` can be matched with
   * them. Absent where the node says nothing of them.
   */
  members: z.array(z.string()).readonly().optional(),
});
export type NodeState = z.output<typeof nodeStateSchema>;

const lostDatabaseSchema = z.object({
  /** Such as `dhcp4 server-2`. */
  server: z.string(),
  /** When Kea noticed that it had lost its connection, and when it had one again; null where it never had. */
  lostAtUs: z.number(),
  backAtUs: z.number().nullable(),
  /** Attempts to connect again that failed in between. */
  failedAttempts: z.int(),
});
export type LostDatabase = z.output<typeof lostDatabaseSchema>;

const passedSchema = z.object({
  messages: z.int(),
  lost: z.int(),
  doubled: z.int(),
  late: z.int(),
}) satisfies z.ZodType<PassedMessages>;

const clientLinkSchema = z.object({
  server: z.string(),
  toServer: passedSchema,
  toClients: passedSchema,
}) satisfies z.ZodType<PassedOnLink>;

export const faultsSchema = z.object({
  /** When the first client started; null where none did. */
  loadBeganAtUs: z.number().nullable(),
  faults: z.array(faultSchema).readonly(),
  /** Each change of a node's state, in the order of time. The first of each node is from the start of the load. */
  nodeStates: z.array(nodeStateSchema).readonly(),
  /** What the servers' logs say of their connections with the database; absent in runs of earlier versions. */
  lostDatabases: z.array(lostDatabaseSchema).readonly().optional(),
  /**
   * What the harness itself did to messages between clients and servers, as faults asked for; absent where none did.
   */
  clientLinks: z.array(clientLinkSchema).readonly().optional(),
});
export type FaultsEvidence = z.output<typeof faultsSchema>;
