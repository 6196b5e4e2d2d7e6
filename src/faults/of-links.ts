import { toEach, type FaultKind } from './fault.js';

/** What all faults of links share: the network does to messages what the fault says, until it is undone. */
export const OF_LINKS = {
  of: ['links'],
  needs: ['impair', 'repair'],
  begin: toEach(({ impair }) => impair?.()),
} as const satisfies Partial<FaultKind>;

/** The undoing of a fault of links. */
export function repairing(meaning: string, done: string): NonNullable<FaultKind['undoing']> {
  return { meaning, done, begin: toEach(({ repair }) => repair?.()) };
}
