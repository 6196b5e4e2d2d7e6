import { z } from 'zod';
import { identitySchema, rowsOnNodesSchema } from './audit.js';
import type { CheckName } from './check-names.js';
import { told, whole, type Judged } from './registry/figure.js';

/** The schema of a witness: the exchanges of clients that show a violation. */

/** The gravest first, but for the last one, which is of runs with faults. */
export const WITNESS_KINDS = [
  'held-concurrently',
  'overlapping',
  'wrong-client',
  'wrong-server',
  'declined-reused',
  'not-kept',
  'extra-answer',
  'possibly-held',
  'unanswered',
  'minority-commit',
] as const;
export type WitnessKind = (typeof WITNESS_KINDS)[number];

/** The checks whose failures witnesses show, with the kind that shows each. */
export const KIND_UNDER: Partial<Readonly<Record<CheckName, WitnessKind>>> = {
  'conformance.heldConcurrently': 'held-concurrently',
  'conformance.overlappingLeases': 'overlapping',
  'conformance.wrongClient': 'wrong-client',
  'conformance.wrongServer': 'wrong-server',
  'conformance.secondLease': 'extra-answer',
  'conformance.declinedReused': 'declined-reused',
  'conformance.leaseKept': 'not-kept',
  'load.lost': 'unanswered',
  'faults.minorityCommits': 'minority-commit',
};

/** The witnesses that show the failure of a check: of its case, or of all cases if it is about the whole run. */
export function witnessesUnder<One extends { kind: WitnessKind; case: string }>(
  { name, case: caseName }: { name: string; case: string },
  witnesses: readonly One[],
): One[] {
  const kind = (KIND_UNDER as Readonly<Record<string, WitnessKind>>)[name];
  return witnesses.filter((one) => one.kind === kind && (caseName === '' || one.case === caseName));
}

/** Attributes that two different clients may share. */
export const SHARED = ['hardware address', 'client identifier'] as const;
export type Shared = (typeof SHARED)[number];

const holderSchema = z.object({
  client: whole.describe('its number in its case'),
  caseIndex: whole
    .optional()
    .describe("index of the client's case, if it is another case than the one that lists the witness"),
  case: z.string().optional().describe('the name of that case'),
  identity: identitySchema.nullable().optional().describe('its identity, in hexadecimal'),
  network: z
    .string()
    .optional()
    .describe('the VLAN of the client, in a capture whose VLANs count as one network: `VLAN 100`'),
  server: z.string().describe('the server that the answer came from'),
  lease: z.string().describe('the lease that the client held'),
  // Without a holding this is the time of the answer, or for `unanswered` the time of the first sending. For
  // `not-kept` it is the time from the sending of the request to the answer.
  fromUs: told(z.number(), 'times').describe("since when, in microseconds since the run's start"),
  untilUs: told(z.number().nullable(), 'times').describe('until when; null: without end'),
  possible: z
    .enum(['late', 'unanswered'])
    .optional()
    .describe(
      'possibly-held: the client does not know that it holds the lease, because the answer came late, or there was none; absent for a holding that the client knows of',
    ),
});
export type Holder = Judged<typeof holderSchema>;

const heldSchema = z.object({
  lease: z.string().describe('an address or a prefix'),
  server: z.string().describe('the server that gave it first'),
  fromUs: z.number().describe("when that answer arrived, microseconds since the run's start"),
  last: z
    .object({ server: z.string().describe('its server'), atUs: z.number().describe('when it arrived') })
    .describe('the latest answer that gave or prolonged it'),
});
/** A lease that a client holds or held. */
export type HeldLease = z.output<typeof heldSchema>;

export const witnessSchema = z.object({
  kind: z.enum(WITNESS_KINDS).describe('what was seen'),
  phase: z
    .string()
    .nullable()
    .optional()
    .describe('the phase of a single exchange; null if the witness is about holdings'),
  lease: z.string().describe('the lease concerned; empty for unanswered'),
  otherLease: z
    .string()
    .nullable()
    .describe('overlapping: the prefix it lies in; extra-answer: the lease of the first answer'),
  holders: z.array(holderSchema).describe('the clients concerned'),
  shared: z
    .array(z.enum(SHARED))
    .optional()
    .describe(
      'identity fields that two of the clients share, so that they may be one machine; absent if none',
    ),
  held: z.array(heldSchema).readonly().optional().describe('not-kept: what the client held when it asked'),
  during: z
    .array(whole)
    .readonly()
    .optional()
    .describe(
      'the faults that were active when the lease was given, for the second time if it was given twice, by their places in the list of faults; absent in a run without faults',
    ),
  overlapMs: z
    .number()
    .min(0)
    .optional()
    .describe('possibly-held: for how long two of the holdings overlapped during the run, milliseconds'),
  rows: rowsOnNodesSchema.optional().describe('the rows of lease, then of otherLease, on every node'),
});
export type Witness = Judged<typeof witnessSchema>;
export type WitnessResult = z.output<typeof witnessSchema>;
