import type { FaultKind } from './fault.js';

/** As a machine that hangs: connections stay open, and nobody answers on them. */
export const FREEZE: FaultKind = {
  meaning: 'halts the program with SIGSTOP; its connections stay open',
  undoing: 'lets it go on',
  done: 'frozen',
  undone: 'thawed',
  of: ['node', 'server'],
  needs: ['freeze', 'thaw'],
  begin: async (target) => target.freeze?.(),
  undo: async (target) => target.thaw?.(),
};
