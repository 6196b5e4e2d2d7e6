import type { Comparison } from './comparison.js';
import { isNotAsExpected, isOnlyCounts } from './outcome-words.js';
import { mustNotBe } from './sentences.js';
import { ownCommand } from '../tool.js';

/** What the reader does where runs of the baseline have no result. */
export const NEXT_OF_MISSING =
  'Run what has no result here, and compare again: nobody knows how it compares. The last section names it.';

/** What the reader of a comparison does next, in a sentence or two. Text between backticks is code. */
export function nextStep(one: Comparison): string {
  switch (one.outcome) {
    case 'no-regression':
      if (isNotAsExpected(one))
        return "Open the run's page: it names each check that does not hold. A comparison with such a baseline only says that it is no worse.";
      if (isOnlyCounts(one))
        return 'Run it again on a machine with CPU left: only then can percentages, latency and rate be compared.';
      return one.figures.some(({ word }) => word === 'better')
        ? `Nothing needs to be done. If the better figures are to count from now on: \`${ownCommand('baseline set RUN')}\`.`
        : 'Nothing needs to be done.';
    case 'not-comparable':
      return one.figures.length === 0
        ? `If the differences below are what you want to try, \`${ownCommand('compare RUN --anyway')}\` compares nevertheless.`
        : 'The reasons below say what is missing. Run it again when they are gone.';
    case 'regression':
      return nextOfRegression(one);
  }
}

function nextOfRegression({ verdict, figures, differences, run, baseline }: Comparison): string {
  const worse = figures.filter(({ word }) => word === 'regression');
  if (verdict.word === 'regression' || worse.some(mustNotBe))
    return "Open the run's page: it names each check that does not hold, with clients, servers and times. A busy machine is never to blame for these.";
  if (differences.length > 0)
    return 'Look at what differs below: it may be the cause. Change one thing at a time, and compare again.';
  if (baseline.kind === 'published')
    return "Open the run's page: it shows each figure beside the published one, and the premises.";
  if (run.runs === 1)
    return `One run may be off by chance. Repeat it with \`${ownCommand('run SCENARIO --repeat 5')}\`, and compare the medians.`;
  return `Medians of ${run.runs} runs differ, so chance is unlikely. Open the page of a run: it shows latency and rate over time, by server.`;
}
