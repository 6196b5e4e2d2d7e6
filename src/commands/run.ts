import type { CommandModule } from 'yargs';
import { HarnessError } from '../errors.js';
import type { InconclusiveAs } from '../report/junit.js';
import { runScenarios } from '../run/run-scenarios.js';
import type { ReportFormat } from '../scenario/schema/reports.js';
import type { Verbosity } from '../terminal/progress.js';
import { baselinesOption, tolerancesOf, tolerancesOption } from './baseline-options.js';
import { onlyOne } from './only-one.js';
import { inconclusiveOption, reportOption } from './report-option.js';
import { wholeWithin } from './whole-within.js';

interface RunArguments {
  scenario: string[];
  all: boolean;
  quick: boolean;
  set: string[];
  out: string | undefined;
  keep: boolean;
  capture: boolean;
  report: ReportFormat[] | undefined;
  inconclusive: InconclusiveAs;
  events: string | undefined;
  quiet: boolean;
  verbose: boolean;
  repeat: number;
  baseline: boolean;
  baselines: string;
  tolerances: string | undefined;
}

export const runCommand: CommandModule<object, RunArguments> = {
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
      .option('all', {
        type: 'boolean',
        default: false,
        describe: 'every scenario of the package that can be run here, as a suite',
      })
      .option('quick', {
        type: 'boolean',
        default: false,
        describe: 'the scenario as its `quick:` block says',
      })
      .option('set', {
        type: 'string',
        array: true,
        nargs: 1,
        requiresArg: true,
        default: [],
        describe: 'path=value, such as load.arrival=staggered; may be repeated',
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: 'the run directory; reports/… by default',
        coerce: onlyOne('--out', 'directory'),
      })
      .option('keep', {
        type: 'boolean',
        default: false,
        describe: 'leave cluster and servers up; `clean` ends them',
      })
      .option('capture', {
        type: 'boolean',
        default: false,
        describe: 'write what is sent and received as capture.pcap',
      })
      .option('report', reportOption)
      .option('inconclusive', inconclusiveOption)
      .option('events', {
        type: 'string',
        requiresArg: true,
        describe: 'a file or named pipe for what happens while it happens, one JSON object a line',
        coerce: onlyOne('--events', 'file'),
      })
      .option('quiet', {
        type: 'boolean',
        default: false,
        describe: 'print the verdict and errors, nothing else',
      })
      .option('verbose', {
        type: 'boolean',
        default: false,
        describe: 'print every line of run.log, with its time',
      })
      .option('repeat', {
        type: 'number',
        requiresArg: true,
        default: 1,
        describe:
          'run each scenario so often, as a suite with median and spread; the seed differs unless it is set',
        coerce: onlyOne<number>('--repeat', 'number'),
      })
      .option('baseline', {
        type: 'boolean',
        default: false,
        describe: 'compare with what `baseline set` has marked; exit 3 for a regression',
      })
      .option('baselines', baselinesOption)
      .option('tolerances', tolerancesOption)
      .example('$0 run --quick', 'the published results at ten times the pace')
      .example('$0 run --all --quick', 'a nightly')
      .example('$0 run --quick --baseline', 'and whether anything got worse')
      .example('$0 run --quick --repeat 5', 'how much the figures vary')
      .example('$0 run staggered --quick', 'the servers take turns'),
  handler: async ({ baseline, baselines, tolerances, ...argv }) => {
    const verbosity = verbosityOf(argv);
    const repeat = wholeWithin(argv.repeat, '--repeat', 1, 100);
    const compareWith = baseline ? { baselines, tolerances: tolerancesOf(tolerances) } : undefined;
    process.exitCode = await runScenarios({ ...argv, verbosity, repeat, compareWith });
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
