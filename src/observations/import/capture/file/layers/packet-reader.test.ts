import { describe, expect, it } from 'vitest';
import { ipPacket } from '../../capture.test-support.js';
import { PacketReader, type LostDatagram, type PacketCounts } from './packet-reader.js';
import { bytes, ethernetOf, ipv4Of, ipv6Of, packetOf, udpOf, u16 } from './samples.test-support.js';

const PAYLOAD = Buffer.alloc(600, 'x');
const V4 = ipPacket(0, { address: '10.0.0.1', port: 68 }, { address: '10.0.0.2', port: 67 }, PAYLOAD).ip;
const V6 = ipPacket(
  0,
  { address: '2001:db8::1', port: 546 },
  { address: '2001:db8::2', port: 547 },
  PAYLOAD,
).ip;

function readAll(frames: Buffer[], linkType = 101) {
  const counts: PacketCounts = {
    unknownLinks: new Map(),
    closed: new Map(),
    cutBefore: { frames: 0, atBytes: 0 },
    copies: 0,
  };
  const lost: LostDatagram[] = [];
  const reader = new PacketReader(counts, (one) => lost.push(one));
  const found = frames.flatMap((frame) => [...reader.read(packetOf(linkType, frame))]);
  reader.end();
  return { found, lost, counts };
}

function v4Part(from: number, to: number): Buffer {
  const part = Buffer.concat([V4.subarray(0, 20), V4.subarray(20 + from, 20 + to)]);
  part.writeUInt16BE(part.length, 2);
  part.writeUInt16BE((20 + to < V4.length ? 0x2000 : 0) | (from / 8), 6);
  return part;
}

/** A fragment with destination options before and behind the fragment header. */
function v6Part(from: number, to: number): Buffer {
  const options = bytes('11 00 010400000000');
  const whole = Buffer.concat([options, V6.subarray(40)]);
  const place = from | (to < whole.length ? 1 : 0);
  const header = Buffer.concat([bytes('2c 00 010400000000', '3c00'), u16(place), bytes('00000009')]);
  return ipv6Of(60, Buffer.concat([header, whole.subarray(from, to)]));
}

describe('fragmented datagrams', () => {
  it.each([
    ['IPv4', [v4Part(0, 256), v4Part(256, 512), v4Part(512, 608)]],
    ['IPv6 with extension headers', [v6Part(0, 256), v6Part(256, 512), v6Part(512, 616)]],
  ])('of %s are read in any order, and copies of fragments are counted', (_, parts) => {
    const [a = V4, b = V4, c = V4] = parts;
    const { found, lost, counts } = readAll([c, a, a, b, b]);
    expect(found).toMatchObject([{ payload: PAYLOAD, cut: false }]);
    expect(lost).toEqual([]);
    expect(counts.copies).toBe(2);
  });

  it('inside a fragmented tunnel are read', () => {
    const outer = udpOf(
      4789,
      Buffer.concat([bytes('08000000 00138800'), ethernetOf(0x0800, v4Part(0, 256))]),
    );
    const parts = [outer.subarray(20, 20 + 160), outer.subarray(20 + 160)];
    const { found } = readAll([
      ipv4Of(17, parts[0] ?? V4, 5, 0x2000),
      ipv4Of(17, parts[1] ?? V4, 5, 20),
      udpOf(4789, Buffer.concat([bytes('08000000 00138800'), ethernetOf(0x0800, v4Part(256, 608))])),
    ]);
    expect(found).toMatchObject([{ network: 'VNI 5000', payload: PAYLOAD, source: { address: '10.0.0.1' } }]);
  });

  it('that lack a fragment are reported with what the first fragment shows', () => {
    const { found, lost } = readAll([v4Part(0, 256), v4Part(256, 512)]);
    expect(found).toEqual([]);
    expect(lost).toMatchObject([{ fragments: 2, start: { destination: { port: 67 }, cut: true } }]);
    expect(lost[0]?.start?.payload).toEqual(PAYLOAD.subarray(0, 248));
  });

  it('that lack the first fragment are reported only for UDP', () => {
    expect(readAll([v4Part(256, 512), v4Part(512, 608)]).lost).toMatchObject([
      { fragments: 2, start: undefined },
    ]);
    expect(readAll([ipv4Of(6, PAYLOAD, 1, 0x2000), ipv4Of(47, PAYLOAD, 1, 0x2001)]).lost).toEqual([]);
  });
});

describe('what can’t be read', () => {
  const dot11 = (control: string) =>
    bytes(control, '0000 020000000003 020000000001 020000000002 1000', '00'.repeat(40));
  it.each<[string, number, Buffer, string]>([
    ['a protected 802.11 frame', 105, dot11('0841'), 'protected 802.11 frames'],
    ['CAPWAP in DTLS', 101, udpOf(5247, bytes('01000000 17feff00')), 'encrypted (CAPWAP in DTLS)'],
    ['ESP', 101, ipv4Of(50, PAYLOAD), 'encrypted (ESP)'],
    ['MACsec', 1, ethernetOf(0x88e5, bytes('0c00 00000001 00000000')), 'encrypted (MACsec)'],
  ])('is counted and named: %s', (_, linkType, frame, words) => {
    const { found, counts } = readAll([frame, frame], linkType);
    expect(found).toEqual([]);
    expect([...counts.closed]).toEqual([[words, 2]]);
  });

  it('is counted by its link type, also inside other layers', () => {
    expect([...readAll([V4], 147).counts.unknownLinks]).toEqual([[147, 1]]);
    expect([...readAll([bytes('0000 0800 93000000 00')], 192).counts.unknownLinks]).toEqual([[147, 1]]);
  });

  it.each([
    ['a beacon', 105, bytes('8000', '00'.repeat(60))],
    ['a data frame without data', 105, dot11('4801')],
    ['ARP', 1, ethernetOf(0x0806, bytes('0001 0800'))],
    ['spanning tree', 1, ethernetOf(38, bytes('424203', '00'.repeat(35)))],
    ['a PPPoE discovery', 1, ethernetOf(0x8863, bytes('1109 0000 0000'))],
    ['an L2TP control message', 101, udpOf(1701, bytes('c802 000c 0001 0002 00000000'))],
    ['TCP', 101, ipv4Of(6, PAYLOAD)],
  ])('is not counted if it can’t contain DHCP: %s', (_, linkType, frame) => {
    const { found, counts, lost } = readAll([frame], linkType);
    expect([found, lost, counts.closed.size, counts.unknownLinks.size]).toEqual([[], [], 0, 0]);
  });

  it('is given up if it is nested too deep', () => {
    let ip = V4;
    for (let depth = 0; depth < 200; depth++) ip = ipv4Of(4, ip);
    expect(readAll([ip]).found).toEqual([]);
    const tags = Buffer.concat(Array.from({ length: 300 }, () => bytes('000a 8100')));
    expect(readAll([ethernetOf(0x8100, tags)], 1).found).toEqual([]);
  });
});

describe('a datagram at the port of a tunnel', () => {
  it.each([1701, 4789, 4790, 5247, 6081, 37008])('outside a tunnel stays a datagram: port %d', (port) => {
    const payload = bytes('ff00ff00 ff00ff00 ff00ff00 ff00ff00');
    expect(readAll([udpOf(port, payload)]).found).toMatchObject([{ payload, destination: { port } }]);
  });
});
