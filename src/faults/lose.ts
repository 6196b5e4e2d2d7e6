import { toEach, type FaultKind } from './fault.js';

/** As a bad cable or a crowded link: every message may be lost, by chance. */
export const LOSE: FaultKind = {
  meaning:
    'loses messages of a private network by chance, `percent` of them, `between` some and others, or in one direction, `from` some `to` others',
  done: 'made to lose messages',
  of: ['links'],
  needs: ['impair', 'repair'],
  begin: toEach(({ impair }) => impair?.()),
  undoing: {
    meaning: 'loses no more',
    done: 'mended',
    begin: toEach(({ repair }) => repair?.()),
  },
};
