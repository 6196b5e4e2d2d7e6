import yargs, { type Argv } from 'yargs';
import { EXIT, HarnessError } from '../errors.js';
import { nearest } from '../scenario/language/nearest.js';
import { ownCommand, TOOL } from '../tool.js';
import { requireAllUnderstood, requireNumbers } from './arguments.js';
import { commandsBelowComments } from './examples.js';
import { lazyCommand, type LazyCommand } from './lazy-command.js';
import { runCommand } from './run.js';
import { usageError } from './usage-error.js';

/** The command under which yargs prints its own completion scripts. The harness ships its own, see `completion`. */
const YARGS_SCRIPT = 'yargs-completion';

const EPILOGUE =
  `Exit codes: ${EXIT.pass} pass, ${EXIT.fail} fail, ${EXIT.inconclusive} inconclusive, ${EXIT.regression} worse than ` +
  `the baseline, ${EXIT.notReproduced} not reproduced, ${EXIT.usage} the command line or a scenario is wrong, ${EXIT.prerequisite} something is missing, ` +
  `${EXIT.internal} a defect, ${EXIT.interrupted} interrupted, ${EXIT.terminated} terminated.\n` +
  'Each command has a --help with examples; docs/ has the rest.';

/** All commands but `run`, whose options the help of the program shows. */
const COMMANDS: readonly LazyCommand[] = [
  lazyCommand(
    'find-limit [scenario]',
    'find the highest rate per server that is answered in time, and the whole curve up to it',
    async () => (await import('./find-limit.js')).findLimitCommand,
  ),
  lazyCommand(
    'analyze <source..>',
    'judge a stored run, perfdhcp logs, or a capture',
    async () => (await import('./analyze.js')).analyzeCommand,
  ),
  lazyCommand(
    'compare <run> [baseline]',
    'compare a run with another, a marked baseline, or the published figures; exit code 3 for a regression',
    async () => (await import('./compare.js')).compareCommand,
  ),
  lazyCommand(
    'baseline <command>',
    'mark, list, show or remove the baselines that later runs are compared with',
    async () => (await import('./baseline.js')).baselineCommand,
  ),
  lazyCommand(
    'report <run..>',
    'write the reports of stored runs: a page, JUnit, Markdown, a table of leases',
    async () => (await import('./report.js')).reportCommand,
  ),
  lazyCommand(
    'trend [dir]',
    'write the history of runs as a page',
    async () => (await import('./trend.js')).trendCommand,
  ),
  lazyCommand(
    'index [dir]',
    'write a page that lists everything in a directory, the newest first',
    async () => (await import('./list-runs.js')).indexCommand,
  ),
  lazyCommand(
    'export <run>',
    'write the journal of a run as CSV or JSON lines',
    async () => (await import('./export.js')).exportCommand,
  ),
  lazyCommand(
    'scenarios [name]',
    'list the scenarios and suites with a line each, or show one of them',
    async () => (await import('./scenarios.js')).scenariosCommand,
  ),
  lazyCommand(
    'cluster',
    'set up a cluster of your own, and check one that is up',
    async () => (await import('./cluster/cluster.js')).clusterCommand,
  ),
  lazyCommand(
    'doctor',
    'check the prerequisites, and show how to fix what is missing',
    async () => (await import('./doctor.js')).doctorCommand,
  ),
  lazyCommand(
    'clean',
    'end and remove what killed runs and --keep left; with --keep-last or --keep-days, remove old runs instead',
    async () => (await import('./clean.js')).cleanCommand,
  ),
  lazyCommand(
    'completion [shell]',
    'print a script for the completion of commands, scenarios and settings in your shell',
    async () => (await import('./completion/completion.js')).completionCommand,
  ),
];

/**
 * The whole command line. `parseAsync` of the returned parser executes the command.
 *
 * @param given the words after the program's name
 * @param name what the help calls the program; by default its name where it is installed
 * @throws HarnessError from `parseAsync`: USAGE, and the errors of the commands
 */
