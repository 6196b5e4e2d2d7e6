import { number } from '../../numbers.js';
import type { RunCause } from '../../results/causes.js';
import { CAUSE_IDS, explains, type CauseId } from '../../scenario/known-causes.js';
import type { Check } from '../../results/check.js';
import { evidenceOf, type ContextOf } from '../checks/known-failures.js';
import { explainedBy, silencesOf } from '../machine/silences.js';
import { CAUSES } from './index.js';
import type { Explanation, RunContext } from './run-context.js';

/**
 * The causes of the catalogue whose evidence is in a run, with what each explains. They change no verdict: a check that
 * fails has a cause beside it, and still fails.
 */
export function causesOf(run: RunContext, contextOf: ContextOf): RunCause[] {
  return CAUSE_IDS.flatMap((cause) =>
    [
      ...(CAUSES[cause].found?.(run) ?? []),
      ...run.checks.flatMap((check) => ofCheck(cause, check, contextOf)),
      ...ofSilence(cause, run),
    ].map((explanation) => ({ cause, title: CAUSES[cause].title, ...explanation })),
  );
}

/** A check that fails, or would fail if the scenario did not know of the cause. */
function ofCheck(cause: CauseId, check: Check, contextOf: ContextOf): Explanation[] {
  const isKnown = check.known?.cause === cause;
  if (!isKnown && (check.verdict !== 'fail' || !explains(cause, check.name))) return [];
  const text = evidenceOf(cause, check, contextOf);
  return text === undefined ? [] : [{ case: check.case, explains: check.name, text }];
}

function ofSilence(cause: CauseId, { cases, evidence, scenario }: RunContext): Explanation[] {
  return cases.flatMap(({ figures }) => {
    const silences = silencesOf(figures.name, evidence, scenario.load);
    return explainedBy(silences, figures.phases).flatMap((one) =>
      one.cause !== cause
        ? []
        : [
            {
              case: figures.name,
              explains: 'first.outcomes.timeout',
              text: `${number(one.unanswered)} ${one.kind.words}`,
            },
          ],
    );
  });
}
