import { externalNodes } from '../cluster/external/join.js';
import { HarnessError } from '../errors.js';
import { externalServers } from '../kea/external.js';
import { refuseFile } from './not-a-run.js';
import { releaseOwnLeases, type Released } from './own-leases.js';
import { readFacts } from './stored-files.js';
import { ownCommand } from '../tool.js';

/**
 * Gives back what the clients of an earlier run still hold on servers that someone else runs, by what its run directory
 * says of them; for a run that was killed before it could.
 * Errors: SOURCE where the directory is no such run's; PREREQUISITE where its nodes can't be reached.
 */
export async function releaseLeasesOf(runDirectory: string): Promise<Released> {
  refuseFile(runDirectory);
  const { scenario, seed } = readFacts(runDirectory);
  const { external, cases, cluster } = scenario;
  if (external === undefined) {
    throw new HarnessError('SOURCE', `${runDirectory} is no run on external servers`, {
      hint: `what a run has started itself is ended by \`${ownCommand('clean')}\` alone`,
    });
  }
  // Taken as they are named: after an interrupted run one node or server that answers is enough.
  const nodes = externalNodes(external);
  const servers = externalServers(external, cases);
  const replicated = cluster.flavor !== 'isolated';
  return releaseOwnLeases({ cases, seed, nodes, servers, replicated });
}
