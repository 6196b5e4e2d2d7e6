import { toEach, type Undoing } from './fault.js';

/** Starts each target again, at the same time. */
export const START_AGAIN: Undoing = {
  meaning: 'starts it again, with its configuration and data',
  done: 'started again',
  begin: toEach(({ start }, signal) => start?.(signal)),
};
