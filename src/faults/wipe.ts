import { toEach, type FaultKind } from './fault.js';

/** As a node that leaves in order and whose disk is replaced. It gets a copy of everything when it joins (SST). */
export const WIPE: FaultKind = {
  meaning: 'ends the node with SIGTERM and removes its data',
  done: 'stopped and emptied',
  of: ['node'],
  needs: ['stop', 'wipe', 'start'],
  begin: toEach(async ({ stop, wipe }) => {
    await stop?.();
    await wipe?.();
  }),
  undoing: {
    meaning: 'starts it without data; another node sends it everything',
    done: 'started again empty',
    begin: toEach(({ start }, signal) => start?.(signal)),
  },
};
