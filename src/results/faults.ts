import { z } from 'zod';
import { whole } from './registry/figure.js';

/** The schema of what faults did to a run. Times are milliseconds of the load, since its first client started. */

const time = z.number();

const faultSchema = z.object({
  fault: z.string().describe('the kind of fault, such as kill'),
  on: z.string().describe('the node or server, as the scenario names it'),
  targets: z.array(z.string()).describe('each node or server that it was done to'),
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
    .describe('when its undoing was complete: the node was in the cluster again, the server answered again'),
  failed: z.string().optional().describe('why it could not be done or undone'),
  servers: z
    .array(
      z.object({
        server: z.string().describe('such as dhcp4 server-1'),
        leases: whole.describe('leases that it gave from the fault until the undoing was begun'),
        longestGapMs: time
          .nullable()
          .describe(
            'the longest time without a lease from it, from the fault to its first lease after the undoing was begun; null if it gave none',
          ),
        firstLeaseAfterMs: time
          .nullable()
          .describe('from the beginning of the undoing to its next lease; null if it gave none'),
      }),
    )
    .describe('what the clients of each server saw'),
});
export type FaultFigures = z.output<typeof faultSchema>;

export const faultsSchema = z.object({
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
    .describe('servers that ended because a fault took their node away'),
});
export type FaultsResult = z.output<typeof faultsSchema>;
