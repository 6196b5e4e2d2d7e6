import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Sent } from '../observation.js';
import { sent } from '../observation.test-support.js';
import { JournalWriter } from './journal-writer.js';
import { openJournal } from './journal.js';
import { LiveJournal } from './live-journal.js';

let directory: string;
let files = 0;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'live-journal-'))));
afterEach(() => rmSync(directory, { recursive: true }));

/** Writes messages that left at these times, and returns the times as they stand in the journal. */
function journaled(times: readonly number[], told: number[] = [], tellEvery = Infinity): number[] {
  const path = join(directory, `${files++}.bin`);
  JournalWriter.begin(path, { cases: [] }).close();
  const journal = new LiveJournal(path, ({ transaction }) => told.push(transaction));
  for (const [transaction, sentAtUs] of times.entries()) {
    journal.append({ ...(sent(transaction) as Sent), sentAtUs });
    if ((transaction + 1) % tellEvery === 0) {
      journal.tellAll();
      expect(told).toHaveLength(transaction + 1);
    }
  }
  expect(journal.records).toBe(times.length);
  journal.close();
  journal.close();
  return [...openJournal(path).observations()].map((seen) => (seen.type === 'sent' ? seen.sentAtUs : -1));
}

it('puts what is told late before what happened after it', () => {
  expect(journaled([10, 30, 20, 20, 5, 40])).toEqual([5, 10, 20, 20, 30, 40]);
});

it('keeps the order of time where each is late by fewer records than are held back', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(500), { minLength: 0, maxLength: 5_000, size: 'max' }), (late) => {
      const times = late.map((by, index) => index - by);
      expect(journaled(times)).toEqual(times.toSorted((left, right) => left - right));
    }),
    { numRuns: 20 },
  );
});

it.each([0, 1, 1_024, 2_047, 2_048, 2_049, 10_000])('loses none of %i records', (count) => {
  const times = Array.from({ length: count }, (_, index) => index);
  expect(journaled(times)).toEqual(times);
});

it('tells of each observation once, whenever it is asked to, and of the rest at the end', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(500), { minLength: 0, maxLength: 5_000, size: 'max' }),
      fc.integer({ min: 1, max: 5_000 }),
      (late, tellEvery) => {
        const told: number[] = [];
        const times = late.map((by, index) => index - by);
        journaled(times, told, tellEvery);
        expect(told.toSorted((one, other) => one - other)).toEqual([...times.keys()]);
      },
    ),
    { numRuns: 20 },
  );
});