export async function commandLineFor(given: readonly string[], name: string = TOOL.name): Promise<Argv> {
  await refuseMistypedCommand(given[0] ?? '');
  // A command that is still to be loaded makes yargs go on later, where its objections reach the user as they are.
  await Promise.all(COMMANDS.filter((one) => given.includes(one.name)).map((command) => command.preload()));
  return commandLine(given, name);
}

/**
 * A first word that is no command is the name of a scenario. One that is no scenario either, and looks like a command, is
 * probably a command.
 *
 * @throws HarnessError USAGE
 */
async function refuseMistypedCommand(word: string): Promise<void> {
  const commands = ['run', ...COMMANDS.map(({ name }) => name)];
  const meant = /^[a-z-]+$/i.test(word) && !commands.includes(word) ? nearest(word, commands) : undefined;
  if (meant === undefined) return;
  const { scenarioNames, suiteNames } = await import('../scenario/catalogue.js');
  const names = [...scenarioNames(), ...suiteNames()];
  if (names.includes(word)) return;
  throw new HarnessError('USAGE', `there is no command or scenario ${word}; did you mean ${meant}?`, {
    hint: `${ownCommand('--help')} lists the commands, and ${ownCommand('scenarios')} the scenarios`,
  });
}

/** The same, with commands that are not loaded yet. */
export function commandLine(given: readonly string[], name: string = TOOL.name): Argv {
  const parser = yargs([...given]);
  const refusals = refusalsOf(parser);
  commandsBelowComments(parser, name);
  return (
    parser
      .scriptName(name)
      .version(TOOL.version)
      .command(runCommand)
      .command([...COMMANDS])
      .completion(YARGS_SCRIPT, false, completionOf(given))
      .epilogue(EPILOGUE)
      // `true`: this middleware runs before the options are converted.
      .middleware((argv) => requireNumbers(given, argv), true)
      .middleware((argv) => requireAllUnderstood(given, argv))
      .strict()
      // Its objections are translated into the words of this program, from English.
      .detectLocale(false)
      .fail((message: string | null, error: Error | undefined, usage: unknown) => {
        // An objection of yargs comes as a message, or as an error named YError.
        if (error !== undefined && error.name !== 'YError') throw error;
        const own = refusals.find((one) => one.message === error?.message);
        if (own !== undefined) throw own;
        throw usageError(message ?? error?.message ?? '', {
          given,
          usage: usageOf(given[0]),
          options: Object.keys((usage as Usage).getDescriptions()),
          commands: (usage as Usage).getCommands().map(([command]) => command.split(' ')[0] ?? ''),
        });
      })
  );
}

/** The errors that conversions of options throw: of these yargs keeps the message alone, without the hint. */
function refusalsOf(parser: Argv): readonly HarnessError[] {
  const refusals: HarnessError[] = [];
  type Convert = (value: unknown) => unknown;
  // Every option with a conversion comes through this method.
  const converting = parser as unknown as { coerce: (key: string, convert: Convert) => unknown };
  const coerce = converting.coerce.bind(parser);
  converting.coerce = (key, convert) =>
    coerce(key, (value) => {
      try {
        return convert(value);
      } catch (error) {
        if (error instanceof HarnessError) refusals.push(error);
        throw error;
      }
    });
  return refusals;
}

/** What yargs hands to the function of `fail` as its third argument, which its types call the parser. */
interface Usage {
  getDescriptions: () => Readonly<Record<string, unknown>>;
  getCommands: () => readonly (readonly [string, ...unknown[]])[];
}

/** How the command of this name is called; `run` is the one without a name. */
function usageOf(name: string | undefined): string | undefined {
  return COMMANDS.find((one) => one.name === name)?.command?.toString() ?? RUN;
}

const RUN = 'run [scenario..]';

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
    void import('./completion/values.js').then(({ completedValues }) => {
      const completed = completedValues(given.slice(given.indexOf(TOOL.name) + 1));
      if (completed !== undefined) done(completed);
      else
        byYargs((_error, words = []) =>
          done(words.filter((word) => current.startsWith('-') || !word.startsWith('-'))),
        );
    });
  };
}
