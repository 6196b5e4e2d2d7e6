import { toEach, type FaultKind } from './fault.js';

/** As a machine that hangs: connections stay open, and nobody answers on them. */
export const FREEZE: FaultKind = {
  meaning: 'halts the program with SIGSTOP, or its container by a pause; its connections stay open',
  done: 'frozen',
  of: ['node', 'server'],
  needs: ['freeze', 'thaw'],
  begin: toEach(({ freeze }) => freeze?.()),
  undoing: { meaning: 'lets it go on', done: 'thawed', begin: toEach(({ thaw }) => thaw?.()) },
};
