import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Reassembly, type Part } from './reassembly.js';

const ADDRESSES = Buffer.from('0a0000010a000002', 'hex');
const WHOLE = Buffer.from(Array.from({ length: 3_000 }, (_, i) => (i * 7) & 0xff));

function part(from: number, to: number, more: Partial<Part> = {}): Part {
  return {
    ...{ id: 'a', atUs: 0, protocol: 17, family: 4, network: '', addresses: ADDRESSES },
    ...{ offset: from, isLast: to === WHOLE.length, bytes: WHOLE.subarray(from, to), cut: false },
    ...more,
  };
}

/** Stands for a checksum: a packet with the length of `WHOLE` must have its bytes. */
const reassembling = () =>
  new Reassembly((_, whole) => whole.length !== ADDRESSES.length + WHOLE.length || isWhole(whole));

const isWhole = (result: unknown): boolean =>
  Buffer.isBuffer(result) && result.equals(Buffer.concat([ADDRESSES, WHOLE]));

describe('fragments', () => {
  it('are put together in any order, beside those of another packet', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 374 }), { maxLength: 20 });
    fc.assert(
      fc.property(cuts, fc.infiniteStream(fc.nat()), (eighths, numbers) => {
        const bounds = [0, ...eighths.map((eighth) => 8 * eighth).sort((a, b) => a - b), WHOLE.length];
        const parts = ['a', 'b'].flatMap((id) =>
          bounds.slice(1).map((to, i) => part(bounds[i] ?? 0, to, { id })),
        );
        const reassembly = reassembling();
        const shuffled = parts
          .map((one) => ({ one, by: Number(numbers.next().value) }))
          .sort((a, b) => a.by - b.by)
          .map(({ one }) => one);
        expect(shuffled.map((one) => reassembly.add(one)).filter(isWhole)).toHaveLength(2);
        reassembly.end();
        expect(reassembly.givenUp()).toEqual([]);
      }),
    );
  });

  it('that come twice count once, before the packet is whole and after it', () => {
    const reassembly = reassembling();
    const [first, second] = [part(0, 1_480), part(1_480, 3_000)];
    expect(reassembly.add(first)).toBeUndefined();
    expect(reassembly.add(first)).toBe('copy');
    expect(isWhole(reassembly.add(second))).toBe(true);
    expect([first, second].map((one) => reassembly.add(one))).toEqual(['copy', 'copy']);
    // The same id some time later is another packet.
    const later = 10_000_000;
    expect(reassembly.add({ ...first, atUs: later })).toBeUndefined();
    expect(isWhole(reassembly.add({ ...second, atUs: later }))).toBe(true);
    reassembly.end();
    expect(reassembly.givenUp()).toEqual([]);
  });

  const other = Buffer.alloc(1_480, 0xee);
  it.each<[string, Part[]]>([
    ['contradict the first', [part(0, 1_480), part(0, 1_480, { bytes: other }), part(1_480, 3_000)]],
    ['overlap the first', [part(0, 1_480), part(1_472, 3_000)]],
    ['end before the others', [part(1_480, 2_960), part(0, 800), part(800, 1_400, { isLast: true })]],
    ['lie behind the end', [part(1_480, 3_000), part(3_000, 3_000, { bytes: other })]],
    ['are cut short', [part(0, 1_480), part(1_480, 3_000, { cut: true })]],
    ['are no multiple of 8 bytes', [part(0, 1_481), part(1_481, 3_000)]],
    ['end behind 64 KiB', [part(65_528, 65_528, { bytes: other, isLast: true })]],
    ['are empty', [part(0, 0)]],
    ['are not followed by the rest in time', [part(0, 1_480), part(1_480, 3_000, { atUs: 31_000_000 })]],
    ['lack the rest', [part(0, 1_480)]],
  ])('that %s are not put together', (_, parts) => {
    const reassembly = reassembling();
    const results = parts.map((one) => reassembly.add(one));
    expect(results.filter((one) => one !== undefined)).toEqual([]);
    reassembly.end();
    const lost = reassembly.givenUp();
    expect(lost.map((one) => one.parts).reduce((sum, count) => sum + count, 0)).toBe(parts.length);
    const begin = Buffer.concat([ADDRESSES, WHOLE.subarray(0, 1_480)]);
    for (const { first } of lost)
      if (first !== undefined) expect(first.subarray(0, 8)).toEqual(begin.subarray(0, 8));
  });

  it('are given up, the oldest first, if too many packets wait', () => {
    const reassembly = reassembling();
    const many = 1_030;
    for (let i = 0; i < many; i++) reassembly.add(part(0, 1_480, { id: String(i), protocol: i }));
    expect(reassembly.givenUp().map(({ protocol }) => protocol)).toEqual([0, 1, 2, 3, 4, 5]);
    reassembly.end();
    expect(reassembly.givenUp()).toHaveLength(many - 6);
  });

  it('are given up if they take too much memory', () => {
    const reassembly = reassembling();
    const bytes = Buffer.alloc(64_000);
    for (let i = 0; i < 300; i++) reassembly.add(part(0, 0, { id: String(i), bytes }));
    expect(reassembly.givenUp()).toHaveLength(300 - Math.floor((16 << 20) / 64_000));
  });

  it('are put together, given up or counted as copies, whatever they hold', () => {
    const any = fc.record({
      id: fc.constantFrom('a', 'b'),
      atUs: fc.nat(60_000_000),
      offset: fc.nat(40).map((eighth) => 8 * eighth),
      isLast: fc.boolean(),
      bytes: fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
      cut: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (parts) => {
        const reassembly = reassembling();
        let copies = 0;
        let whole = 0;
        for (const one of parts) {
          const result = reassembly.add({ ...part(0, 8), ...one });
          if (result === 'copy') copies++;
          else if (result !== undefined) whole++;
        }
        reassembly.end();
        const lost = reassembly.givenUp().reduce((sum, { parts: count }) => sum + count, 0);
        expect(copies + lost).toBeLessThanOrEqual(parts.length);
        if (whole === 0) expect(copies + lost).toBe(parts.length);
      }),
    );
  });
});
