import { EXIT, worstExitCode } from '../errors.js';
import { isOfRate, perSecond } from '../report/rates/words.js';
import type { Suite, SuiteRun } from '../report/suite-result.js';
import { plural } from '../report/words/numbers.js';
import type { Result } from '../results/result.js';
import { meaningOf, type Outcome } from '../results/run-outcome.js';
import { limitsOf } from './answer.js';
import type { SuiteMember } from './headline.js';

/**
 * `suite.json` says how each run ended. The directory of a run may have changed since: its journal was cut, or another run was
 * put there. The suite's reports then must not keep what was said before.
 */

/** How a run is another one than its suite tells of, such as `inconclusive, not pass`. Undefined where both agree. */
export function whyOther(suite: Suite, run: SuiteRun, result: Result): string | undefined {
  if (result.scenario.name !== run.scenario)
    return `a run of ${result.scenario.name}, not of ${run.scenario}`;
  // The outcome of a rate is that of the suite alone, so its run has another. Its verdict is the same.
  const isSame =
    result.verdict === run.verdict &&
    (isOfRate(run.outcome) || meaningOf(result.outcome).light === meaningOf(run.outcome).light);
  if (!isSame) return `${result.outcome}, not ${isOfRate(run.outcome) ? (run.verdict ?? '') : run.outcome}`;
  return otherRate(suite, run, result);
}

/** A stored rate is rounded, and the mean of stages is computed: rates of a search are much farther apart. */
const ROUNDED = 0.01;

function otherRate(suite: Suite, { name }: SuiteRun, { cases }: Result): string | undefined {
  for (const limit of limitsOf(suite))
    for (const { ratePerServer } of limit.trials.filter(({ run }) => run === name))
      for (const wanted of limit.cases) {
        const its = cases.find((one) => one.name === wanted);
        if (its === undefined) return `without ${wanted}`;
        const offered = its.exchanges?.offeredPerServer ?? ratePerServer;
        if (Math.abs(offered - ratePerServer) > ratePerServer * ROUNDED)
          return `at ${perSecond(offered)}, not at ${perSecond(ratePerServer)}`;
      }
  return undefined;
}

/** The suite and its runs by what their directories hold now. The same where nothing differs. */
export function asFound(
  suite: Suite,
  members: readonly SuiteMember[],
): { suite: Suite; members: readonly SuiteMember[] } {
  if (members.every(({ other }) => other === undefined)) return { suite, members };
  const found = members.map((member) => {
    const { run, result, other } = member;
    if (other === undefined || result === undefined) return member;
    const outcome = outcomeOfOther(result);
    const exitCode = meaningOf(outcome).exitCode ?? EXIT.inconclusive;
    const { verdict, reproduction } = result;
    return {
      ...member,
      run: { ...run, verdict, reproduction: reproduction?.verdict ?? null, outcome, exitCode },
    };
  });
  const codes = found.filter(({ other }) => other !== undefined).map(({ run }) => run.exitCode);
  const exitCode = worstExitCode([suite.exitCode, ...codes]);
  return { suite: { ...suite, exitCode, runs: found.map(({ run }) => run) }, members: found };
}

/** A good outcome of another run says nothing about the suite. */
function outcomeOfOther({ outcome }: Result): Outcome {
  return meaningOf(outcome).light === 'good' ? 'inconclusive' : outcome;
}

const NAMED = 8;

/** Undefined where the directories hold the runs that the suite tells of. */
export function othersSentence(members: readonly SuiteMember[]): string | undefined {
  const told = members.flatMap(({ run, other }) => (other === undefined ? [] : [`${run.name} (${other})`]));
  if (told.length === 0) return undefined;
  const more = told.length > NAMED ? ` and ${told.length - NAMED} more` : '';
  return `suite.json tells of other runs than are there, in ${told.length} of ${plural(members.length, 'run')}: ${told.slice(0, NAMED).join(', ')}${more}. So its answer is not that of these runs.`;
}
