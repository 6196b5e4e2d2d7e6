import { resolve } from 'node:path';
import { isCrash } from '../crash.js';
import { EXIT, messageOf, worstExitCode } from '../errors.js';
import { meaningOf } from '../results/run-outcome.js';
import type { LoadedScenario } from '../scenario/load.js';
import { failureText } from '../terminal/failure.js';
import { compareFinished } from '../compare/stored/after-run.js';
import type { TellRunEvent } from './events/schema.js';
import type { Interrupted } from './interruption.js';
import { printRun, screen } from './print-run.js';
import type { RunContext } from './run-context.js';
import { runScenario } from './run-scenario.js';
import { withoutResult, type OneRun } from './suites/suite.js';

export interface RunAndReport extends RunContext {
  loaded: LoadedScenario;
  /** The run's name in the suite, or the scenario's name. */
  name: string;
  /** The number of the try, from 1; 1 by default. */
  number?: number;
  /** The command line that makes this run; by default that of this process. */
  argv?: readonly string[];
  out: string | undefined;
  inSuite: boolean;
  /** Whether a run is skipped, without an error, where this machine lacks something that it needs. */
  skipMissing: boolean;
}

/** Makes one run and prints its report. An error of the run is printed and returned, not thrown. */
export async function runAndReport({ name, number = 1, tell, ...request }: RunAndReport): Promise<OneRun> {
  const which = number === 1 ? {} : { try: number };
  const of = { run: name, scenario: request.loaded.scenario.name, ...which };
  tell({ type: 'run-started', ...of });
  const run = await outcomeOf(request, (event) => tell({ ...event, ...of }));
  const { result, outcome, exitCode, directory = null, failure = null } = run;
  const halves = { verdict: result?.verdict ?? null, reproduction: result?.reproduction?.verdict ?? null };
  tell({ type: 'run-ended', ...of, ...halves, outcome, exitCode, directory, failure });
  return run;
}

async function outcomeOf(
  {
    interruption,
    skipMissing,
    verbosity,
    compareWith,
    ...request
  }: Omit<RunAndReport, 'name' | 'number' | 'tell'>,
  tell: TellRunEvent,
): Promise<OneRun> {
  let kept: string | undefined;
  try {
    const { result, runDirectory } = await runScenario({
      argv: process.argv.slice(2),
      ...request,
      signal: interruption.signal,
      tell,
      tellKept: (text) => {
        kept = text;
      },
    });
    const isWhole = !interruption.signal.aborted;
    const say = (text: string) => request.progress.say(text);
    const compared = isWhole && compareWith ? compareFinished(runDirectory, compareWith, say) : undefined;
    const { columns, style } = screen();
    printRun(
      { result, runDirectory },
      {
        verbosity,
        inSuite: request.inSuite,
        before: compared?.lines(columns, style) ?? [],
        beside:
          compared?.exitCode === EXIT.regression
            ? ['The run is a REGRESSION against the baseline: the comparison above names each figure.']
            : [],
      },
    );
    const { outcome, exitCode: own } = result;
    const exitCode = compared === undefined ? own : worstExitCode([own, compared.exitCode]);
    const directory = resolve(runDirectory);
    return { result, outcome, exitCode, directory };
  } catch (error) {
    const { interrupted } = interruption;
    const run = withoutResult(error, { interrupted, skipMissing });
    if (run.outcome === 'skipped') request.progress.say(`skipped: ${messageOf(error)}`);
    else if (interrupted !== undefined) process.stderr.write(interruptedText(interrupted));
    else if (!isCrash(error)) process.stderr.write(failureText(error));
    return run;
  } finally {
    // Whoever asked for it reads what is still running last, below the report.
    if (kept !== undefined) request.progress.say(`\n${kept}`);
  }
}

/** The message for a run that was interrupted before there was anything to judge. */
function interruptedText({ message }: Interrupted): string {
  return `${meaningOf('interrupted').word}  ${message} before there was anything to judge\n  Run it again.\n`;
}
