import type { CommandModule } from 'yargs';
import type { CommandParts } from './lazy-command.js';
import { HarnessError } from '../errors.js';
import { baselineFigures, baselineHeading } from '../compare/baseline-text.js';
import { clearBaselines, markBaseline, storedBaselines } from '../compare/stored/baselines.js';
import { measuredOf } from '../compare/stored/stored-baseline.js';
import { standingOf } from '../compare/standing.js';
import { shownPath } from '../store/report-directory.js';
import { runOption } from './options/run-options.js';
import { ownCommand } from '../tool.js';

interface BaselineArguments {
  baselines: string;
}

const set: CommandModule<object, BaselineArguments & { run: string }> = {
  command: 'set <run>',
  describe: 'compare later runs of the same scenario and settings with this one',
  builder: (yargs) =>
    yargs
      .positional('run', {
        type: 'string',
        demandOption: true,
        describe: 'a run directory, or a suite: each of its runs',
      })
      .option('baselines', runOption('baselines'))
      .example('$0 baseline set reports/latest', 'compare later runs with the last run'),
  handler: ({ run, baselines }) => {
    for (const marked of markBaseline(run, baselines, new Date())) {
      const { scenario, path, results } = marked;
      const verdicts = [...new Set(results.map(({ verdict }) => verdict))].join(', ');
      process.stdout.write(`${scenario} (${verdicts}): ${shownPath(path)}\n`);
      if (results.some((result) => standingOf(result) === 'red'))
        process.stderr.write(
          `${scenario}: this baseline is not as expected, so a run that is as bad counts as no regression\n`,
        );
    }
  },
};

const list: CommandModule<object, BaselineArguments> = {
  command: 'list',
  describe: 'list the baselines, one line each',
  builder: (yargs) =>
    yargs
      .option('baselines', runOption('baselines'))
      .example('$0 baseline list', 'what was marked, and when'),
  handler: ({ baselines }) => {
    const stored = storedBaselines(baselines);
    if (stored.length === 0) process.stdout.write(`No baseline is marked in ${shownPath(baselines)}.\n`);
    for (const one of stored) process.stdout.write(`${baselineHeading(measuredOf(one), one.markedAt)}\n`);
  },
};

interface ScenarioArguments extends BaselineArguments {
  scenario: string;
}

const show: CommandModule<object, ScenarioArguments> = {
  command: 'show <scenario>',
  describe: 'show the baselines of a scenario with their figures',
  builder: (yargs) =>
    yargs
      .positional('scenario', { type: 'string', demandOption: true, describe: 'name of the scenario' })
      .option('baselines', runOption('baselines'))
      .example('$0 baseline show published-galera', 'what its runs are compared with'),
  handler: ({ scenario, baselines }) => {
    const stored = storedBaselines(baselines, scenario);
    if (stored.length === 0) throw noBaseline(scenario, baselines);
    const texts = stored.map((one) => {
      const measured = measuredOf(one);
      return [baselineHeading(measured, one.markedAt), ...baselineFigures(measured), ''].join('\n');
    });
    process.stdout.write(texts.join('\n'));
  },
};

const clear: CommandModule<object, ScenarioArguments> = {
  command: 'clear <scenario>',
  describe: 'remove the baselines of a scenario',
  builder: (yargs) =>
    yargs
      .positional('scenario', { type: 'string', demandOption: true, describe: 'name of the scenario' })
      .option('baselines', runOption('baselines'))
      .example('$0 baseline clear published-galera', 'its runs are compared with the article again'),
  handler: ({ scenario, baselines }) => {
    const gone = clearBaselines(baselines, scenario);
    if (gone.length === 0) throw noBaseline(scenario, baselines);
    process.stdout.write(gone.map((path) => `${shownPath(path)}: removed\n`).join(''));
  },
};

/** `baseline`: marks, lists, shows and clears the results that later runs are compared with. */
export const baselineCommand: CommandParts = {
  builder: (yargs) =>
    yargs
      .command(set)
      .command(list)
      .command(show)
      .command(clear)
      .demandCommand(1, 'baseline: name what to do, `set`, `list`, `show` or `clear`'),
  handler: () => undefined,
};

function noBaseline(scenario: string, baselines: string): HarnessError {
  const others = [...new Set(storedBaselines(baselines).map((one) => one.scenario))];
  return new HarnessError('USAGE', `${scenario} has no baseline in ${shownPath(baselines)}`, {
    hint:
      others.length === 0
        ? `mark one with \`${ownCommand('baseline set RUN')}\``
        : `there are baselines of ${others.join(', ')}`,
  });
}
