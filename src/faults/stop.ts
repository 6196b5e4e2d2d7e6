import type { FaultKind } from './fault.js';

/** As an operator stops a program. A node leaves the cluster in order. */
export const STOP: FaultKind = {
  meaning: 'ends the program with SIGTERM; a node leaves the cluster in order',
  undoing: 'starts it again, with its configuration and data',
  done: 'stopped',
  undone: 'started again',
  of: ['node', 'server'],
  needs: ['stop', 'start'],
  begin: async (target) => target.stop?.(),
  undo: async (target, signal) => target.start?.(signal),
};
