import { z } from 'zod';
import { caseAuditSchema } from './audit.js';
import { verdictSchema } from './check.js';
import { exchangesSchema } from './exchanges.js';
import { caseFaultsSchema } from './faults.js';
import {
  count,
  countOf,
  later,
  milliseconds,
  phaseName,
  told,
  whole,
  type Judged,
} from './registry/figure.js';
import { latenessSchema } from './percentiles.js';
import { phaseSchema } from './phase.js';
import { publishedSchema } from './published.js';
import { seriesSchema } from './series.js';
import { witnessSchema } from './witness.js';

/** The schema of a case of a run. `docs/figures.md` defines the figures. */

const violation = { needs: 'committingLeases', violation: 'everywhere' } as const;

/** Two figures have this line together. */
const heldByTwo = {
  key: 'heldByTwo',
  meaning: 'leases held by two clients at once, or inside the prefix of another',
  title: 'Held by two clients at once',
  head: 'held by two',
  overview: { head: 'held by two', title: 'leases held by two clients at once in the last run' },
} as const;

const declinesSchema = z.object({
  declined: count('leases that their clients declined, counted when the DECLINE is sent'),
  reused: countOf(
    whole.nullable(),
    "answers that gave a declined lease during the lease's probation period; null if the period is not known",
    { needs: 'declines.declined', violation: 'everywhere' },
  ),
  again: z
    .object({
      count: whole.describe('such answers'),
      soonestMs: z
        .number()
        .min(0)
        .describe('how soon after the decline the first of them was asked for, milliseconds'),
    })
    .optional()
    .describe('if the probation period is not known: answers that gave a declined lease again'),
});

const renewalsSchema = z.object({
  judged: count('answers to clients that asked to prolong the lease they held'),
  notKept: count('of these, answers that refused or ended the lease, or gave another one', {
    percentOf: 'renewals',
    needs: 'renewals.judged',
    violation: 'everywhere',
  }),
  reachedDatabase: countOf(
    whole.nullable().optional(),
    'of these, those that reached the database: all but the answers that servers took from their cache, by their counters; null where these are not known, absent in results of earlier versions',
    { percentOf: 'renewals', listed: 'renewals that reached the database' },
  ),
});

const returnSchema = z.object({
  name: phaseName.describe('such as RELEASE or DECLINE-REPLY'),
  requests: whole.describe('transactions started, all attempts'),
  leases: whole.describe('leases that clients held, as far as is known, and gave back in them'),
});

/** A holding is possible if an answer came late, or none came to the request. */
const possiblyHeldSchema = z.object({
  leases: count(
    'leases with two holdings at the same time of which one or both are possible: their clients do not know of them. Two requests without an answer do not count',
    { listed: 'leases possibly held by two' },
  ),
  longestOverlapMs: milliseconds('for how long, at most, such two holdings overlapped during the run'),
});
export type PossiblyHeld = Judged<typeof possiblyHeldSchema>;

/** How the first messages of first attempts kept to their schedule. */
const scheduleSchema = z.object({
  starts: count('first attempts that were made', { percentOf: 'clients' }),
  firstStartUs: later(z.number().nullable()).describe(
    "when the first was sent, microseconds since the run's start; null without starts",
  ),
  durationUs: z.number().describe('from the first send to the last, in microseconds'),
  latenessP99Ms: z.number().min(0).nullable().describe('latenessMs.p99'),
  latenessMs: later(latenessSchema),
});

export const caseSchema = z.object({
  name: z.string().describe('such as dhcp4; in a capture with VLANs such as VLAN 10 dhcp4'),
  verdict: later(verdictSchema).describe(
    'the worst of the checks of this case and of source.complete; absent in results of earlier versions',
  ),
  servers: whole.describe('servers of the case'),
  clients: whole.describe('clients of all servers'),
  clientsWithLease: countOf(told(whole, 'holders'), 'clients that hold a lease at the end', {
    percentOf: 'clients',
    compared: [
      {
        worse: 'less',
        asPercentOf: 'clients',
        // Which clients are without a lease at the end is chance then.
        unless: 'clients give leases back',
        tolerance: {
          key: 'clientsWithLeasePercent',
          points: 1,
          meaning:
            'points fewer clients that hold a lease at the end; not compared where clients give leases back',
        },
      },
    ],
  }),
  clientsGaveBack: countOf(
    later(told(whole, 'holders')),
    'clients without a lease at the end that gave their last one back; absent in results of earlier versions',
    { percentOf: 'clients' },
  ),
  returns: later(z.array(returnSchema)).describe(
    'the phases in which clients give leases back; absent in results of earlier versions',
  ),
  committingLeases: count('answers that gave a lease in a committing phase, late and extra ones too'),
  heldConcurrently: count('leases that two clients held at the same time', {
    ...violation,
    history: [heldByTwo],
  }),
  overlappingLeases: count("leases inside another client's prefix at the same time", {
    ...violation,
    history: [heldByTwo],
  }),
  possiblyHeld: later(told(possiblyHeldSchema, 'times')).describe(
    'leases that one client held, and that a server may have given to another client that does not know of it; null if a log has no times; absent in results of earlier versions',
  ),
  perhapsDelegated: whole
    .optional()
    .describe(
      "leases inside another client's prefix that the holder of the prefix may have given out itself, as a router does",
    ),
  countedElsewhere: z
    .object({
      heldConcurrently: whole.describe('leases that two clients held at the same time'),
      overlappingLeases: whole.describe("leases inside another client's prefix"),
    })
    .optional()
    .describe('leases that also concern a client of another case, and are counted there'),
  declines: later(declinesSchema).describe('absent in results of earlier versions'),
  overtakenReturns: countOf(
    later(whole),
    'leases that a client gave back, and was given again while the first server might still deal with the RELEASE or DECLINE',
    { listed: 'leases given again before their RELEASE or DECLINE was dealt with' },
  ),
  renewals: later(renewalsSchema).describe(
    'whether clients keep their leases; absent in results of earlier versions',
  ),
  faults: caseFaultsSchema
    .optional()
    .describe('what faults did to the clients of the case; absent for a run without faults'),
  witnesses: z.array(witnessSchema).describe('the first ones; witnesses.jsonl has more'),
  witnessesOmitted: whole.describe('how many more were found'),
  phases: z.array(phaseSchema).describe('a phase and lease type each, in the order of the exchange'),
  exchanges: later(told(exchangesSchema)).describe('null if a capture or log does not tell it'),
  schedule: told(scheduleSchema, 'times', 'intendedTimes').describe(
    'first attempts of the first phase; null if a capture or log has no times',
  ),
  series: later(told(seriesSchema, 'times')).describe('null if a capture or log has no times'),
  audit: caseAuditSchema.nullable().describe('the audit of the lease tables; null where none was made'),
  published: publishedSchema
    .nullable()
    .describe('beside the published figures; null where they are not compared'),
});

export type CaseJudgement = Judged<typeof caseSchema>;
/** The figures of a case before the scenario judges them. */
export type CaseFigures = Omit<CaseJudgement, 'verdict' | 'published' | 'audit'>;
export type DeclineFigures = CaseJudgement['declines'];
export type ScheduleFigures = CaseJudgement['schedule'];
export type CaseResult = z.output<typeof caseSchema>;
