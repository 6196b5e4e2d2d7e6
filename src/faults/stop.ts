import { toEach, type FaultKind } from './fault.js';
import { START_AGAIN } from './start-again.js';

/** As an operator stops a program. A node leaves the cluster in order, and gets what it has missed (IST). */
export const STOP: FaultKind = {
  meaning: 'ends the program with SIGTERM; a node leaves the cluster in order',
  done: 'stopped',
  of: ['node', 'server'],
  needs: ['stop', 'start'],
  begin: toEach(({ stop }) => stop?.()),
  undoing: START_AGAIN,
};
