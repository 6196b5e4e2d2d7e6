import { toEach, type FaultKind, type Step } from './fault.js';

/** As a power cut of the whole cluster, except that the kernel keeps what the programs have written. */
export const ALL_DOWN: FaultKind = {
  meaning: 'ends all nodes at once with SIGKILL',
  done: 'killed at once',
  of: ['nodes'],
  needs: ['kill', 'recover', 'startFirst', 'start'],
  begin: toEach(({ kill }) => kill?.()),
  undoing: {
    meaning: 'begins the cluster again from the node with the last transaction, and starts the others',
    done: 'started again',
    begin: beginAgain,
  },
};

/**
 * No node may begin a cluster of its own, except the one that has the most (Galera documentation, "Restarting the
 * Cluster"). Among equals it is the first.
 */
async function beginAgain(...[nodes, signal]: Parameters<Step>): Promise<void> {
  const last = await Promise.all(nodes.map(async ({ recover }) => (await recover?.(signal)) ?? -1));
  const first = nodes[last.indexOf(Math.max(...last))];
  await first?.startFirst?.(signal);
  await Promise.all(nodes.map(async (node) => (node === first ? undefined : node.start?.(signal))));
}
