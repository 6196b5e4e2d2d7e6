import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ipPacket,
  ipPacketsOf,
  pcapFile,
  pcapngFile,
} from '../../observations/import/capture/capture.test-support.js';
import { importCapture, type CaptureOptions } from '../../observations/import/capture/import.js';
import type { Result } from '../../results/result.js';
import { judgeImported } from './imported-source.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'damaged-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function judgedBytes(bytes: Buffer, options?: CaptureOptions): Result {
  const path = join(directory, 'a.pcap');
  writeFileSync(path, bytes);
  return judgeImported(importCapture(path, options), []);
}

const packets = ipPacketsOf('dhcp4-ethernet.pcap');

/** The offset of a block in a little-endian pcapng; blocks count from 1. */
function blockAt(bytes: Buffer, number: number): number {
  let at = 0;
  for (let before = 1; before < number; before++) at += bytes.readUInt32LE(at + 4);
  return at;
}

/** The offset of a packet in a little-endian pcap; packets count from 1. */
function packetAt(bytes: Buffer, number: number): number {
  let at = 24;
  for (let before = 1; before < number; before++) at += 16 + bytes.readUInt32LE(at + 8);
  return at;
}

describe('a capture that is damaged, or has no DHCP,', () => {
  const whole = pcapFile(packets.slice(0, 20));
  const ng = pcapngFile(packets.slice(0, 20));
  const dns = ipPacket(
    1,
    { address: '10.0.0.1', port: 53 },
    { address: '10.0.0.2', port: 4242 },
    Buffer.alloc(64),
  );
  const poked = (bytes: Buffer, at: number, value: number) => {
    const copy = Buffer.from(bytes);
    copy.writeUInt32LE(value, at);
    return copy;
  };
  it.each<[string, Buffer, RegExp]>([
    ['has other traffic only', pcapFile([dns]), /no DHCP in its 1 packet\b/],
    ['has no packets', pcapFile([]), /no DHCP in its 0 packets/],
    [
      'is of an unknown link',
      pcapFile(packets.slice(0, 2), { linkType: 147 }),
      /2 of the unknown link type 147/,
    ],
    ['ends in its header', whole.subarray(0, 20), /header is cut off/],
    ['ends in a packet’s header', whole.subarray(0, 30), /ends inside packet 1/],
    ['ends in a packet', whole.subarray(0, whole.length - 1), /ends inside packet 20/],
    ['has a packet of 2 GB', poked(whole, 32, 0x7fff_ffff), /packet 1 claims to have 2147483647 bytes/],
    ['is a pcapng that ends in a block', ng.subarray(0, ng.length - 1), /ends inside block 23/],
    ['is a pcapng with a block of 8 bytes', poked(ng, 32, 8), /block 2 claims to have 8 bytes/],
    ['is a pcapng whose block ends otherwise', poked(ng, ng.length - 4, 16), /two different lengths/],
    ['is a pcapng of no byte order', poked(ng, 8, 7), /section header with an unknown byte order/],
  ])('is refused when it %s, and left as it was', (_, bytes, message) => {
    expect(() => judgedBytes(bytes)).toThrow(expect.objectContaining({ code: 'SOURCE', exitCode: 64 }));
    expect(() => judgedBytes(bytes)).toThrow(message);
    expect(readFileSync(join(directory, 'a.pcap'))).toEqual(bytes);
  });

  it('is judged up to where it is cut off when that is asked for, and is inconclusive', () => {
    const cut = whole.subarray(0, whole.length - 1);
    const result = judgedBytes(cut, { partial: true });
    expect(result.verdict).toBe('inconclusive');
    expect(result.checks[0]?.actual).toBe('it ends inside packet 20, and is judged up to there');
  });

  it.each<[string, Buffer, string]>([
    [
      'whose framing goes astray',
      poked(whole, packetAt(whole, 20) + 8, 0x7fff_ffff),
      'packet 20 claims to have 2147483647 bytes, and is judged up to there',
    ],
    [
      'with a block in the middle whose two lengths differ',
      poked(ng, blockAt(ng, 10) + ng.readUInt32LE(blockAt(ng, 10) + 4) - 4, 16),
      '1 damaged block was skipped (block 10 has two different lengths at its beginning and end)',
    ],
    [
      'with packets of an interface that is not described',
      poked(poked(ng, blockAt(ng, 8) + 8, 7), blockAt(ng, 9) + 8, 7),
      '2 damaged blocks were skipped (block 8 is a packet of an unknown interface, or its lengths are wrong; block 9 is a packet of an unknown interface, or its lengths are wrong)',
    ],
  ])('%s is judged as far as it can be read when that is asked for, and is inconclusive', (_, bytes, why) => {
    expect(() => judgedBytes(bytes)).toThrow(/--partial|can't be judged/);
    const result = judgedBytes(bytes, { partial: true });
    expect(result.verdict).toBe('inconclusive');
    expect(result.checks[0]).toMatchObject({ name: 'source.complete', actual: why });
    const answers = result.cases[0]?.phases[1]?.firstAttempt.responses ?? 0;
    expect(answers).toBeGreaterThan(0);
  });

  it('is read or refused, whatever is in its packets', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 41), fc.nat(255), fc.boolean(), (at, value, partial) => {
        const bytes = Buffer.from(whole);
        bytes[40 + at] = value;
        try {
          judgedBytes(bytes, { partial });
        } catch (error) {
          expect(error).toMatchObject({ code: 'SOURCE' });
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
