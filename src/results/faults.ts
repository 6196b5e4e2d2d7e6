import { z } from 'zod';
import { countOf, later, milliseconds, whole, type Judged } from './registry/figure.js';

/** The schema of what faults did to a run. Times are milliseconds of the load, since its first client started. */

const time = z.number();
const ofFaults = { needsKeys: ['faults', 'randomFaults'] } as const;
const unpinned = 'null if the servers are not pinned to nodes';
const violation = { ...ofFaults, needs: 'committingLeases', violation: 'everywhere' } as const;

/** The figures of a case about the faults of its run. */
export const caseFaultsSchema = z.object({
  unavailableMs: milliseconds(
    'the longest time for which clients of a server asked without any of them getting a lease, while faults were active, and none of the server or its node',
    { ...ofFaults, listed: 'under faults of others without a lease for' },
  ),
  ownUnavailableMs: milliseconds('the same, while a fault of the server or its node was active', {
    ...ofFaults,
    listed: 'under faults of their own server or its node without a lease for',
  }),
  recoveredMs: milliseconds(
    'the longest time from the beginning of an undoing to the next lease of a server whose fault, or whose node’s, was undone; null if one gave none',
    { ...ofFaults, listed: 'served again after the undoing began within' },
  ),
  minorityCommits: countOf(
    whole.nullable(),
    `leases given through a node outside the primary component; ${unpinned}`,
    { ...violation, needsPinned: true },
  ),
  answersOnTheirWay: countOf(
    whole.nullable(),
    `leases in answers that came through a node outside the primary component, and were asked for before the node was seen there; ${unpinned}`,
    { ...ofFaults, needsPinned: true, listed: 'answers on their way at a cut' },
  ),
  renewalsOutside: countOf(
    whole.nullable(),
    `renewals that were asked for and answered through a node outside the primary component, as Kea may without its database; ${unpinned}`,
    { ...ofFaults, needsPinned: true, listed: 'renewals answered outside the primary component' },
  ),
  renewalsRefused: countOf(
    later(whole),
    'renewals of leases that their clients held, refused by a server that had no database; absent in results of earlier versions',
    { ...ofFaults, listed: 'renewals refused under faults' },
  ),
  lostLeases: countOf(
    whole.nullable(),
    'acknowledged leases that some node, at the end, has no live row of for their client; null if the lease tables could not be read or had not come to rest',
    violation,
  ),
});
export type CaseFaultFigures = z.output<typeof caseFaultsSchema>;

const places = z.array(whole).readonly();

const beforeSchema = whole
  .optional()
  .describe(
    'of lost leases that were given while no fault was active: the place of the first fault after that',
  );

/** Leases, with the faults that were active when they were given. */
const leasesSchema = z.object({
  total: whole.describe('all of them'),
  during: z
    .array(
      z.object({
        faults: places.describe('the places of the faults in the list, from 0; none if no fault was active'),
        before: beforeSchema,
        leases: whole.describe('how many'),
      }),
    )
    .describe('how many were given under which faults'),
  leases: z
    .array(
      z.object({
        case: z.string().describe('the kind of exchange'),
        lease: z.string().describe('an address or a prefix'),
        clients: z.array(whole).readonly().describe('the clients that were told of it, by their numbers'),
        servers: z.array(z.string()).readonly().describe('the servers that gave it to them'),
        nodes: z
          .array(z.string())
          .readonly()
          .optional()
          .describe('of a lost lease: the nodes that have no live row of it for its client'),
        atMs: time.describe('when it was given, and given again if it was'),
        during: places.describe('the places of the faults that were active then'),
        before: beforeSchema,
      }),
    )
    .describe('up to a hundred of them, in the order in which they were given'),
});
export type FaultLeases = z.output<typeof leasesSchema>;

