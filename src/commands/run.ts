import type { CommandModule } from 'yargs';
import { HarnessError } from '../errors.js';
import type { Verbosity } from '../terminal/progress.js';
import { runOptions, type RunArguments } from './options/run-options.js';

export const runCommand: CommandModule<object, RunArguments & { scenario: string[] }> = {
  command: ['run [scenario..]', '$0'],
  describe: 'run scenarios and suites; without one, reproduce the published Galera results',
  builder: (yargs) =>
    yargs
      .positional('scenario', {
        type: 'string',
        array: true,
        default: [],
        defaultDescription: 'published-galera',
        describe: 'scenarios and suites: names that `scenarios` lists, or YAML files',
      })
      .options(runOptions())
      .example('$0 run --quick', 'the published results at ten times the pace')
      .example('$0 run --all --quick', 'everything, as in a nightly run')
      .example('$0 run --quick --baseline', 'and compare with the baseline')
      .example('$0 run --quick --repeat 5', 'how much the figures vary')
      .example('$0 run staggered --quick', 'the servers take turns'),
  handler: async ({ baseline, baselines, tolerances, 'retry-inconclusive': retryInconclusive, ...argv }) => {
    const verbosity = verbosityOf(argv);
    // Help shows the options of this command, so only what it does is loaded late.
    const { runScenarios } = await import('../run/suites/run-scenarios.js');
    const { tolerancesOf } = await import('./options/tolerances-option.js');
    const compareWith = baseline ? { baselines, tolerances: tolerancesOf(tolerances) } : undefined;
    process.exitCode = await runScenarios({ ...argv, verbosity, retryInconclusive, compareWith });
  },
};

function verbosityOf({ quiet, verbose }: Pick<RunArguments, 'quiet' | 'verbose'>): Verbosity {
  if (quiet && verbose) {
    throw new HarnessError('USAGE', '--quiet and --verbose ask for opposite things', {
      hint: 'leave out one of the two; run.log holds every line in any case',
    });
  }
  return quiet ? 'quiet' : verbose ? 'verbose' : 'normal';
}
