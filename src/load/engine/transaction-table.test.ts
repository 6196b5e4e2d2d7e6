import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HarnessError } from '../../errors.js';
import { TransactionTable } from './transaction-table.js';

const PLACE = { client: 7, server: 1, step: 0, attempt: 1, leads: true };

describe('the table of transactions', () => {
  it('knows each transaction’s client and server, and whether it has begun, waits or is over', () => {
    const table = new TransactionTable({ ids: 2 ** 24, keepMs: 1_000, expected: 2 });
    const first = table.add({ client: 5, server: 2, step: 0, attempt: 3, leads: true }, 10.9);
    const second = table.add({ client: 5, server: 2, step: 1, attempt: 3, leads: false }, 10.9);
    expect([first, second]).toEqual([0, 1]);
    expect([table.isBegun(first), table.isWaiting(first), table.waiting]).toEqual([false, false, 0]);
    table.begin(first, 20);
    expect([table.isBegun(first), table.isWaiting(first), table.waiting]).toEqual([true, true, 1]);
    expect([table.clientOf(second), table.serverOf(second), table.stepOf(second)]).toEqual([5, 2, 1]);
    expect([table.attemptOf(second), table.movedMs(first), table.movedMs(second)]).toEqual([3, 20, 10]);
    expect(table.end(first)).toBe(true);
    expect(table.end(first)).toBe(false);
    expect([table.isBegun(first), table.isWaiting(first), table.waiting]).toEqual([true, false, 0]);
    expect(table.end(second)).toBe(false);
  });

  it('finds only the transaction that owns a transaction id', () => {
    const table = new TransactionTable({ ids: 2 ** 24, keepMs: 1_000, expected: 2 });
    expect(table.withId(0)).toBe(-1);
    table.add(PLACE, 0);
    table.add({ ...PLACE, leads: false }, 0);
    expect([table.withId(0), table.withId(1), table.withId(2), table.withId(2 ** 24 - 1)]).toEqual([
      0, -1, -1, -1,
    ]);
    for (const state of ['begin', 'end'] as const) {
      table[state](0, 0);
      expect(table.withId(0)).toBe(0);
    }
  });

  it('counts up to 255 answers and retransmissions', () => {
    const table = new TransactionTable({ ids: 2 ** 24, keepMs: 1_000, expected: 1 });
    const number = table.add(PLACE, 0);
    for (let times = 1; times < 300; times++) {
      table.countAnswer(number);
      expect(table.retransmit(number)).toBe(Math.min(times, 255));
    }
    expect(table.answersTo(number)).toBe(255);
  });

  it('has room for more than was expected', () => {
    const table = new TransactionTable({ ids: 2 ** 24, keepMs: 1_000, expected: 10 });
    for (let number = 0; number < 5_000; number++) {
      table.add(
        { ...PLACE, client: number, attempt: 1 + (number % 9), server: number % 5, step: number % 3 },
        0,
      );
      table.name(number, number % 4);
      if (number % 2 === 0) table.countAnswer(number);
      if (number % 3 === 0) table.begin(number, number);
    }
    for (let number = 0; number < 5_000; number += 7) {
      expect([table.clientOf(number), table.attemptOf(number)]).toEqual([number, 1 + (number % 9)]);
      expect([table.isWaiting(number), table.withId(number)]).toEqual([number % 3 === 0, number]);
      expect([table.serverOf(number), table.stepOf(number)]).toEqual([number % 5, number % 3]);
      expect([table.namedBy(number), table.answersTo(number)]).toEqual([
        number % 4,
        number % 2 === 0 ? 1 : 0,
      ]);
      expect(table.movedMs(number)).toBe(number % 3 === 0 ? number : 0);
    }
  });
});

/* The ring has only 2,048 ids, so it is full at once. With 2^24 that takes a soak of hours. */
describe('transaction ids that are used again', () => {
  const IDS = 2_048;
  const KEEP_MS = 500;

  it('come again only when nobody waits for them, and no late answer can come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 100, maxLength: 200 }), (behaviour) => {
        const table = new TransactionTable({ ids: IDS, keepMs: KEEP_MS, expected: IDS });
        const latest = new Map<number, { number: number; overMs: number }>();
        for (let n = 0; n < 4 * IDS; n++) {
          const number = table.add(PLACE, n);
          const before = latest.get(number % IDS);
          if (before !== undefined && (before.overMs === Infinity || before.number + KEEP_MS > n)) {
            throw new Error(`${before.number} is still in use when ${number} gets its id`);
          }
          if (table.withId(number % IDS) !== number) throw new Error(`${number} is not under its id`);
          table.begin(number, n);
          // One transaction in four waits, but no longer than a transaction may.
          const waits = behaviour[n % behaviour.length] === 0;
          latest.set(number % IDS, { number, overMs: waits ? Infinity : n });
          if (!waits) table.end(number);
          const old = latest.get((n - 1_500 + IDS) % IDS);
          if (old?.number === n - 1_500 && table.end(old.number)) old.overMs = n;
        }
      }),
      { numRuns: 10 },
    );
  });

  it('of a forgotten transaction lead nowhere', () => {
    const table = new TransactionTable({ ids: IDS, keepMs: KEEP_MS, expected: IDS });
    for (let number = 0; number < IDS; number++) {
      table.add(PLACE, 0);
      table.begin(number, 0);
      table.end(number);
    }
    table.add(PLACE, KEEP_MS);
    expect([table.withId(0), table.withId(1), table.isBegun(1)]).toEqual([IDS, -1, false]);
  });

  it('run out when a transaction waits under each of them', () => {
    const table = new TransactionTable({ ids: IDS, keepMs: KEEP_MS, expected: IDS });
    for (let number = 0; number < IDS; number++) table.begin(table.add(PLACE, 0), 0);
    expect(() => table.add(PLACE, 10 * KEEP_MS)).toThrow(HarnessError);
    table.end(0);
    expect(table.add(PLACE, 10 * KEEP_MS)).toBe(IDS);
    expect(() => table.add(PLACE, 10 * KEEP_MS)).toThrow('transaction ids are in use');
  });
});
