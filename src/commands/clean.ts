import type { CommandModule } from 'yargs';
import { EXIT } from '../errors.js';
import { releaseLeasesOf } from '../run/clean-external.js';
import { removeDeadContainers } from '../run/clean-engine.js';
import { endDeadRuns } from '../run/clean.js';

export const cleanCommand: CommandModule<object, { external: string | undefined }> = {
  command: 'clean',
  describe: 'end and remove what dead runs and --keep left behind, and only that',
  builder: (yargs) =>
    yargs
      .option('external', {
        type: 'string',
        requiresArg: true,
        describe: 'a run directory: release the leases that its clients still hold on external servers',
      })
      .example('$0 clean', 'processes and directories of runs that are no more')
      .example(
        '$0 clean --external reports/latest',
        'leases that an interrupted external run could not release',
      ),
  handler: async ({ external }) => {
    if (external !== undefined) await cleanExternal(external);
    else await cleanLocal();
  },
};

async function cleanLocal(): Promise<void> {
  // Containers first: their live data lies in the directories.
  const emptied = await removeDeadContainers();
  for (const { run, containers } of emptied) {
    console.log(`${run}: ${containers} containers removed, and their network`);
  }
  const ended = await endDeadRuns();
  for (const { path, processes } of ended) {
    console.log(`${path}: removed${processes > 0 ? `, ${processes} processes ended` : ''}`);
  }
  if (emptied.length + ended.length === 0) console.log('Nothing was left behind.');
}

async function cleanExternal(runDirectory: string): Promise<void> {
  const { released, left } = await releaseLeasesOf(runDirectory);
  console.log(`${released} leases released, ${left} left`);
  if (left > 0) process.exitCode = EXIT.fail;
}
