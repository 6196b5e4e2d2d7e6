import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIpv6, parseIpv6 } from './address.js';

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

  it('survive being written and read, and are written as URL writes them', () => {
    // Zero groups are common, else there would hardly be a run of them.
    const byte = fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 0, max: 255 }));
    const address = fc.array(byte, { minLength: 16, maxLength: 16 }).map((bytes) => Uint8Array.from(bytes));
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

  it('are not written from other than 16 bytes', () => {
    expect(() => formatIpv6(new Uint8Array(4))).toThrow(RangeError);
  });
});
