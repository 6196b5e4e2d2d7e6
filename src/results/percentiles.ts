import { z } from 'zod';
import {
  figure,
  later,
  milliseconds,
  whole,
  type Compared,
  type InHistory,
  type Judged,
} from './registry/figure.js';

/** The ranks of durations: the name of each, and the share of the values that it covers. */
const RANKS = { p50: 'half', p90: '90%', p99: '99%', p999: '99.9%', max: 'all' } as const;
type Rank = keyof typeof RANKS;

/** What the entries of percentiles say, for one use of them. */
interface Use {
  /** The first part of the names, such as `latency`. */
  name: string;
  /** Whether the rank alone is a name too. */
  alias?: boolean;
  /** Such as `half of the answers came within`. */
  meaning: (share: string) => string;
  compared?: Partial<Record<Rank, readonly Compared[]>>;
  history?: Partial<Record<Rank, readonly InHistory[]>>;
}

/**
 * Percentiles in milliseconds, by nearest rank, of a histogram. Up to 2 ms they are exact, above at most 0.1% too long;
 * `max` is exact. Null without values.
 */
export function percentilesSchema({ name, alias, meaning, compared, history }: Use) {
  const rank = (rank: Rank) =>
    milliseconds(meaning(RANKS[rank]), {
      name: `${name}.${rank}`,
      ...(alias ? { alias: rank } : {}),
      ...(compared?.[rank] && { compared: compared[rank] }),
      ...(history?.[rank] && { history: history[rank] }),
    });
  return z.object({
    p50: rank('p50'),
    p90: rank('p90'),
    p99: rank('p99'),
    p999: later(rank('p999')),
    max: rank('max'),
  });
}

const HISTOGRAM =
  'milliseconds by nearest rank, of a histogram: up to 2 ms exact, above at most 0.1% too long';

const slower = (rank: Rank, ms: number): readonly Compared[] => [
  {
    in: 'message',
    worse: 'more',
    tolerance: {
      key: `latency.${rank}`,
      percent: 50,
      ms,
      meaning: `${RANKS[rank]} of the answers came within`,
    },
  },
];

/** The time from the intended sending to the answer, over transactions with an answer. */
export const latencySchema = percentilesSchema({
  name: 'latency',
  alias: true,
  meaning: (share) => `${share} of the answers came within`,
  compared: { p50: slower('p50', 5), p90: slower('p90', 10), p99: slower('p99', 20) },
  history: {
    p50: [
      {
        key: 'p50Ms',
        meaning: 'latency of the second phase',
        title: 'Second phase: median latency, ms',
        head: 'p50 ms',
        of: 'committing',
      },
    ],
    p99: [
      {
        key: 'p99Ms',
        meaning: 'the same, 99% of the answers',
        title: 'Second phase: p99 latency, ms',
        head: 'p99 ms',
        overview: { head: 'p99 ms', title: 'second phase of the last run; the longest of its cases' },
        of: 'committing',
      },
    ],
  },
})
  .extend({
    answered: figure(whole, 'transactions with an answer, which the latencies are of', {
      unit: 'count',
      name: 'latency.answered',
      percentOf: 'requests',
    }),
    timeouts: whole.describe('transactions without an answer, which are not in the percentiles'),
  })
  .describe(
    'milliseconds from the intended send time, over answered transactions, by nearest rank: up to 2 ms exact, ' +
      'above at most 0.1% too long',
  );

/** How late the harness itself made the starts. `latencyMs` includes it. */
export const latenessSchema = percentilesSchema({
  name: 'lateness',
  meaning: (share) =>
    share === 'all' ? 'all starts were late by at most' : `${share} of the starts were late by at most`,
}).describe(`how late the harness made the starts, which latencyMs includes; ${HISTOGRAM}`);

export type Percentiles = Judged<ReturnType<typeof percentilesSchema>>;
export type Latency = Judged<typeof latencySchema>;
