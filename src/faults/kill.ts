import { toEach, type FaultKind } from './fault.js';
import { START_AGAIN } from './start-again.js';

/** As if the machine had failed, except that the kernel keeps what the program has written. */
export const KILL: FaultKind = {
  meaning: 'ends the program with SIGKILL',
  done: 'killed',
  of: ['node', 'server'],
  needs: ['kill', 'start'],
  begin: toEach(({ kill }) => kill?.()),
  undoing: START_AGAIN,
};
