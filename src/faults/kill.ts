import type { FaultKind } from './fault.js';

/** As if the machine had failed, except that the kernel keeps what the program has written. */
export const KILL: FaultKind = {
  meaning: 'ends the program with SIGKILL',
  undoing: 'starts it again, with its configuration and data',
  done: 'killed',
  undone: 'started again',
  of: ['node', 'server'],
  needs: ['kill', 'start'],
  begin: async (target) => target.kill?.(),
  undo: async (target, signal) => target.start?.(signal),
};
