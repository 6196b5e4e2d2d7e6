import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIpv4, isUnspecifiedIpv4, parseIpv4, unspecifiedIpv4 } from './address.js';

describe('IPv4 addresses', () => {
  it('are read and written', () => {
    expect(parseIpv4('192.0.2.1')).toEqual(Uint8Array.of(192, 0, 2, 1));
    expect(formatIpv4(Uint8Array.of(255, 0, 10, 9))).toBe('255.0.10.9');
  });

  it('survive being written and read', () => {
    const address = fc.uint8Array({ minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(address, (bytes) => {
        expect(parseIpv4(formatIpv4(bytes))).toEqual(bytes);
      }),
    );
  });

  it.each(['', '1.2.3', '1.2.3.4.5', '1.2.3.256', '01.2.3.4', '1.2.3.4 ', '::1', 'a.b.c.d'])(
    'are not read from %j',
    (text) => expect(() => parseIpv4(text)).toThrow(RangeError),
  );

  it('are written from four bytes only', () => {
    expect(() => formatIpv4(new Uint8Array(16))).toThrow(RangeError);
  });

  it('are unspecified when all zero', () => {
    expect(isUnspecifiedIpv4(unspecifiedIpv4())).toBe(true);
    expect(isUnspecifiedIpv4(Uint8Array.of(0, 0, 0, 1))).toBe(false);
  });
});
