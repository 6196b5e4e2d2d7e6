import type { FaultKind } from './fault.js';
import { OF_LINKS, repairing } from './of-links.js';

/** As two relays that pass on the same message, or a loop of switches: some messages come twice. */
export const DUPLICATE: FaultKind = {
  ...OF_LINKS,
  meaning: 'lets `percent` of 100 messages between clients and servers come twice, by chance',
  done: 'made to double messages',
  numbers: [{ name: 'percent', needed: true }],
  effectOf: ({ percent: duplicatePercent }) =>
    duplicatePercent === undefined ? undefined : { duplicatePercent },
  undoing: repairing('doubles no more', 'mended'),
};
