import type { CommandModule } from 'yargs';
import { clusterCheckCommand } from './check.js';
import { clusterPlanCommand } from './plan.js';

/** `cluster`: the commands for a cluster that the user sets up. */
export const clusterCommand: CommandModule = {
  command: 'cluster',
  describe: 'set up a cluster of your own, and check one that is up',
  builder: (yargs) =>
    yargs
      .command(clusterPlanCommand)
      .command(clusterCheckCommand)
      .demandCommand(1, 'cluster: name what to do, `plan` or `check`'),
  handler: () => undefined,
};
