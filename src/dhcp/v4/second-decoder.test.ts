import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatIpv4 } from './address.js';
import { encodeMessage, type Dhcp4Message } from './message.js';

/*
 * The npm package `dhcp` reads the same bytes as an independent decoder. Only its fixed fields are compared. It can't
 * read options: it cuts client identifiers at a zero byte, loses its place at a pad option, and does not know option
 * 82.
 */
interface SecondDecoder {
  parse(datagram: Buffer): Record<string, unknown>;
}
const second = createRequire(import.meta.url)('dhcp/lib/protocol.js') as SecondDecoder;

const u16 = fc.integer({ min: 0, max: 0xffff });
const address = fc.uint8Array({ minLength: 4, maxLength: 4 });
const text = (size: number) =>
  fc.stringMatching(/^[a-z0-9.]*$/, { maxLength: size }).map((value) => ({
    value,
    field: new Uint8Array(Buffer.from(value.padEnd(size, '\0'))),
  }));

it('an independent decoder reads the same fixed fields', () => {
  const fields = fc.record({
    op: fc.constantFrom(1 as const, 2 as const),
    hops: fc.integer({ min: 0, max: 255 }),
    xid: fc.integer({ min: 0, max: 0xffffffff }),
    secs: u16,
    flags: u16,
    ciaddr: address,
    yiaddr: address,
    siaddr: address,
    giaddr: address,
    hardware: fc.uint8Array({ minLength: 6, maxLength: 6 }),
    sname: text(64),
    file: text(128),
  });
  fc.assert(
    fc.property(fields, ({ hardware, sname, file, ...same }) => {
      const message: Dhcp4Message = {
        ...same,
        htype: 1,
        hlen: 6,
        chaddr: Uint8Array.from([...hardware, ...new Uint8Array(10)]),
        sname: sname.field,
        file: file.field,
        options: new Map([[53, Uint8Array.of(1)]]),
      };
      expect(second.parse(Buffer.from(encodeMessage(message)))).toMatchObject({
        ...same,
        htype: 1,
        hlen: 6,
        ciaddr: formatIpv4(same.ciaddr),
        yiaddr: formatIpv4(same.yiaddr),
        siaddr: formatIpv4(same.siaddr),
        giaddr: formatIpv4(same.giaddr),
        chaddr: Buffer.from(hardware).toString('hex').toUpperCase().match(/../g)?.join('-'),
        sname: sname.value,
        file: file.value,
        magicCookie: 0x63825363,
      });
    }),
  );
});
