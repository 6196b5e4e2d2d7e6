import type { PhaseJudgement } from '../model.js';
import { PUBLISHED_REQUESTS } from '../published.js';

/**
 * The share of a phase's requests that got no lease, here and in the article. With as many duplicates among fewer answers,
 * that share alone makes 49% of what is a third.
 */

/** Of so many requests those that no answer gave a lease. */
export interface WithoutLease {
  requests: number;
  without: number;
  /** To be shown: rounded to whole points. */
  percent: string;
}

export interface WithoutLeaseShares {
  here: WithoutLease;
  published: WithoutLease;
  /** They differ by so much that the phase is as published in part only. */
  differ: boolean;
}

/** From here on, in points, two shares of requests without a lease are not the same. */
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
