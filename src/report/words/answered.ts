import { UNANSWERED_PHASES } from '../../protocol/phases.js';
import { ANSWERED, ANSWERED_OF, OUTCOMES, type Answered } from '../../results/outcomes.js';
import type { PhaseResult } from '../../results/phase.js';
import { count } from './numbers.js';

export const ANSWERED_KINDS = Object.keys(ANSWERED) as Answered[];

const NEEDS_NO_ANSWER: ReadonlySet<string> = UNANSWERED_PHASES;

export type AnsweredCounts = Record<Answered, number | null>;

/**
 * How the requests of a phase were answered. The four add up to the requests. Null if the source does not tell it, as a
 * capture does not tell how long its clients waited. A request that no server answers, such as a DHCPv4 RELEASE, counts
 * as answered in time.
 */
export function answeredCounts({ name, outcomes }: Pick<PhaseResult, 'name' | 'outcomes'>): AnsweredCounts {
  const counts: AnsweredCounts = { inTime: null, late: null, refused: null, unanswered: null };
  for (const outcome of OUTCOMES) {
    const own = outcomes[outcome] ?? null;
    const kind = NEEDS_NO_ANSWER.has(name) ? 'inTime' : ANSWERED_OF[outcome];
    if (own !== null) counts[kind] = (counts[kind] ?? 0) + own;
  }
  return counts;
}

/** Such as `3 answered late, 1 unanswered`; empty where all requests were answered in time, or refused. */
export function missedText(phase: Pick<PhaseResult, 'name' | 'outcomes'>): string {
  const counts = answeredCounts(phase);
  return (['late', 'unanswered'] as const)
    .filter((kind) => (counts[kind] ?? 0) > 0)
    .map((kind) => `${count(counts[kind])} ${ANSWERED[kind]}`)
    .join(', ');
}
