import { describe, expect, it } from 'vitest';
import { parseIpv6 } from './address.js';
import { formatPrefix, maskPrefix, parsePrefix } from './prefix.js';

describe('prefixes', () => {
  it.each(['2001:db8::/32', '::/0', '2001:db8:0:ff00::/56', '2001:db8::1/128', '8000::/1'])('%s', (text) => {
    expect(formatPrefix(parsePrefix(text))).toBe(text);
  });

  it.each([
    '2001:db8::',
    '2001:db8::/',
    '2001:db8::/129',
    '2001:db8::/-1',
    '2001:db8::/0x20',
    '2001:db8::/28',
    '::/0/0',
    '192.0.2.0/24',
  ])('%s is none', (text) => expect(() => parsePrefix(text)).toThrow(RangeError));

  it.each([
    [0, '::/0'],
    [1, '8000::/1'],
    [9, 'ff80::/9'],
    [127, 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127'],
    [128, 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128'],
  ])('are cut to %i bits', (prefixLength, text) => {
    const ones = parseIpv6('ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff');
    expect(formatPrefix({ prefix: maskPrefix(ones, prefixLength), prefixLength })).toBe(text);
  });
});
