import { z } from 'zod';
import { LEASE_TYPES } from '../protocol/leases.js';
import { RENEWING_PHASES } from '../protocol/phases.js';
import {
  count,
  countOf,
  figure,
  later,
  percent,
  phaseName,
  ratio,
  scoped,
  told,
  whole,
  type Judged,
} from './registry/figure.js';
import { outcomesSchema } from './outcomes.js';
import { latencySchema } from './percentiles.js';

/** The schema of a phase of a case. `docs/figures.md` defines the figures. */

/** How many clients got how many leases. */
const sharingSchema = z.object({
  requests: countOf(told(whole, 'requests'), 'transactions started', { percentOf: 'clients' }),
  responses: count('N: first answers that carried a lease, in time or late', {
    percentOf: 'requests',
    compared: [
      {
        in: 'first',
        worse: 'less',
        asPercentOf: 'requests',
        tolerance: {
          key: 'firstPhase.responsesPercent',
          points: 2,
          meaning: 'points fewer first attempts that are offered a lease',
        },
      },
      {
        in: 'committing',
        worse: 'less',
        asPercentOf: 'requests',
        tolerance: {
          key: 'committing.responsesPercent',
          points: 20,
          meaning: 'points fewer first attempts that are given their lease at once, and not refused',
        },
      },
    ],
  }),
  distinctLeases: count('D: distinct leases in them', { percentOf: 'requests' }),
  duplicateLeases: count('d: leases given to two or more different clients', {
    needs: 'responses',
    violation: 'committing',
    history: [
      {
        key: 'committedDuplicates',
        meaning: 'duplicate leases of the second phase, first attempts',
        title: 'Second phase: duplicate leases',
        head: 'second phase dup',
        overview: {
          head: 'duplicate leases',
          title: 'duplicate leases in the second phase of the last run, all cases',
        },
        of: 'sum of committing',
      },
    ],
  }),
  duplicatePercent: percent('duplicate leases in percent of the answers, 100 d/N', {
    violation: 'committing',
    compared: [
      {
        in: 'first',
        worse: 'either',
        tolerance: {
          key: 'firstPhase.duplicatePercent',
          points: 3,
          meaning:
            'points, either way: the first phase must come out the same, whether that looks better or worse',
        },
      },
    ],
    history: [
      {
        key: 'offeredDuplicatePercent',
        meaning: 'duplicate leases of the first phase, 100 d/N',
        title: 'First phase: duplicates, %',
        head: 'dup %',
        overview: {
          head: 'duplicate offers %',
          title: 'first phase of the last run, 100 · d / N; the highest of its cases',
        },
        hint: 'first phase, 100 · d / N',
        of: 'offering',
      },
    ],
  }),
  appearancePercent: percent('duplicate leases in percent of the distinct ones, 100 d/D', {
    compared: [
      {
        in: 'first',
        worse: 'either',
        tolerance: {
          key: 'firstPhase.appearancePercent',
          points: 15,
          meaning: 'points, either way',
        },
      },
    ],
    history: [
      {
        key: 'offeredAppearancePercent',
        meaning: 'their appearance, 100 d/D',
        title: 'First phase: appearance, %',
        head: 'app %',
        hint: 'first phase, 100 · d / D',
        of: 'offering',
      },
    ],
  }),
  allocationsPerDistinctLease: ratio('allocations of duplicate leases, over D'),
  sharing: z.record(z.string(), whole).describe('leases given to exactly k different clients, by k'),
});

const refusalsSchema = z
  .object({
    reasons: z
      .array(
        z.object({
          reason: z.string().describe('NAK, the name of a DHCPv6 status code, or zero lifetime'),
          firstAttempt: whole.describe('how often in first attempts'),
          allAttempts: whole.describe('how often in all attempts'),
        }),
      )
      .describe('why, in timely first answers'),
    clients: count('clients refused in their first attempt', {
      percentOf: 'clients',
      history: [
        {
          key: 'refused',
          meaning: 'clients refused in their first attempt',
          title: 'Clients refused at first',
          head: 'refused',
          hint: 'clients refused in their first attempt',
          of: 'sum of all',
        },
      ],
    }),
    clientsServedLater: countOf(told(whole, 'attempts'), 'of these, given a lease in a later attempt', {
      percentOf: 'clients',
    }),
    servedLaterPercent: figure(
      later(told(z.number().min(0).nullable(), 'attempts')),
      'the same in percent of the refused clients; null if no client was refused',
      {
        unit: 'percent',
        listed: 'refused clients that got a lease later',
        compared: [
          {
            in: 'committing',
            worse: 'less',
            onlyWith: { path: 'refusals.clients', atLeast: 50 },
            tolerance: {
              key: 'servedLaterPercent',
              points: 10,
              meaning: 'points fewer of the refused clients that get a lease in a later attempt',
            },
          },
        ],
        history: [
          {
            key: 'servedLaterPercent',
            meaning: 'refused clients of the second phase that got a lease later, in percent of them',
            title: 'Second phase: refused clients served later, %',
            head: 'served later',
            hint: 'refused clients of the second phase that got a lease in a later attempt',
            of: 'committing',
          },
        ],
      },
    ),
  })
  .describe('answers without a lease');

