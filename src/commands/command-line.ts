import yargs, { type Argv } from 'yargs';
import { EXIT, HarnessError } from '../errors.js';
import { TOOL } from '../tool.js';
import { analyzeCommand } from './analyze.js';
import { requireAllUnderstood, requireNumbers } from './arguments.js';
import { baselineCommand } from './baseline.js';
import { cleanCommand } from './clean.js';
import { clusterCommand } from './cluster/cluster.js';
import { compareCommand } from './compare.js';
import { completionCommand } from './completion/completion.js';
import { completedValues } from './completion/values.js';
import { doctorCommand } from './doctor.js';
import { exportCommand } from './export.js';
import { findLimitCommand } from './find-limit.js';
import { reportCommand } from './report.js';
import { runCommand } from './run.js';
import { scenariosCommand } from './scenarios.js';
import { trendCommand } from './trend.js';

/** The name by which yargs prints scripts of its own; ours are those of `completion`. */
const YARGS_SCRIPT = 'yargs-completion';

const EPILOGUE =
  `Exit codes: ${EXIT.pass} pass, ${EXIT.fail} fail, ${EXIT.inconclusive} inconclusive, ${EXIT.regression} worse than ` +
  `the baseline, ${EXIT.notReproduced} not reproduced, ${EXIT.usage} the command line or a scenario is wrong, ${EXIT.prerequisite} something is missing, ` +
  `${EXIT.internal} a defect, ${EXIT.interrupted} interrupted, ${EXIT.terminated} terminated.\n` +
  'Each command has a --help with examples; docs/ has the rest.';

/**
 * The whole command line; `parseAsync` of it does what is asked for.
 *
 * @param given the words after the program's name
 * Errors, of `parseAsync`: USAGE, and those of the commands.
 */
export function commandLine(given: readonly string[]): Argv {
  return (
    yargs([...given])
      .scriptName(TOOL.name)
      .version(TOOL.version)
      .command(runCommand)
      .command(findLimitCommand)
      .command(analyzeCommand)
      .command(compareCommand)
      .command(baselineCommand)
      .command(reportCommand)
      .command(trendCommand)
      .command(exportCommand)
      .command(scenariosCommand)
      .command(clusterCommand)
      .command(doctorCommand)
      .command(cleanCommand)
      .command(completionCommand)
      .completion(YARGS_SCRIPT, false, completionOf(given))
      .epilogue(EPILOGUE)
      // Before the options take their values.
      .middleware((argv) => requireNumbers(given, argv), true)
      .middleware((argv) => requireAllUnderstood(given, argv))
      .strict()
      .fail((message: string | null, error: Error | undefined) => {
        // What yargs itself objects to comes as a message, or as an error of its own kind.
        if (error !== undefined && error.name !== 'YError') throw error;
        throw new HarnessError('USAGE', message ?? error?.message ?? '', {
          hint: '--help lists commands and options',
        });
      })
  );
}

type Completed = (words: string[]) => void;

/** For yargs, which tells by the number of parameters what it is given. Options are offered where one has been begun. */
function completionOf(given: readonly string[]) {
  return (
    current: string,
    _argv: unknown,
    byYargs: (done: (error: Error | null, words?: string[]) => void) => void,
    done: Completed,
  ) => {
    const completed = completedValues(given.slice(given.indexOf(TOOL.name) + 1));
    if (completed !== undefined) done(completed);
    else
      byYargs((_error, words = []) =>
        done(words.filter((word) => current.startsWith('-') || !word.startsWith('-'))),
      );
  };
}
