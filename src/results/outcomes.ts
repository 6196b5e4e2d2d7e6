import { z } from 'zod';
import { countOf, told, whole } from './registry/figure.js';

/** How a transaction ended: exactly one outcome for each, final after the drain at the end. */
export const OUTCOMES = ['lease', 'nak', 'no-lease', 'partial', 'timeout', 'late', 'malformed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type Outcomes = Record<Outcome, number>;

/** What readers count: each outcome is one of these, so these add up to the requests. */
export const ANSWERED = {
  inTime: 'answered in time',
  late: 'answered late',
  refused: 'refused',
  unanswered: 'unanswered',
} as const;
export type Answered = keyof typeof ANSWERED;

/**
 * An answer that can't be read counts as none. So does a refusal after the timeout, whose outcome is `timeout`, because
 * the client had gone on.
 */
export const ANSWERED_OF: Readonly<Record<Outcome, Answered>> = {
  lease: 'inTime',
  nak: 'refused',
  'no-lease': 'refused',
  partial: 'refused',
  timeout: 'unanswered',
  late: 'late',
  malformed: 'unanswered',
};

const inPercent = { percentOf: 'requests' } as const;

export const outcomesSchema = z.object({
  lease: countOf(whole, 'transactions answered with a lease in time', inPercent),
  nak: countOf(told(whole, 'naks'), 'transactions answered with a NAK', inPercent),
  'no-lease': countOf(
    whole,
    'transactions answered with a status code or a zero lifetime instead of a lease',
    inPercent,
  ),
  partial: countOf(whole, 'transactions answered with one of the two leases asked for', inPercent),
  timeout: countOf(told(whole, 'requests'), 'transactions without an answer', inPercent),
  late: countOf(
    told(whole, 'times', 'timeouts'),
    'transactions answered with a lease after the timeout',
    inPercent,
  ),
  malformed: countOf(
    told(whole, 'strayAnswers'),
    "transactions answered with a message that can't be decoded",
    inPercent,
  ),
});