const faultSchema = z.object({
  fault: z.string().describe('the kind of fault, such as kill'),
  on: z.string().describe('the node, server or links, as the scenario names them'),
  targets: z
    .array(z.string())
    .describe('each node or server that it was done to; for a fault of links each that lacked another'),
  hadEnded: z
    .array(z.string())
    .readonly()
    .optional()
    .describe('those that had ended before, so that there was nothing to end; absent if none had'),
  planned: z
    .object({
      at: z.string().describe('when it was due'),
      undo: z.string().describe('when its undoing was due'),
    })
    .describe('in seconds of the load, or in exchanges'),
  beganAtMs: time.nullable().describe('when it was begun; null if it was never due'),
  doneAtMs: time.nullable().describe('when it had taken place'),
  undoBeganAtMs: time.nullable().describe('when its undoing was begun'),
  undoneAtMs: time
    .nullable()
    .describe(
      'when its undoing was complete: the node was in the cluster again, the server answered again; for a fault of links, messages passed again',
    ),
  failed: z.string().optional().describe('why it could not be done or undone'),
  met: z
    .array(
      z.object({
        from: z.string().describe('the machine that sent'),
        to: z.string().describe('the machine that it sent to'),
        packets: whole.describe('packets of this direction'),
        dropped: whole.describe('those of them that were dropped'),
        affected: whole
          .optional()
          .describe('those that anything was done to; absent where that is the same as `dropped`'),
      }),
    )
    .optional()
    .describe('of a fault of links: what it met in each direction; absent if nobody counted'),
  servers: z
    .array(
      z.object({
        server: z.string().describe('such as dhcp4 server-1'),
        leases: whole.describe('leases that it gave from the fault until the undoing was begun'),
        asked: later(whole).describe(
          'attempts to get a lease from it that began in that time; absent in results of earlier versions',
        ),
        served: later(whole).describe('of these, attempts that got one in time'),
        firstInVainMs: later(time.nullable()).describe(
          'from the beginning of the fault to the beginning of the first attempt that was refused or not answered; null if there was none',
        ),
        longestGapMs: time
          .nullable()
          .describe(
            'the longest time for which its clients asked without any of them getting a lease, from the fault until its effects were over; null if nobody asked',
          ),
        longestGapFromMs: later(time.nullable()).describe(
          'when that time began; absent in results of earlier versions',
        ),
        firstLeaseAfterMs: time
          .nullable()
          .describe('from the beginning of the undoing to its next lease; null if it gave none'),
      }),
    )
    .describe('what the clients of each server saw'),
});
export type FaultFigures = z.output<typeof faultSchema>;

const servedSchema = z.object({
  server: z.string().describe('such as dhcp4 server-1'),
  bucketMs: z.int().min(1).describe('length of a bucket; the first begins with the load'),
  asked: z.array(whole).describe('attempts to get a lease from it that began in the bucket'),
  served: z.array(whole).describe('of these, attempts that got one in time'),
});
/** How many clients a server served, in buckets of equal length. */
export type ServedOverTime = z.output<typeof servedSchema>;

const passed = {
  messages: whole.describe('messages that were to pass while a fault was active'),
  lost: whole.describe('of these, messages that were lost'),
  doubled: whole.describe('messages that came twice'),
  late: whole.describe('messages that were delayed, or held back'),
};

export const faultsSchema = z.object({
  loadBeganAtMs: later(time.nullable()).describe(
    "when the load began, since the run's start, from which the series of the cases count; null if it did not",
  ),
  faults: z.array(faultSchema).describe('what was done to nodes and servers'),
  nodes: z
    .array(
      z.object({
        node: z.string().describe('such as node-1'),
        atMs: time.describe('when it was first seen in this state'),
        status: z
          .string()
          .describe('as wsrep_cluster_status says; serving: without replication; silent: it does not answer'),
        state: z.string().describe('as wsrep_local_state_comment says'),
        size: whole.nullable().describe('as wsrep_cluster_size says'),
        members: z
          .array(z.string())
          .readonly()
          .optional()
          .describe('the nodes in its view of the cluster; absent if it says nothing of them'),
      }),
    )
    .describe('each change of the state of a node during the load'),
  ended: z
    .array(
      z.object({
        server: z.string().describe('the server'),
        atMs: time.describe('when it ended'),
        how: z.string().describe('exit code'),
        fault: whole.describe('the place of the fault in the list, from 0'),
      }),
    )
    .describe('servers that ended, as their settings say, because a fault took their database away'),
  lostDatabases: later(
    z.array(
      z.object({
        server: z.string().describe('the server'),
        atMs: time.describe('when it noticed that it had lost its connection with the database'),
        backAtMs: time.nullable().describe('when it had one again; null if it never had'),
        failedAttempts: whole.describe('attempts to connect again that failed in between'),
      }),
    ),
  ).describe("what the servers' logs say of their databases; absent in results of earlier versions"),
  clientLinks: later(
    z.array(
      z.object({
        server: z.string().describe('such as dhcp4 server-1'),
        toServer: z.object(passed).describe('messages of clients to the server'),
        toClients: z.object(passed).describe('messages of the server to clients'),
      }),
    ),
  ).describe(
    'what faults did to messages between clients and servers, in the relay of the harness; absent in results of earlier versions',
  ),
  lost: leasesSchema
    .optional()
    .describe('acknowledged leases that some node, at the end, has no live row of for their client'),
  heldByTwo: leasesSchema
    .optional()
    .describe('leases that two clients held at once, or inside the prefix of another client'),
  served: later(z.array(servedSchema)).describe(
    'the clients that each server served over time; absent in results of earlier versions',
  ),
});
export type FaultsResult = z.output<typeof faultsSchema>;
/** What faults did to a run, as its judgement says. */
export type FaultsJudgement = Judged<typeof faultsSchema>;
/** What the clients of one server saw of one fault. */
export type ServerDuringFault = FaultsJudgement['faults'][number]['servers'][number];
