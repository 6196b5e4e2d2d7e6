import type { CommandParts } from '../lazy-command.js';
import { clusterCheckCommand } from './check.js';
import { clusterPlanCommand } from './plan.js';

/** `cluster`: the commands for a cluster that the user sets up. */
export const clusterCommand: CommandParts = {
  builder: (yargs) =>
    yargs
      .command(clusterPlanCommand)
      .command(clusterCheckCommand)
      .demandCommand(1, 'cluster: name what to do, `plan` or `check`'),
  handler: () => undefined,
};
