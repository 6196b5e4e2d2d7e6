import type { FaultKind } from './fault.js';
import { OF_LINKS, repairing } from './of-links.js';

/** As a switch or a cable that fails: machines are up, and don't hear each other. */
export const PARTITION: FaultKind = {
  ...OF_LINKS,
  meaning:
    'cuts machines of a private network apart: two that share none of the `groups`, `between` some and others, or in one direction, `from` some `to` others',
  done: 'cut apart',
  between: 'switch',
  effectOf: () => ({ losePercent: 100 }),
  undoing: repairing('lets them hear each other again', 'joined again'),
};
