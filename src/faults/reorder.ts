import type { FaultKind } from './fault.js';
import { OF_LINKS, repairing } from './of-links.js';

/** For how long a message is held back if the scenario does not say, milliseconds. */
const HELD_MS = 20;

/** As several ways of different length: some messages are overtaken. */
export const REORDER: FaultKind = {
  ...OF_LINKS,
  meaning: `holds \`percent\` of 100 messages between clients and servers back, by chance, for \`ms\` (${HELD_MS} by default), so that later ones overtake them`,
  done: 'made to reorder messages',
  numbers: [
    { name: 'percent', needed: true },
    { name: 'ms', needed: false },
  ],
  effectOf: ({ percent: reorderPercent, ms = HELD_MS }) =>
    reorderPercent === undefined ? undefined : { reorderPercent, ms },
  undoing: repairing('keeps their order', 'mended'),
};
