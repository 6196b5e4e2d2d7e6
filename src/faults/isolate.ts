import { toEach, type FaultKind } from './fault.js';

/** As a cut in the network between one node and all others. The node's own servers still reach it. */
export const ISOLATE: FaultKind = {
  meaning: 'cuts the node off from all other nodes, by `gmcast.isolate=1`',
  done: 'isolated',
  of: ['node'],
  needs: ['isolate', 'rejoin'],
  begin: toEach(({ isolate }) => isolate?.()),
  undoing: {
    meaning: 'lets it reach the others again',
    done: 'connected again',
    begin: toEach(({ rejoin }) => rejoin?.()),
  },
};
