import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIpv6, parseIpv6 } from './address.js';

// Zero groups are made common, as runs of them would hardly occur otherwise. IPv4-mapped addresses have their own
// text form.
const byte = fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 0, max: 255 }));
const bytesOf = (length: number) => fc.array(byte, { minLength: length, maxLength: length });
const mapped = bytesOf(4).map((tail) => [...new Array<number>(10).fill(0), 0xff, 0xff, ...tail]);
const address = fc.oneof(bytesOf(16), bytesOf(16), mapped).map((bytes) => Uint8Array.from(bytes));

/** One of the spellings of RFC 4291 section 2.2, with zeros, case, `::` and dotted tail at random. */
function spelled(bytes: Uint8Array, chance: () => number): string {
  const isDotted = chance() < 2;
  const groups = Array.from({ length: isDotted ? 6 : 8 }, (_, i) => {
    const group = Buffer.from(bytes)
      .readUInt16BE(2 * i)
      .toString(16);
    const padded = chance() < 4 ? group.padStart(4, '0') : group;
    return chance() < 4 ? padded.toUpperCase() : padded;
  });
  if (isDotted) groups.push(bytes.subarray(12).join('.'));
  const from = chance();
  let to = from;
  while (/^0+$/.test(groups[to] ?? '')) to++;
  if (to === from || chance() < 2) return groups.join(':');
  return `${groups.slice(0, from).join(':')}::${groups.slice(to).join(':')}`;
}

describe('IPv6 addresses', () => {
  // The second column is the one text that RFC 5952 allows, section by section.
  it.each([
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'], // 4.2.3: the first of equal runs
    ['2001:0db8::0001', '2001:db8::1'], // 4.1: no leading zeros
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'], // 4.2.2: no :: for one group
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'], // 4.2.3: the longest run
    ['2001:DB8::ABCD', '2001:db8::abcd'], // 4.3: lower case
    ['0:0:0:0:0:0:0:0', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['fe80:0:0:0:0:0:0:0', 'fe80::'],
    ['1::2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['::ffff:c000:201', '::ffff:192.0.2.1'], // 5: IPv4-mapped
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201'],
  ])('%s is written %s', (text, canonical) => {
    expect(formatIpv6(parseIpv6(text))).toBe(canonical);
    expect(parseIpv6(canonical)).toEqual(parseIpv6(text));
  });

  it('are read into their bytes', () => {
    const address = Uint8Array.of(0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xab, 0x0c);
    expect(parseIpv6('2001:db8::ab0c')).toEqual(address);
  });

  it('have one text, however they are spelled', () => {
    fc.assert(
      fc.property(
        address,
        fc.array(fc.nat({ max: 7 }), { minLength: 24, maxLength: 24 }),
        (bytes, choices) => {
          const spelling = spelled(bytes, () => choices.pop() ?? 0);
          expect(parseIpv6(spelling)).toEqual(bytes);
          expect(formatIpv6(parseIpv6(spelling))).toBe(formatIpv6(bytes));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('survive being written and read, and are written as URL writes them', () => {
    fc.assert(
      fc.property(address, (bytes) => {
        const text = formatIpv6(bytes);
        expect(parseIpv6(text)).toEqual(bytes);
        if (!text.includes('.')) expect(new URL(`http://[${text}]`).hostname).toBe(`[${text}]`);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    '',
    ':',
    ':::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '::12345',
    'fe80::1%lo',
    '192.0.2.1',
    '::1 ',
  ])('are not read from %j', (text) => expect(() => parseIpv6(text)).toThrow(RangeError));

  it('are written from 16 bytes only', () => {
    expect(() => formatIpv6(new Uint8Array(4))).toThrow(RangeError);
  });
});
