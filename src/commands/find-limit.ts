import type { CommandParts } from './lazy-command.js';
import { HarnessError } from '../errors.js';
import type { InconclusiveAs } from '../report/junit/junit.js';
import { findLimit } from '../run/find-limit.js';
import { onlyOne } from './options/once-only-option.js';
import { runOption } from './options/run-options.js';

interface FindLimitArguments {
  scenario: string;
  from: number;
  to: number;
  seconds: number | undefined;
  resolution: number | undefined;
  'max-no-answer': number;
  quick: boolean;
  set: string[];
  out: string | undefined;
  inconclusive: InconclusiveAs;
  quiet: boolean;
}

const SECONDS = { full: 20, quick: 5 };
const RESOLUTION_PERCENT = { full: 10, quick: 25 };

const number = { type: 'number', requiresArg: true } as const;

/**
 * `find-limit`: one run for each rate. The rate rises until a run does not hold, then narrows between the last rate
 * that held and the first that did not.
 */
export const findLimitCommand: CommandParts<FindLimitArguments> = {
  builder: (yargs) =>
    yargs
      .positional('scenario', {
        type: 'string',
        default: 'high-rate',
        describe: 'a scenario: a name that `scenarios` lists, or a YAML file',
      })
      .option('from', {
        ...number,
        default: 10,
        describe: 'the first rate, exchanges a second on each server',
      })
      .option('to', { ...number, default: 2_000, describe: 'the highest rate to try' })
      .option('seconds', {
        ...number,
        defaultDescription: `${SECONDS.full}, with --quick ${SECONDS.quick}`,
        describe: 'how long each rate is offered',
      })
      .option('resolution', {
        ...number,
        defaultDescription: `${RESOLUTION_PERCENT.full}, with --quick ${RESOLUTION_PERCENT.quick}`,
        describe:
          'stop when the highest rate that holds and the lowest that does not are at most this many percent apart',
      })
      .option('max-no-answer', {
        ...number,
        default: 2.5,
        describe: 'percent of the exchanges that may go without a timely answer, as ISC measures',
      })
      .option('quick', {
        type: 'boolean',
        default: false,
        describe: 'a short and coarse search, with the `quick:` settings of the scenario',
      })
      .option('set', {
        type: 'string',
        array: true,
        nargs: 1,
        requiresArg: true,
        default: [],
        describe: "path=value, such as 'cases=[dhcp4]'; may be repeated",
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: 'a directory to make; reports/… by default',
        coerce: onlyOne('--out', 'directory'),
      })
      .option('inconclusive', runOption('inconclusive'))
      .option('quiet', {
        type: 'boolean',
        default: false,
        describe: 'print the answer and errors, nothing else',
      })
      .example('$0 find-limit --quick', 'coarse, in about two minutes')
      .example("$0 find-limit --set 'cases=[dhcp4]'", 'only DHCPv4, with a resolution of 10%'),
  handler: async (argv) => {
    const size = argv.quick ? 'quick' : 'full';
    const from = within(argv.from, '--from', 0.1, 100_000);
    const to = within(argv.to, '--to', 0.1, 100_000);
    if (to < from)
      throw new HarnessError('USAGE', `--to ${to} is below --from ${from}, so no rate is between them`, {
        hint: `give a --to of at least ${from}, or a --from of at most ${to}`,
      });
    process.exitCode = await findLimit({
      ...argv,
      bounds: {
        from,
        to,
        resolutionPercent: within(argv.resolution ?? RESOLUTION_PERCENT[size], '--resolution', 1, 100),
      },
      seconds: within(argv.seconds ?? SECONDS[size], '--seconds', 1, 86_400),
      maxNoAnswer: within(argv['max-no-answer'], '--max-no-answer', 0, 100),
      verbosity: argv.quiet ? 'quiet' : 'normal',
    });
  },
};

/**
 * Returns the value if it is within bounds. yargs makes a list of an option that is given twice.
 *
 * @throws HarnessError USAGE
 */
function within(value: number, option: string, least: number, most: number): number {
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw new HarnessError('USAGE', `${option} ${String(value)} is no number from ${least} to ${most}`);
}
