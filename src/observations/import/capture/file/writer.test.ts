import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { datagramsOf, noCounts } from './datagrams.js';
import { CaptureWriter } from './writer.js';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'writer-'));
  path = join(directory, 'capture.pcap');
});
afterEach(() => rmSync(directory, { recursive: true }));

const V4 = [
  { address: '127.0.0.1', port: 20_462 },
  { address: '127.0.0.2', port: 67 },
] as const;
const V6 = [
  { address: '::1', port: 547 },
  { address: '2001:db8::7', port: 65_535 },
] as const;

/** Microseconds since 1970. */
const AT_US = 1_700_000_000_000_000;

const read = () => [...datagramsOf(path, noCounts(), false)];

/** The one's complement sum of 16-bit words (RFC 1071). It is all ones if the data include a correct checksum. */
function checksum(...parts: Uint8Array[]): number {
  const bytes = Buffer.concat([...parts, Buffer.alloc(1)]);
  let sum = 0;
  for (let at = 0; at + 1 < bytes.length; at += 2) sum += bytes.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum;
}

describe('a capture that is written', () => {
  it('gives back what was sent and received, with its time', () => {
    const writer = new CaptureWriter(path);
    writer.append(...V4, Buffer.from('hello'), AT_US + 1_500);
    writer.append(...V6, Buffer.from('there'), AT_US + 3_000);
    writer.close();
    writer.close();
    const all = read().map(({ atUs, datagram: { payload, ...rest } }) => ({
      atUs,
      ...rest,
      payload: payload.toString(),
    }));
    const [relay, server] = V4;
    const [relay6, server6] = V6;
    expect(all).toEqual([
      {
        atUs: 1_700_000_000_001_500,
        family: 4,
        network: '',
        source: relay,
        destination: server,
        payload: 'hello',
        cut: false,
        captured: 33,
      },
      {
        atUs: 1_700_000_000_003_000,
        family: 6,
        network: '',
        source: relay6,
        destination: server6,
        payload: 'there',
        cut: false,
        captured: 53,
      },
    ]);
  });

  it('has correct checksums for any payload', () => {
    let run = 0;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1_500 }), (payload) => {
        path = join(directory, `${run++}.pcap`);
        const writer = new CaptureWriter(path);
        writer.append(...V4, payload, AT_US);
        writer.append(...V6, payload, AT_US);
        writer.close();
        const file = readFileSync(path);
        const first = file.subarray(40, 40 + 28 + payload.length);
        const second = file.subarray(40 + first.length + 16);
        const length = 8 + payload.length;
        expect(checksum(first.subarray(0, 20))).toBe(0xffff);
        expect(checksum(first.subarray(12), even(first), Buffer.of(0, 17, length >> 8, length & 0xff))).toBe(
          0xffff,
        );
        expect(checksum(second.subarray(8), even(second), Buffer.of(0, 17, length >> 8, length & 0xff))).toBe(
          0xffff,
        );
        expect(read().map(({ datagram }) => new Uint8Array(datagram.payload))).toEqual([payload, payload]);
      }),
    );
  });

  it('holds more than fits into one batch', () => {
    const writer = new CaptureWriter(path);
    for (let i = 0; i < 2_000; i++) {
      const payload = Buffer.alloc(300, i);
      payload.writeUInt32BE(i, 4);
      writer.append(...V4, payload, AT_US);
    }
    writer.close();
    expect(read().map(({ datagram }) => datagram.payload[299])).toEqual(
      Array.from({ length: 2_000 }, (_, i) => i & 0xff),
    );
  });

  it('never overwrites a file', () => {
    new CaptureWriter(path).close();
    expect(() => new CaptureWriter(path)).toThrow(expect.objectContaining({ code: 'STORAGE' }));
  });
});

/** Padding that makes the length even. */
function even(bytes: Uint8Array): Buffer {
  return Buffer.alloc(bytes.length % 2);
}
