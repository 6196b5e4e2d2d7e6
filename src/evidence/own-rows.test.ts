import { expect, it } from 'vitest';
import { identityOf } from '../load/identities/identities.js';
import { ownRows } from './own-rows.js';

const SEEDS = [0, 7, 0xff, 0xffff_ffff];

it.each(SEEDS)('the rows of a run with seed %d are the rows of its clients, and no others', (seed) => {
  for (const table of ['lease4', 'lease6'] as const) {
    const isIn = (who: ReturnType<typeof identityOf>, caseIndex?: number): boolean => {
      const [from, below] = ownRows(table, seed, caseIndex).values;
      const bytes = table === 'lease4' ? who.clientIdentifier : who.duid;
      return Buffer.compare(bytes, from) >= 0 && Buffer.compare(bytes, below) < 0;
    };
    for (const client of [0, 1, 0xff_ffff]) {
      expect(isIn(identityOf(seed, 0, client))).toBe(true);
      expect(isIn(identityOf(seed, 255, client))).toBe(true);
      expect(isIn(identityOf(seed, 255, client), 255)).toBe(true);
      expect(isIn(identityOf(seed, 0, client), 1)).toBe(false);
      expect(isIn(identityOf(seed, 2, client), 1)).toBe(false);
      for (const other of [seed + 1, seed - 1]) expect(isIn(identityOf(other >>> 0, 0, client))).toBe(false);
    }
  }
});
