import { externalNodes } from '../../cluster/external/join.js';
import { HarnessError } from '../../errors.js';
import { externalServers } from '../../kea/external.js';
import { refuseFile } from '../../store/not-a-run.js';
import { releaseOwnLeases, type Released } from '../../providers/own-leases.js';
import { readFacts } from '../../store/stored-files.js';
import { ownCommand } from '../../tool.js';
import { traitsOf } from '../../scenario/flavors.js';

/**
 * Releases the leases that the clients of an earlier run still hold on servers that someone else runs. The run
 * directory names the servers, the nodes and the seed. This is for a run that was killed before it could release them
 * itself.
 * Errors: SOURCE where the directory is not that of a run on external servers; PREREQUISITE where its nodes can't be
 * reached.
 */
export async function releaseLeasesOf(runDirectory: string): Promise<Released> {
  refuseFile(runDirectory);
  const { scenario, seed } = readFacts(runDirectory);
  const { external, cases, cluster } = scenario;
  if (external === undefined) {
    throw new HarnessError('SOURCE', `${runDirectory} is not a run on external servers`, {
      hint: `\`${ownCommand('clean')}\` without --external ends what a run has started itself`,
    });
  }
  // The nodes and servers are not checked first: after an interrupted run, one node or server that answers is enough.
  const nodes = externalNodes(external);
  const servers = externalServers(external, cases);
  const replicated = traitsOf(cluster.flavor).sharesLeases;
  return releaseOwnLeases({ cases, seed, nodes, servers, replicated });
}
