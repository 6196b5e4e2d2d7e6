import { EXIT, HarnessError, messageOf, worstExitCode } from '../../errors.js';
import type { Result } from '../../results/result.js';
import type { OutcomeAndCode } from '../../report/result/outcome.js';
import type { RunFailure, Suite, SuiteRun } from '../../report/suite-result.js';
import type { Interrupted } from '../interruption.js';

/** The outcome of one run, with its result. */
export interface OneRun extends OutcomeAndCode {
  /** Undefined where the run could not be made. */
  result: Result | undefined;
  /** Why it could not be made. */
  failure?: RunFailure;
  /** The run directory, as an absolute path; absent where the run could not be made. */
  directory?: string;
}

/** The outcome of a run that an error ended before there was anything to judge. An unforeseen error is INTERNAL. */
export function withoutResult(
  error: unknown,
  { interrupted, skipMissing }: { interrupted: Interrupted | undefined; skipMissing: boolean },
): OneRun {
  const result = undefined;
  if (interrupted !== undefined) {
    const { exitCode, message } = interrupted;
    return { result, outcome: 'interrupted', exitCode, failure: { code: 'INTERRUPTED', message } };
  }
  const { code, message, hint, exitCode } =
    error instanceof HarnessError
      ? error
      : new HarnessError('INTERNAL', messageOf(error), {
          hint: 'this is a defect of this program: please report it with the printed stack trace',
        });
  const failure = { code, message, ...(hint === undefined ? {} : { hint }) };
  return skipMissing && code === 'PREREQUISITE'
    ? { result, outcome: 'skipped', exitCode: EXIT.pass, failure }
    : { result, outcome: 'could not be run', exitCode, failure };
}

export interface SuiteFacts extends Pick<Suite, 'runs' | 'tables' | 'name' | 'description'> {
  startedAt: Date;
  /** The signal that ended the suite before its last run, if one did. */
  interrupted: Interrupted | undefined;
}

export function suiteOf({ name, description, startedAt, runs, tables, interrupted }: SuiteFacts): Suite {
  return {
    schemaVersion: 1,
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    argv: process.argv.slice(2),
    startedAt: startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    exitCode: interrupted?.exitCode ?? exitCodeOf(runs),
    runs,
    tables,
  };
}

/**
 * The exit code that a run adds to its suite's.
 *
 * @param isNotComparableNamed whether a run that passes but is not comparable is only named, and adds no exit code
 */
export function countedCode({ outcome, exitCode }: OutcomeAndCode, isNotComparableNamed: boolean): number {
  return isNotComparableNamed && outcome === 'not comparable' ? EXIT.pass : exitCode;
}

/** If every run was skipped, the suite has tested nothing, so its exit code is that of a missing prerequisite. */
function exitCodeOf(runs: readonly SuiteRun[]): number {
  if (runs.length > 0 && runs.every(({ outcome }) => outcome === 'skipped')) return EXIT.prerequisite;
  return worstExitCode(runs.map((run) => run.exitCode));
}

/** A name for each run's directory. The names differ also where a scenario is run twice. */
export function runNames(scenarios: readonly string[]): string[] {
  return scenarios.map((name, index) => {
    const before = scenarios.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name}-${before + 1}`;
  });
}
