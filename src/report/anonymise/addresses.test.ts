import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIpv6 } from '../../dhcp/v6/index.js';
import { AddressMap } from './addresses.js';

const map = () => new AddressMap(Uint8Array.of(1, 2, 3));

const ipv6 = fc.uint8Array({ minLength: 16, maxLength: 16 });
const global = ipv6.map((bytes) => Uint8Array.of(0x20 | ((bytes[0] ?? 0) & 0x1f), ...bytes.subarray(1)));

/** The number of leading bits that two addresses share. */
function shared(a: Uint8Array, b: Uint8Array): number {
  const bits = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const [one, other] = [bits(a), bits(b)];
  const differing = Array.from(one).findIndex((bit, i) => bit !== other[i]);
  return differing < 0 ? one.length : differing;
}

describe('an IPv6 address', () => {
  it.each([
    ['2000::/3', global],
    ['fc00::/7', ipv6.map((bytes) => Uint8Array.of(0xfd, ...bytes.subarray(1)))],
    ['fe80::/10', ipv6.map((bytes) => Uint8Array.of(0xfe, 0x80, ...bytes.subarray(2)))],
  ])('of %s keeps the length of the prefix that it shares with another', (_, addresses) => {
    const one = map();
    fc.assert(
      fc.property(addresses, addresses, fc.integer({ min: 0, max: 127 }), (a, b, bits) => {
        // Two random addresses share only a few bits.
        const near = a.map((byte, at) => (8 * (at + 1) <= bits ? byte : (b[at] ?? 0)));
        expect(shared(one.ipv6(a), one.ipv6(near))).toBe(shared(a, near));
      }),
    );
  });

  it('stays inside each prefix that it was in', () => {
    const one = map();
    fc.assert(
      fc.property(global, fc.integer({ min: 3, max: 128 }), (address, length) => {
        const prefix = one.ipv6(address, length);
        expect(shared(prefix, one.ipv6(address))).toBeGreaterThanOrEqual(length);
        expect(formatIpv6(one.ipv6(address, length))).toBe(formatIpv6(prefix));
      }),
    );
  });

  it('becomes an unassigned address, and keeps its kind', () => {
    const other = (text: string) => map().text(text) ?? '';
    expect(other('2001:db8::1')).toMatch(/^[45][0-9a-f]{3}:/);
    expect(other('fe80::1')).toMatch(/^fe80::/);
    expect(other('fd12::1')).toMatch(/^fd/);
    expect(other('::ffff:192.0.2.1')).toMatch(/^::ffff:2[45]\d\./);
    expect([other('::1'), other('::'), other('ff02::1:2')]).toEqual(['::1', '::', 'ff02::1:2']);
  });

  it('has the same replacement in each spelling, and keeps its prefix length', () => {
    const one = map();
    const spellings = ['2001:DB8:0:0:0:0:0:1', '2001:0db8::0001', '2001:db8::1', '2001:db8::1%eth0'];
    expect(new Set(spellings.map((text) => one.text(text)))).toHaveProperty('size', 1);
    expect(one.text('2001:db8:7::/56')).toMatch(/\/56$/);
    expect(one.text('2001:db8:7::/?')).toMatch(/\/\?$/);
  });
});

describe('an IPv4 address', () => {
  it('gets an address of a reserved range, in the same network as its neighbours', () => {
    const one = map();
    const [a, b, c, d] = ['192.0.2.1', '192.0.2.200', '192.0.3.1', '198.51.100.1'].map((text) =>
      one.text(text),
    );
    const network = (text: string | undefined, numbers: number) =>
      text?.split('.').slice(0, numbers).join('.');
    expect(a).toMatch(/^240\.0\./);
    expect(network(b, 3)).toBe(network(a, 3));
    expect(network(c, 2)).toBe(network(a, 2));
    expect(network(c, 3)).not.toBe(network(a, 3));
    expect(network(d, 2)).not.toBe(network(a, 2));
  });

  it('has its own replacement for each address', () => {
    const one = map();
    const all = Array.from({ length: 70_000 }, (_, i) =>
      one.text(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`),
    );
    expect(new Set(all)).toHaveProperty('size', 70_000);
  });

  it('is kept if it identifies nobody', () => {
    const all = ['0.0.0.0', '127.0.0.1', '255.255.255.255'];
    expect(all.map((text) => map().text(text))).toEqual(all);
  });

  it('has no replacement if there are too many networks', () => {
    const one = map();
    for (let i = 0; i < 3_840; i++) one.text(`${1 + (i >> 8)}.${i & 255}.0.1`);
    expect(() => one.text('200.0.0.1')).toThrow(expect.objectContaining({ code: 'SOURCE' }));
  });
});

it('has a replacement that depends on the key', () => {
  const [a, b] = [new AddressMap(Uint8Array.of(1)), new AddressMap(Uint8Array.of(2))];
  expect(a.text('2001:db8::1')).not.toBe(b.text('2001:db8::1'));
});

it.each(['', 'server-1', '1.2.3', '12:30:45', '2001:db8::1/200', '00:01:02:03:04:05'])(
  '%j is no address',
  (text) => {
    expect(map().text(text)).toBeUndefined();
  },
);
