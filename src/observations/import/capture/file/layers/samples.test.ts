import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipPacket } from '../../capture.test-support.js';
import { LAYERS } from './table.js';
import { PacketReader, type PacketCounts } from './packet-reader.js';
import { packetOf, SAMPLE_NAMES, sampleOf } from './samples.test-support.js';

const counts = (): PacketCounts => ({
  unknownLinks: new Map(),
  closed: new Map(),
  cutBefore: { frames: 0, atBytes: 0 },
  copies: 0,
});
const reader = () => new PacketReader(counts(), () => undefined);
const PAYLOAD = Buffer.from('what a client has to say');
const IPS: Record<string, Buffer> = {
  IPv4: ipPacket(0, { address: '10.0.0.1', port: 68 }, { address: '10.0.0.2', port: 67 }, PAYLOAD).ip,
  IPv6: ipPacket(0, { address: '2001:db8::1', port: 546 }, { address: 'ff02::1:2', port: 547 }, PAYLOAD).ip,
};
const CASES = Object.keys(IPS).flatMap((family) => SAMPLE_NAMES.map((name) => [family, name] as const));
const sample = (family: string, name: string) => sampleOf(name, IPS[family] ?? Buffer.alloc(0));

describe('a datagram', () => {
  it.each(CASES)('of %s is found in %s', (family, name) => {
    const { linkType, frame, network = '' } = sample(family, name);
    const [found, ...more] = reader().read(packetOf(linkType, frame));
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      family: family === 'IPv4' ? 4 : 6,
      network,
      cut: false,
      captured: frame.length,
    });
    expect(found?.payload).toEqual(PAYLOAD);
    expect(found?.source.address).toBe(family === 'IPv4' ? '10.0.0.1' : '2001:db8::1');
    expect(found?.destination.port).toBe(family === 'IPv4' ? 67 : 547);
  });

  it.each(CASES)('of %s in %s, cut short at any byte, counts as cut, or its frame does', (family, name) => {
    const { linkType, frame } = sample(family, name);
    for (let length = 0; length < frame.length; length++) {
      const told = counts();
      const bytes = frame.subarray(0, length);
      const found = new PacketReader(told, () => undefined).read(
        packetOf(linkType, bytes, { originalLength: frame.length }),
      );
      if (found.length === 0)
        expect([length, told.cutBefore]).toEqual([length, { frames: 1, atBytes: length }]);
      else expect([length, found[0]?.cut]).toEqual([length, true]);
    }
  });
});

describe('a frame', () => {
  const linkTypes = [...new Set(LAYERS.flatMap(({ under }) => under.filter((number) => number <= 0xffff)))];

  it('of any link type with any bytes is read without an error', () => {
    const one = reader();
    fc.assert(
      fc.property(fc.constantFrom(...linkTypes), fc.uint8Array({ maxLength: 200 }), (linkType, frame) => {
        one.read(packetOf(linkType, Buffer.from(frame)));
      }),
      { numRuns: 5_000 },
    );
  });

  it('of any sample with changed bytes, or without its end, is read without an error', () => {
    const one = reader();
    const changes = fc.array(fc.tuple(fc.nat(150), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...CASES), changes, fc.nat(20), ([family, name], changed, cut) => {
        const { linkType, frame } = sample(family, name);
        const bytes = Buffer.from(frame.subarray(0, frame.length - cut));
        for (const [at, value] of changed) if (at < bytes.length) bytes[at] = value;
        one.read(packetOf(linkType, bytes));
        one.read(packetOf(linkType, bytes, { originalLength: frame.length }));
      }),
      { numRuns: 20_000 },
    );
    one.end();
  });

  it('is among the samples for every layer but three', () => {
    const unread = LAYERS.filter((layer) => {
      const read = layer.read;
      let reads = 0;
      layer.read = (cursor) => (reads++, read(cursor));
      for (const [family, name] of CASES) {
        const { linkType, frame } = sample(family, name);
        reader().read(packetOf(linkType, frame));
      }
      layer.read = read;
      return reads === 0;
    });
    expect(unread.map(({ name }) => name)).toEqual(['IPv6 fragments', 'ESP', 'UDP']);
  });
});
