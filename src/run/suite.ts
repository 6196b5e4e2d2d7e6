import { EXIT, worstExitCode } from '../errors.js';
import type { Interrupted } from './interruption.js';
import type { Result } from '../report/result.js';
import type { SideBySide } from '../report/side-by-side.js';

/** `suite.json`: several runs that belong together, each in a directory beside it. */
export interface Suite {
  schemaVersion: 1;
  startedAt: string;
  finishedAt: string;
  /** The worst of the runs'. */
  exitCode: number;
  runs: SuiteRun[];
  /** Of each suite file that was run: its runs side by side. */
  tables: SideBySide[];
}

export interface SuiteRun {
  /** In a suite file the run's own, else the scenario's, with a number where it is run again. */
  name: string;
  scenario: string;
  /** Beside `suite.json`. */
  directory: string;
  /** Null where the run could not be made. */
  verdict: Result['verdict'] | null;
  outcome: SuiteOutcome;
  exitCode: number;
}

/** In a suite, a negative control that fails has done what it is for, and one that does not has shown a blind harness. */
export type SuiteOutcome =
  'pass' | 'fail' | 'inconclusive' | 'control held' | 'control not held' | 'interrupted' | 'could not be run';

/** What came of one run. */
export interface OneRun {
  /** Undefined where the run could not be made. */
  result: Result | undefined;
  /** Of the run by itself, whatever its scenario expects. */
  ownExitCode: number;
  inSuite: Pick<SuiteRun, 'outcome' | 'exitCode'>;
}

export function outcomeInSuite(
  result: Pick<Result, 'verdict' | 'expectedVerdict' | 'exitCode'>,
): Pick<SuiteRun, 'outcome' | 'exitCode'> {
  const { verdict, expectedVerdict, exitCode } = result;
  const isVerdictsOwn = exitCode === EXIT[verdict];
  if (!isVerdictsOwn) {
    const isSignal = exitCode === EXIT.interrupted || exitCode === EXIT.terminated;
    return { outcome: isSignal ? 'interrupted' : 'could not be run', exitCode };
  }
  if (expectedVerdict !== 'fail' || verdict === 'inconclusive') return { outcome: verdict, exitCode };
  return verdict === 'fail'
    ? { outcome: 'control held', exitCode: EXIT.pass }
    : { outcome: 'control not held', exitCode: EXIT.fail };
}

/** @param interrupted the signal that ended the suite before its last run, if one did */
export function suiteOf(
  startedAt: Date,
  runs: SuiteRun[],
  tables: SideBySide[],
  interrupted: Interrupted | undefined,
): Suite {
  return {
    schemaVersion: 1,
    startedAt: startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    exitCode: interrupted?.exitCode ?? worstExitCode(runs.map((run) => run.exitCode)),
    runs,
    tables,
  };
}

/** A line a run, for the end of a suite. */
export function suiteLines({ runs }: Suite): string[] {
  const width = Math.max(...runs.map(({ name }) => name.length));
  return runs.map(
    ({ name, outcome, directory }) => `${name.padEnd(width)}  ${outcome.padEnd(16)}  ${directory}`,
  );
}

/** A name for each run's directory, distinct also where a scenario is run twice. */
export function runNames(scenarios: readonly string[]): string[] {
  return scenarios.map((name, index) => {
    const before = scenarios.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name}-${before + 1}`;
  });
}
