import { toEach, type FaultKind } from './fault.js';

/** As a switch or a cable that fails: machines are up, and don't hear each other. */
export const PARTITION: FaultKind = {
  meaning:
    'cuts machines of a private network apart: two that share none of the `groups`, or messages in one direction, `from` some `to` others',
  done: 'cut apart',
  of: ['links'],
  needs: ['impair', 'repair'],
  begin: toEach(({ impair }) => impair?.()),
  undoing: {
    meaning: 'lets them hear each other again',
    done: 'joined again',
    begin: toEach(({ repair }) => repair?.()),
  },
};
