import { counted, number } from '../../numbers.js';
import type { CaseResult } from '../../results/case.js';
import { ANSWERED } from '../../results/outcomes.js';
import type { PhaseResult } from '../../results/phase.js';
import type { Result } from '../../results/result.js';
import { answeredCounts, ANSWERED_KINDS, type AnsweredCounts } from '../words/answered.js';
import { isFirstOfItsName } from '../words/phase-label.js';
import { wrap } from '../words/wrap.js';

export const ANSWERED_TITLE = 'Requests and their answers';

/** How the requests of one phase were answered, all attempts. */
export interface AnsweredRow {
  case: CaseResult;
  caseIndex: number;
  phase: PhaseResult;
  phaseIndex: number;
  requests: number;
  counts: AnsweredCounts;
}

/** One row for each case and phase with requests. Empty for a source that has answers only. */
export function answeredRows({ cases }: Pick<Result, 'cases'>): AnsweredRow[] {
  return cases.flatMap((one, caseIndex) =>
    one.phases.flatMap((phase, phaseIndex) => {
      const requests = phase.allAttempts?.requests ?? null;
      if (requests === null || requests === 0 || !isFirstOfItsName(phase, phaseIndex, one.phases)) return [];
      return [{ case: one, caseIndex, phase, phaseIndex, requests, counts: answeredCounts(phase) }];
    }),
  );
}

/**
 * Such as `dhcp4  REQUEST-ACK: 357 requests, 350 answered in time, 3 answered late, 2 refused, 2 unanswered`.
 *
 * @param all whether phases are told whose requests were all answered in time, or refused
 */
export function answeredLines(result: Pick<Result, 'cases'>, columns: number, all: boolean): string[] {
  return answeredRows(result)
    .filter(({ counts: { late, unanswered } }) => all || (late ?? 0) + (unanswered ?? 0) > 0)
    .flatMap(({ case: { name }, phase, requests, counts }) => {
      const parts = ANSWERED_KINDS.flatMap((kind) =>
        counts[kind] === null ? [] : [`${number(counts[kind])} ${ANSWERED[kind]}`],
      );
      return wrap(
        `${phase.name}: ${counted(requests, 'request', 'requests')}, ${parts.join(', ')}`,
        columns,
        name.length + 2,
        name,
      );
    });
}
