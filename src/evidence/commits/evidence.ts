import { z } from 'zod';
import { leaseTable, seen } from '../system.js';

const nodeCommits = z.object({
  /** For example `node-1`. */
  name: z.string(),
  /** Its number in the changes that were made through it. */
  serverId: z.number(),
  /** True for a node that had ended when its log was read; its log may lack the last changes. */
  ended: z.boolean().optional(),
  /** Where the changes are; `commit-file.ts` defines the format. */
  changes: seen(
    leaseTable.extend({
      /** What the program that prints the log complained of, where a file of the log ends before its time. */
      cutOff: z.array(z.string()).readonly().optional(),
      /** How many files the log has: one for each start of the node. Absent in runs of earlier versions. */
      files: z.number().optional(),
    }),
  ),
});
export type NodeCommits = z.output<typeof nodeCommits>;

/** What the binary logs of the nodes say of the lease tables: the part of `evidence.json` that the commit history uses. */
export const commitHistorySchema = z.object({ nodes: z.array(nodeCommits).readonly() });
export type CommitHistoryEvidence = z.output<typeof commitHistorySchema>;
