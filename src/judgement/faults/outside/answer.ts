import { RENEWING_PHASES } from '../../../protocol/phases.js';
import type { Answer } from '../../../observations/observation.js';
import { isIn, type Span } from '../span.js';

/** What an answer with a lease, which came while the server's node was outside the primary component, may be. */
export type OutsideAnswer =
  /** A lease that was committed there. */
  | 'commit'
  /** A renewal that was asked for there. Kea may answer it without its database. */
  | 'renewal'
  /** An answer whose request was sent before the node was seen there, so the commit may have come before too. */
  | 'on its way';

/**
 * @param spans when the server's node was for certain outside the primary component
 * @param requestedAtUs the first sending of the request; NaN where nobody knows
 * @returns undefined for an answer that did not come there, or where nobody knows when it was asked for
 */
export function outsideAnswer(
  spans: readonly Span[],
  { phase, receivedAtUs }: Pick<Answer, 'phase' | 'receivedAtUs'>,
  requestedAtUs: number,
): OutsideAnswer | undefined {
  // The request came after the cut, and its answer before the end of it: the commit lies in between.
  if (spans.some(({ fromUs, untilUs }) => fromUs <= requestedAtUs && receivedAtUs <= untilUs))
    return RENEWING_PHASES.has(phase) ? 'renewal' : 'commit';
  const its = spans.filter(({ fromUs, untilUs }) => fromUs <= receivedAtUs && receivedAtUs <= untilUs);
  const isBefore = its.some(({ fromUs }) => requestedAtUs < fromUs) && !isIn(spans, requestedAtUs);
  return isBefore ? 'on its way' : undefined;
}
