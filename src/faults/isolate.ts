import type { FaultKind } from './fault.js';

/** As a cut in the network between one node and all others. The node's own servers still reach it. */
export const ISOLATE: FaultKind = {
  meaning: 'cuts the node off from all other nodes, by `gmcast.isolate=1`',
  undoing: 'lets it reach the others again',
  done: 'isolated',
  undone: 'connected again',
  of: ['node'],
  needs: ['isolate', 'rejoin'],
  begin: async (target) => target.isolate?.(),
  undo: async (target) => target.rejoin?.(),
};
