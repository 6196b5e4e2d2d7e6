import fc from 'fast-check';
import { SocketAddress } from 'node:net';
import { describe, expect, it } from 'vitest';
import { parseIpv6 } from '../../dhcp/v6/index.js';
import { LeaseIndex } from './leases.js';
import { prefix, v4, v6 } from '../synthetic.test-support.js';

describe('the numbering of leases', () => {
  it('gives equal leases the same number and different ones another, through many rehashes', () => {
    const leases = new LeaseIndex();
    const add = (n: number) => leases.intern(v4(n).bytes, 'address', 32);
    for (let n = 0; n < 20_000; n++) expect(add(n)).toBe(n);
    for (let n = 0; n < 20_000; n++) expect(add(n)).toBe(n);
    expect(leases.size).toBe(20_000);
  });

  it('tells an address from a prefix of 128 bits, and prefixes by length', () => {
    const leases = new LeaseIndex();
    const { bytes } = v6(1);
    const numbers = [
      leases.intern(bytes, 'address', 128),
      leases.intern(bytes, 'prefix', 128),
      leases.intern(bytes, 'prefix', 64),
      leases.intern(bytes, 'prefix', 65),
    ];
    expect(new Set(numbers).size).toBe(4);
  });

  it('refuses bytes that are no address', () => {
    expect(() => new LeaseIndex().intern(new Uint8Array(5), 'address', 32)).toThrow(
      expect.objectContaining({ code: 'SOURCE' }),
    );
  });

  it('writes addresses as RFC 5952 does', () => {
    const leases = new LeaseIndex();
    const text = ({ bytes, type, length }: ReturnType<typeof v4>) =>
      leases.text(leases.intern(bytes, type, length));
    expect(text(v4(0x010203))).toBe('10.1.2.3');
    expect(text(prefix(0x0007_0000, 48))).toBe('2001:db8:7::/48');
    expect(text({ ...v6(0), bytes: parseIpv6('::ffff:c000:201') })).toBe('::ffff:192.0.2.1');
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 0, 0, 1, 0xab), { minLength: 16, maxLength: 16 }), (drawn) => {
        // Node writes ::1.2.3.4 forms for the deprecated IPv4-compatible range.
        const bytes: number[] = [0x20, ...drawn.slice(1)];
        const groups = Array.from(
          { length: 8 },
          (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0),
        );
        const address = groups.map((group) => group.toString(16)).join(':');
        const expected = new SocketAddress({ address, family: 'ipv6' }).address;
        const lease = leases.intern(Uint8Array.from(bytes), 'address', 128);
        expect(leases.text(lease)).toBe(expected);
      }),
    );
  });
});
