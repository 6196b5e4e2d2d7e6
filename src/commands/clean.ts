import { join } from 'node:path';
import type { CommandParts } from './lazy-command.js';
import { EXIT, HarnessError } from '../errors.js';
import { releaseLeasesOf } from '../run/clean/clean-external.js';
import { removeDeadContainers } from '../run/clean/clean-engine.js';
import { endDeadRuns } from '../run/clean/clean.js';
import { baselineRuns, BASELINES } from '../compare/stored/baselines.js';
import { pruneReports } from '../history/stored/prune.js';
import { shownPath } from '../store/report-directory.js';
import { runOption } from './options/run-options.js';
import { ownCommand } from '../tool.js';
import { cacheDirectory } from '../packages/cache.js';
import { connectEngine } from '../docker/engine.js';
import { removeImages } from '../docker/images/remove.js';
import { onlyOne } from './options/once-only-option.js';

interface CleanArguments {
  external: string | undefined;
  'keep-last': number | undefined;
  'keep-days': number | undefined;
  'dry-run': boolean;
  images: boolean;
  reports: string;
  baselines: string;
}

export const cleanCommand: CommandParts<CleanArguments> = {
  builder: (yargs) =>
    yargs
      .option('external', {
        type: 'string',
        requiresArg: true,
        describe: 'a run directory: release the leases that its clients still hold on external servers',
      })
      .option('keep-last', {
        type: 'number',
        requiresArg: true,
        describe: 'remove old runs, but keep this many of each scenario and suite',
      })
      .option('keep-days', {
        type: 'number',
        requiresArg: true,
        describe:
          'remove runs older than this many days; with --keep-last, a run stays if either option keeps it',
      })
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'show which runs would be removed, and remove none',
      })
      .option('images', {
        type: 'boolean',
        default: false,
        describe:
          'remove the Docker images that the harness built, too; they are built again when they are needed',
      })
      .option('reports', {
        type: 'string',
        requiresArg: true,
        default: 'reports',
        describe: 'the directory of the old runs',
        coerce: onlyOne('--reports', 'directory'),
      })
      .option('baselines', runOption('baselines'))
      .example('$0 clean', 'processes and directories that killed runs left')
      .example('$0 clean --keep-last 30 --keep-days 90 --dry-run', 'show which old runs would be removed')
      .example(
        '$0 clean --external reports/latest',
        'leases that an interrupted external run could not release',
      ),
  handler: async (argv) => {
    const prunes = argv['keep-last'] !== undefined || argv['keep-days'] !== undefined;
    if (prunes && argv.external !== undefined) throw oneThing('--external');
    if (argv['dry-run'] && !prunes) throw oneThing('--dry-run');
    if (argv.images && (prunes || argv.external !== undefined)) throw oneThing('--images');
    if (argv.external !== undefined) await cleanExternal(argv.external);
    else if (prunes) prune(argv);
    else await cleanLocal(argv.images);
  },
};

function oneThing(option: string): HarnessError {
  return option === '--dry-run'
    ? new HarnessError('USAGE', '--dry-run needs --keep-last or --keep-days', {
        hint: ownCommand('clean --keep-last 30 --dry-run'),
      })
    : new HarnessError('USAGE', `${option} can not be combined with options about runs`, {
        hint: 'call clean twice',
      });
}

function prune({ reports, baselines, ...argv }: CleanArguments): void {
  const keepLast = whole(argv['keep-last'], '--keep-last');
  const keepDays = whole(argv['keep-days'], '--keep-days');
  const marked = [baselines, join(reports, 'baselines'), BASELINES].map((directory) =>
    baselineRuns(directory),
  );
  const dryRun = argv['dry-run'];
  const { removed, spared } = pruneReports({
    reports,
    keepLast,
    keepDays,
    dryRun,
    isBaseline: (path) => marked.some((isMarked) => isMarked(path)),
    now: new Date(),
  });
  for (const path of removed) console.log(`${shownPath(path)}: ${dryRun ? 'would be removed' : 'removed'}`);
  for (const { path, why } of spared) console.log(`${shownPath(path)}: kept, as it ${why}`);
  if (removed.length + spared.length === 0) console.log('No run is old enough.');
}

function whole(value: number | undefined, option: string): number | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= 1)) return value;
  throw new HarnessError('USAGE', `${option} ${value} is no whole number from 1 on`, {
    hint: `such as ${option} 30`,
  });
}

async function cleanLocal(images: boolean): Promise<void> {
  // Containers go first: their live data lies in the directories that endDeadRuns removes.
  const emptied = await removeDeadContainers();
  for (const { run, containers } of emptied) {
    console.log(`${run}: ${containers} containers removed, and their network`);
  }
  const ended = await endDeadRuns();
  for (const { path, processes } of ended) {
    console.log(`${path}: removed${processes > 0 ? `, ${processes} processes ended` : ''}`);
  }
  if (emptied.length + ended.length === 0) console.log('Nothing was left behind.');
  if (images) await cleanImages();
  console.log(
    `What stays: the private roots in ${cacheDirectory()}${images ? '' : ', Docker images (--images removes them)'}, and all runs.`,
  );
}

async function cleanImages(): Promise<void> {
  const { removed, used } = await removeImages(await connectEngine());
  for (const { reference, bytes } of removed)
    console.log(`${reference}: removed, ${Math.round(bytes / 1e6)} MB`);
  for (const reference of used) console.log(`${reference}: kept, as a container uses it`);
  if (removed.length + used.length === 0) console.log('There are no images.');
}

async function cleanExternal(runDirectory: string): Promise<void> {
  const { released, left } = await releaseLeasesOf(runDirectory);
  console.log(`${released} leases released, ${left} left`);
  if (left > 0) process.exitCode = EXIT.fail;
}
