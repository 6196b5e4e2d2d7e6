import { CHECK_NAMES } from '../../../results/check-names.js';
import type { CaseResult } from '../../../results/case.js';
import type { Result } from '../../../results/result.js';
import { RECORDED_MEANINGS } from './recorded-meanings.js';
import { mostTelling } from './reason.js';
import { WITNESSES_SHOWN } from '../witness-text.js';

export const NOTHING = 'Nothing needs to be done.';

/**
 * What to do next after judging a capture or a log. It can't be run again, and nothing was written to a directory, so
 * the advice refers to the screen and to the JSON.
 */
export function nextOfRecorded(result: Result): string {
  if (result.outcome === 'pass') return unjudged(result);
  const first = mostTelling(result);
  const name = CHECK_NAMES.find((one) => one === first?.name);
  if (name === undefined) return whereWitnessesAre(result);
  const { look = '', open = '' } = RECORDED_MEANINGS[name] ?? {};
  if (first?.verdict === 'fail')
    return [look, whereWitnessesAre(result)].filter((text) => text !== '').join(' ');
  const own = result.cases.find((one) => one.name === first?.case);
  if (own === undefined || own.committingLeases > 0) return open;
  if (result.source?.kind === 'capture' && isUnanswered(own)) return unansweredText(own, result);
  return RECORDED_MEANINGS[name === 'load.answered' ? name : 'load.committed']?.open ?? open;
}

/** Where the reader finds the witnesses; empty without witnesses. */
function whereWitnessesAre({ cases }: Result): string {
  const count = cases.reduce(
    (sum, { witnesses, witnessesOmitted }) => sum + witnesses.length + witnessesOmitted,
    0,
  );
  if (count === 0) return '';
  if (count <= WITNESSES_SHOWN) return 'The witnesses are listed above, and in the output of `--json`.';
  return 'Some witnesses are listed above; `--verbose` lists more, and `--json` all that were kept.';
}

/** The advice for a case without any answer. Most likely the capture was made where no answers pass. */
function unansweredText({ name }: CaseResult, { cases }: Result): string {
  const whose = cases.every(isUnanswered) ? '' : ` for ${name}`;
  return `No answer was captured${whose}. If there were any, capture the answers too: on the servers, or where both directions pass.`;
}

function isUnanswered({ phases }: CaseResult): boolean {
  const isAsked = phases.some(({ allAttempts }) => (allAttempts?.requests ?? 0) > 0);
  return (
    isAsked &&
    phases.every(
      ({ allAttempts, outcomes, unmatched }) =>
        (allAttempts?.requests ?? 0) === outcomes.timeout && unmatched === 0,
    )
  );
}

/** What the reader may look into although no check judges it. */
function unjudged({ cases }: Result): string {
  const again = cases.some(({ declines }) => declines?.again !== undefined);
  const texts = [
    ...(again
      ? ['To judge declined leases, give the probation period of the servers with `--declined-for SECONDS`.']
      : []),
    ...(cases.some(({ witnesses }) => witnesses.length > 0)
      ? ['The witnesses violate no check. Check whether you know the servers that they name.']
      : []),
  ];
  return texts.length === 0 ? NOTHING : texts.join(' ');
}
