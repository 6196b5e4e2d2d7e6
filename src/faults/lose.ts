import type { FaultKind } from './fault.js';
import { OF_LINKS, repairing } from './of-links.js';

/** As a bad cable or a crowded link: each message may be lost. */
export const LOSE: FaultKind = {
  ...OF_LINKS,
  meaning: 'loses `percent` of 100 messages, by chance',
  done: 'made to lose messages',
  numbers: [{ name: 'percent', needed: true }],
  between: 'switch',
  effectOf: ({ percent: losePercent }) => (losePercent === undefined ? undefined : { losePercent }),
  undoing: repairing('loses no more', 'mended'),
};
