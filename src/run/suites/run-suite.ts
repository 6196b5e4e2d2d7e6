import { basename, join } from 'node:path';
import { EXIT, worstExitCode } from '../../errors.js';
import type { LoadedScenario } from '../../scenario/load.js';
import { describedRun } from '../../scenario/language/load-text.js';
import type { Requested } from '../../scenario/requested.js';
import { compareFinished } from '../../compare/stored/after-run.js';
import { concludeSuite, storeSuite } from '../../suite/finish-suite.js';
import type { RunContext } from '../run-context.js';
import { directoryOfTry, lastOf, makeTries, toldTries } from './tries.js';
import { RatedRuns } from '../../limit/rated.js';
import { planSuite } from './planned-runs.js';
import { makeReportDirectory } from '../../store/report-directory.js';
import type { Suite, SuiteRun } from '../../report/suite-result.js';
import { countedCode, suiteOf, type OneRun } from './suite.js';

export interface RunSuiteRequest extends RunContext {
  /** One suite, or several scenarios and suites, which then form one suite. */
  requested: readonly Requested[];
  /** The name of a suite formed of several. */
  name: string;
  /** How often each scenario is run. */
  repeat: number;
  out: string | undefined;
  /** Whether a run that passes but is not comparable is only named, and does not change the exit code. */
  isNotComparableNamed: boolean;
  /** How often an inconclusive run is made again; repetitions never are. */
  retries: number;
  /** Makes one try of a run and reports it. An error of the run is printed and returned, not thrown. */
  runOne: (of: RunToMake) => Promise<OneRun>;
}

export interface RunToMake {
  loaded: LoadedScenario;
  /** The run's name in the suite. */
  name: string;
  /** The number of the try, from 1. */
  number: number;
  directory: string;
}

/**
 * Makes the runs one after the other. A run that fails does not stop the others. Writes `suite.json` and the suite's
 * reports beside the run directories, and prints the runs side by side.
 *
 * @returns the worst exit code of the runs and of their comparison with baselines
 */
export async function runSuite({
  requested,
  name: nameOfSeveral,
  repeat,
  compareWith,
  out,
  inconclusive,
  progress,
  interruption,
  tell,
  verbosity,
  isNotComparableNamed,
  retries,
  runOne,
}: RunSuiteRequest): Promise<number> {
  const startedAt = new Date();
  const {
    name: suiteName,
    description,
    runs: planned,
    maxNoAnswer,
    leftOut = [],
  } = planSuite(requested, nameOfSeveral, repeat);
  const rated = maxNoAnswer === undefined ? undefined : new RatedRuns(maxNoAnswer);
  const directory = makeReportDirectory(suiteName, out, startedAt);
  const toCome = planned.map(({ name, loaded }) => ({ run: name, scenario: loaded.scenario.name }));
  tell({ type: 'suite-started', suite: suiteName, directory, runs: toCome });
  const say = (text: string) => progress.say(text);
  if (leftOut.length > 0) say(`Left out, as they make no sense with these settings: ${leftOut.join(', ')}`);
  const runs: SuiteRun[] = [];
  for (const [index, planOfRun] of planned.entries()) {
    const { name, loaded, repetitionOf, table, column = name, onlyCase } = planOfRun;
    if (interruption.signal.aborted) break;
    const { name: scenario } = loaded.scenario;
    const described = describedRun(loaded.scenario, process.argv.slice(2));
    const number = `${index + 1} of ${planned.length}`;
    progress.say(`\n${number}: ${name === scenario ? '' : `${name}, `}${scenario}: ${described}`);
    const path = join(directory, name);
    const tries = await makeTries({
      // A rate that does not hold is an answer, so such a run is not made again.
      retries: repeat > 1 || rated !== undefined ? 0 : retries,
      interruption,
      say,
      make: (number) => runOne({ loaded, name, number, directory: directoryOfTry(path, number) }),
    });
    const last = lastOf(tries);
    const { result, failure = null } = last;
    const { outcome, exitCode: own } =
      rated && result ? rated.add(name, result, loaded.scenario.load, last) : last;
    const exitCode = countedCode({ outcome, exitCode: own }, isNotComparableNamed);
    const told = toldTries(tries, path);
    runs.push({
      name,
      scenario,
      ...(repetitionOf === undefined ? {} : { repetitionOf }),
      ...(table === undefined ? {} : { column }),
      directory: basename(directoryOfTry(path, tries.length)),
      verdict: result?.verdict ?? null,
      reproduction: result?.reproduction?.verdict ?? null,
      outcome,
      exitCode,
      failure,
      ...(told === undefined ? {} : { tries: told }),
    });
    table?.add(column, outcome, result, onlyCase);
  }
  const tables = [...new Set(planned.flatMap(({ table }) => table ?? []))].map(({ table }) => table);
  const { interrupted } = interruption;
  if (rated !== undefined)
    runs.sort((a, b) => (rated.rateOf(a.name) ?? Infinity) - (rated.rateOf(b.name) ?? Infinity) || 0);
  const limits = rated?.limits ?? [];
  const whole = suiteOf({ name: suiteName, description, startedAt, runs, tables, interrupted });
  const isNoneHeld = limits.some(({ highestPerServer }) => highestPerServer === null);
  const codes = [whole.exitCode, ...(isNoneHeld ? [EXIT.inconclusive] : [])];
  const made: Suite = {
    ...whole,
    exitCode: interrupted === undefined ? worstExitCode(codes) : whole.exitCode,
    ...(limits.length === 0 ? {} : { limits }),
  };
  storeSuite(directory, made);
  const isCompared = interrupted === undefined && runs.some(({ verdict }) => verdict !== null);
  const compared = isCompared && compareWith ? compareFinished(directory, compareWith, say) : undefined;
  const exitCode = compared === undefined ? made.exitCode : worstExitCode([made.exitCode, compared.exitCode]);
  const suite: Suite = { ...made, exitCode };
  const formats = planned.flatMap(({ loaded }) => loaded.scenario.reports);
  concludeSuite({
    suite,
    directory,
    formats,
    inconclusive,
    progress,
    quiet: verbosity === 'quiet',
    first: compared?.lines,
  });
  tell({ type: 'suite-ended', suite: suiteName, directory, exitCode: suite.exitCode });
  return suite.exitCode;
}
