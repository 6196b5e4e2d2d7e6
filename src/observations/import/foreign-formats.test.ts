import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foreignFormat } from './foreign-formats.js';
import { isCapture } from './capture/file/file-format.js';

const field = (name: string) => readFileSync(new URL(`../../run/analyze/field/${name}`, import.meta.url));

function erf(...seconds: number[]): Buffer {
  return Buffer.concat(
    seconds.map((second) => {
      const record = Buffer.alloc(96);
      record.writeUInt32LE(second, 4);
      record.writeUInt8(2, 8);
      record.writeUInt16BE(96, 10);
      record.writeUInt16BE(78, 14);
      return record;
    }),
  );
}

describe('a file in the format of another program', () => {
  it.each<[string, Buffer, string, RegExp]>([
    ['base.snoop', field('base.snoop'), 'a snoop file (Solaris)', /`editcap -F pcap base\.snoop base\.pcap`/],
    [
      'a b.cap',
      Buffer.from('GMBU'),
      'a capture of Microsoft Network Monitor',
      /editcap -F pcap 'a b\.cap' 'a b\.pcap'/,
    ],
    [
      'a.pcap',
      Buffer.from('34cdb2a1', 'hex'),
      'a pcap file of a patched tcpdump (Kuznetzov’s)',
      /a\.pcap a\.pcap\.pcap/,
    ],
    [
      '/x.y/a',
      erf(1_700_000_000, 1_700_000_000, 1_700_000_060),
      'an ERF file (Endace)',
      /\/x\.y\/a \/x\.y\/a\.pcap/,
    ],
    [
      'a.pcap.xz',
      Buffer.from('fd377a585a0000', 'hex'),
      'an xz file',
      /`xz -dk a\.pcap\.xz`, then name a\.pcap$/,
    ],
    ['a.zip', Buffer.from('PK\x03\x04'), 'a zip archive', /unzip a\.zip/],
    ['a.tar', Buffer.concat([Buffer.alloc(257), Buffer.from('ustar\0')]), 'a tar archive', /tar -xf a\.tar/],
    [
      'a',
      Buffer.from('12:00:00.123456 IP 0.0.0.0.68 > 255.255.255.255.67: BOOTP'),
      'text that tcpdump printed',
      /-w/,
    ],
  ])('is named, with the command that converts or unpacks it: %s', (path, start, what, mend) => {
    const format = foreignFormat(start);
    expect(format?.what).toBe(what);
    expect(format?.mend(path)).toMatch(mend);
  });

  it('is no ERF file if the times of its records go back', () => {
    expect(foreignFormat(erf(1_700_000_000, 1_600_000_000))).toBeUndefined();
    expect(foreignFormat(Buffer.alloc(200))).toBeUndefined();
  });

  it('is never a capture, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const start = Buffer.from(bytes);
        expect(foreignFormat(start) === undefined || !isCapture(start)).toBe(true);
      }),
    );
  });
});
