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

/** The command under which yargs prints its own completion scripts. The harness ships its own, see `completion`. */
const YARGS_SCRIPT = 'yargs-completion';

const EPILOGUE =
  `Exit codes: ${EXIT.pass} pass, ${EXIT.fail} fail, ${EXIT.inconclusive} inconclusive, ${EXIT.regression} worse than ` +
  `the baseline, ${EXIT.notReproduced} not reproduced, ${EXIT.usage} the command line or a scenario is wrong, ${EXIT.prerequisite} something is missing, ` +
  `${EXIT.internal} a defect, ${EXIT.interrupted} interrupted, ${EXIT.terminated} terminated.\n` +
  'Each command has a --help with examples; docs/ has the rest.';

/**
 * The whole command line. `parseAsync` of the returned parser executes the command.
 *
 * @param given the words after the program's name
 * @throws HarnessError from `parseAsync`: USAGE, and the errors of the commands
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
      // `true`: this middleware runs before the options are converted.
      .middleware((argv) => requireNumbers(given, argv), true)
      .middleware((argv) => requireAllUnderstood(given, argv))
      .strict()
      .fail((message: string | null, error: Error | undefined) => {
        // An objection of yargs comes as a message, or as an error named YError.
        if (error !== undefined && error.name !== 'YError') throw error;
        throw new HarnessError('USAGE', message ?? error?.message ?? '', {
          hint: '--help lists commands and options',
        });
      })
  );
}

type Completed = (words: string[]) => void;

/**
 * The completion function for yargs. Its four parameters tell yargs which callback form it uses. It offers options
 * only after a leading dash.
 */
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
