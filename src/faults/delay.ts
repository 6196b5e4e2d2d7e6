import type { FaultKind } from './fault.js';
import { OF_LINKS, repairing } from './of-links.js';

/** As a long line: each message is on its way for longer. */
export const DELAY: FaultKind = {
  ...OF_LINKS,
  meaning: 'delays all messages by `ms`',
  done: 'delayed',
  between: 'switch',
  numbers: [{ name: 'ms', needed: true }],
  effectOf: ({ ms }) => (ms === undefined ? undefined : { ms }),
  undoing: repairing('delays no more', 'as fast as before'),
};
