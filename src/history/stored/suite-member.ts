import { isOfRate } from '../../report/rates/words.js';
import type { Suite, SuiteRun } from '../../report/suite-result.js';
import { limitsOf } from '../../suite/answer.js';
import type { LeanResult } from '../lean-result.js';
import type { FoundRun } from '../groups.js';

/** A run, as its suite tells of it. */
export interface SuiteMember {
  suite: Suite;
  run: SuiteRun;
}

/**
 * The name of a run whose settings a suite file states, such as `stress 200-dhcp4`; null for a run that is its scenario,
 * as in `run --all`, and for one of no suite.
 */
export function ownNameOf(member: SuiteMember | undefined): string | null {
  if (member === undefined) return null;
  const { suite, run } = member;
  const own = run.repetitionOf ?? run.name;
  if (run.column === undefined || own === run.scenario) return null;
  // Where more than one suite file was run at once, the name of the run begins with that of its file.
  const isOfOneFile = suite.name !== undefined && suite.tables.every((table) => table.suite === suite.name);
  return isOfOneFile ? `${suite.name} ${own}` : own;
}

/**
 * How the run ended. A rate of a suite with limits ended as its suite says, whatever its own checks can tell: that a rate
 * is too high is an answer.
 */
export function endOf(
  result: LeanResult,
  member: SuiteMember | undefined,
): Pick<FoundRun, 'outcome' | 'why'> {
  if (member === undefined || !isOfRate(member.run.outcome)) return { outcome: result.outcome, why: '' };
  const { suite, run } = member;
  const whys = limitsOf(suite)
    .flatMap(({ trials }) => trials.filter((trial) => trial.run === run.name && trial.outcome !== 'held'))
    .map(({ why }) => why);
  return { outcome: run.outcome, why: [...new Set(whys)].join('; ') };
}
