import { z } from 'zod';
import { identitySchema } from './audit.js';
import { whole } from './registry/figure.js';

/** The schema of the commit history: what became of the leases between the start of the load and its end. */

export const COMMIT_FINDING_KINDS = [
  'other-order',
  'replaced',
  'not-committed',
  'other-lifetime',
  'not-told',
] as const;
/**
 * - `other-order`: a node has another sequence of owners of a lease than the others
 * - `replaced`: a lease got another owner while the one before still had it
 * - `not-committed`: a server gave a lease, and its node had not committed that by then
 * - `other-lifetime`: a client was told another lifetime than was ever committed for it
 * - `not-told`: a lease was committed for a client that no answer told of it, although all its requests were answered
 */
export type CommitFindingKind = (typeof COMMIT_FINDING_KINDS)[number];

const ms = z.number();

const changeSchema = z.object({
  node: z.string().describe('in whose binary log it is'),
  through: z
    .string()
    .nullable()
    .describe('the node through which it was made; null if no node has the number'),
  kind: z.enum(['insert', 'update', 'delete']).describe('what became of the row'),
  afterUs: z
    .number()
    .nullable()
    .describe('it was written after this, microseconds since the run began; null where nobody saw it'),
  byUs: z.number().nullable().describe('and by then'),
  case: z
    .string()
    .nullable()
    .describe('whose client has the lease now; null where it is no client of the run'),
  client: whole.nullable().describe('the number of the client; null where it is no client of the run'),
  identity: identitySchema.nullable().describe('the identity in the row; null for a row without one'),
  state: whole.describe("Kea's lease state; 0: assigned"),
  expire: whole.nullable().describe('seconds since 1970'),
});
export type CommitChange = z.output<typeof changeSchema>;

const answerSchema = z.object({
  case: z.string().describe('of the client'),
  client: whole.describe('its number'),
  server: z.string().describe('that gave the lease'),
  fromUs: z.number().describe('when the answer came, microseconds since the run began'),
  untilUs: z.number().nullable().describe('until when the client held it; null for ever'),
});
export type CommitAnswer = z.output<typeof answerSchema>;

const findingSchema = z.object({
  kind: z.enum(COMMIT_FINDING_KINDS).describe('what is wrong'),
  lease: z.string().describe('the lease concerned'),
  detail: z.string().describe('what was expected and what was found, in words'),
  changes: z
    .array(changeSchema)
    .readonly()
    .describe('the changes of the lease on each node, in the order of its commits'),
  answers: z.array(answerSchema).readonly().describe('the answers that gave the lease to a client'),
});
export type CommitFinding = z.output<typeof findingSchema>;

const gapSchema = z.object({
  after: whole.describe('how many changes come before it'),
  changes: whole.describe('how many changes of the others it lacks'),
});

export const commitsSchema = z.object({
  shared: z.boolean().describe('whether all nodes must have the same history'),
  nodes: z
    .array(
      z.object({
        node: z.string().describe('its name'),
        changes: whole.nullable().describe('changes of leases in its binary log; null if it was not read'),
        notRead: z.string().optional().describe('why it was not read'),
        cutOff: z
          .array(z.string())
          .readonly()
          .optional()
          .describe('files of the log that end before their time'),
        gaps: z
          .array(gapSchema)
          .readonly()
          .describe('what a node lacks that was started again or ended early; nothing in a gap is judged'),
      }),
    )
    .readonly()
    .describe('what was read of each node'),
  changes: whole.describe('changes of leases in the history that the others are compared with'),
  leases: whole.describe('leases that they concern'),
  answers: whole.describe('leases that clients were given, each looked for in the histories'),
  resolutionMs: ms
    .nullable()
    .describe(
      'how exactly the times of commits are known: 99 of 100 at least so exactly; null without times',
    ),
  replicationMs: z
    .object({
      measured: whole.describe('how many commits were seen at both ends'),
      p50: ms.describe('half of them within'),
      p99: ms.describe('99 of 100 within'),
      max: ms.describe('all of them within'),
    })
    .nullable()
    .describe(
      'from the commit on the node through which it was made to that on another node, milliseconds; null without times',
    ),
  counts: z
    .partialRecord(z.enum(COMMIT_FINDING_KINDS), whole)
    .readonly()
    .describe('how many leases of each kind; a kind without any is left out'),
  findings: z.array(findingSchema).readonly().describe('the first of each kind'),
  omitted: whole.describe('findings that are not listed'),
});
export type CommitsJudgement = z.output<typeof commitsSchema>;