const serverSchema = z.object({
  name: z.string().describe('of the server, such as server-1'),
  requests: told(whole, 'requests').describe('transactions started, all attempts'),
  responses: whole.describe('answers that carried a lease'),
  outcomes: outcomesSchema.describe('exactly one for each transaction'),
  latencyMs: told(latencySchema, 'times').describe('null if a capture or log has no times'),
});

/** A count that a source tells only if it shows answers that it did not expect. */
const stray = told(whole, 'strayAnswers');
const violation = {
  percentOf: 'requests',
  needs: 'allAttempts.responses',
  violation: 'everywhere',
} as const;

export const phaseSchema = z.object({
  name: phaseName.describe('such as DISCOVER-OFFER'),
  leaseType: z.enum(LEASE_TYPES).describe('what was counted; a prefix counts with its length'),
  committing: z.boolean().describe('whether an answer of this phase gives the client the lease'),
  firstAttempt: scoped(
    sharingSchema.describe("over each client's first attempt, as the article counts"),
    'firstAttempt',
  ),
  allAttempts: scoped(
    told(sharingSchema, 'attempts').describe(
      'the same over all attempts; null if a capture or log does not show which attempt is the first',
    ),
    'allAttempts',
  ),
  outcomes: scoped(
    outcomesSchema.describe('exactly one for each transaction, all attempts'),
    'allAttempts',
    'outcomes',
  ),
  firstAttemptOutcomes: scoped(
    outcomesSchema.describe('the same for first attempts'),
    'firstAttempt',
    'outcomes',
  ),
  withoutOffer: countOf(told(whole, 'requests'), 'clients whose first attempt ended before this phase', {
    listed: 'first attempts without an offer',
    percentOf: 'clients',
  }),
  refusals: refusalsSchema,
  extraAnswers: countOf(stray, 'answers beyond the first to the same transaction', {
    listed: 'extra answers',
    percentOf: 'requests',
  }),
  extraAnswersOtherLease: countOf(stray, 'of these, naming another lease than the first answer', {
    listed: 'extra answers with another lease',
    percentOf: 'requests',
  }),
  secondLeases: countOf(
    later(stray),
    'extra answers that leave a server committed to two leases for one request',
    violation,
  ),
  wrongClient: countOf(stray, 'answers with the identity of another client', {
    listed: 'answers with the identity of another client',
    percentOf: 'requests',
  }),
  wrongClientLeases: countOf(stray, 'of these, committing ones that gave a lease', violation),
  wrongServer: countOf(stray, 'answers from another server than the one asked, or that name another server', {
    listed: 'answers from another server than was asked',
    percentOf: 'requests',
  }),
  wrongServerLeases: countOf(later(stray), 'of these, committing ones that gave a lease', violation),
  unmatched: countOf(stray, 'answers to a transaction id that was never sent', {
    listed: 'answers to an unknown transaction id',
    percentOf: 'requests',
  }),
  substituted: count('first answers naming another lease than the offer', {
    listed: 'answers with another lease than the offer',
    // A client that renews has a lease, and asks for that one.
    listedUnlessIn: [...RENEWING_PHASES],
    percentOf: 'requests',
  }),
  latencyMs: told(latencySchema, 'times').describe('all attempts; null if a capture or log has no times'),
  perServer: z.array(serverSchema).describe('the same by server, all attempts'),
});

type Phase = Judged<typeof phaseSchema>;
export type PhaseJudgement = Phase;
export type SharingFigures = Phase['firstAttempt'];
export type Refusals = Phase['refusals'];
export type ServerFigures = Phase['perServer'][number];
export type PhaseResult = z.output<typeof phaseSchema>;
