import type { PhaseJudgement } from '../../results/phase.js';
import { PUBLISHED_REQUESTS } from './published.js';

/**
 * The share of a phase's requests that got no lease, here and in the article. With as many duplicates among fewer
 * answers, this share alone turns a third of duplicates into 49%.
 */

/** How many requests there were, and how many of them no answer gave a lease. */
export interface WithoutLease {
  requests: number;
  without: number;
  /** The share as shown to the reader, rounded to whole percent. */
  percent: string;
}

export interface WithoutLeaseShares {
  here: WithoutLease;
  published: WithoutLease;
  /** Whether the shares differ so much that the phase is only partly as published. */
  differ: boolean;
}

/**
 * Two shares of requests without a lease count as different if they are this many percentage points apart, or more.
 */
const OTHER_SHARE_POINTS = 10;

export function withoutLeaseShares(
  { requests, responses }: Pick<PhaseJudgement['firstAttempt'], 'requests' | 'responses'>,
  published: { responses: number },
): WithoutLeaseShares {
  const points = (all: number, answered: number) => (all === 0 ? 0 : (100 * (all - answered)) / all);
  const share = (all: number, answered: number): WithoutLease => ({
    requests: all,
    without: all - answered,
    percent: `${Math.round(points(all, answered))}%`,
  });
  const apart = points(requests, responses) - points(PUBLISHED_REQUESTS, published.responses);
  return {
    here: share(requests, responses),
    published: share(PUBLISHED_REQUESTS, published.responses),
    differ: Math.abs(apart) >= OTHER_SHARE_POINTS,
  };
}
