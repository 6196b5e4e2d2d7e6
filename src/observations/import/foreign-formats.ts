import { shellWords } from '../../terminal/shell-words.js';

/** A file format that this program does not read. Another program converts or unpacks it. */
export interface ForeignFormat {
  /** The format's name with its article: `an xz file`. */
  what: string;
  /** The hint for the user: how to make a capture of the file at this path. */
  mend: (path: string) => string;
}

type Starts = (start: Buffer) => boolean;

const at = (offset: number, bytes: Buffer): Starts => {
  return (start) => start.subarray(offset, offset + bytes.length).equals(bytes);
};
const begins = (...texts: string[]): Starts => {
  return (start) => texts.some((text) => at(0, Buffer.from(text, 'latin1'))(start));
};
const hex = (...numbers: string[]): Starts => {
  return (start) => numbers.some((number) => at(0, Buffer.from(number, 'hex'))(start));
};

/** Wireshark's `editcap` reads all these formats and recognises them by their content. */
const converted = (path: string): string => {
  const to = `${without(path)}.pcap`;
  const result = to === path ? `${path}.pcap` : to;
  return `convert it with \`${shellWords(['editcap', '-F', 'pcap', path, result])}\`, of Wireshark`;
};
const unpacked =
  (...words: string[]) =>
  (path: string): string =>
    `unpack it first with \`${shellWords([...words, path])}\`, then name ${shellWords([without(path)])}`;
const extracted =
  (...words: string[]) =>
  (path: string): string =>
    `unpack it first with \`${shellWords([...words, path])}\`, then name the capture that was in it`;

/**
 * The formats, each with a test of a file's first bytes. Sources: Wireshark's wiretap library and the descriptions of
 * the formats.
 */
const FORMATS: readonly (readonly [starts: Starts, what: string, mend: ForeignFormat['mend']])[] = [
  [begins('snoop\0\0\0'), 'a snoop file (Solaris)', converted],
  [begins('iptrace 1.0', 'iptrace 2.0'), 'an iptrace file (AIX)', converted],
  [hex('5452006400', '00000001000000000007d000'), 'a nettl file (HP-UX)', converted],
  [begins('RTSS', 'GMBU'), 'a capture of Microsoft Network Monitor', converted],
  [begins('VL\0\0', 'XCP\0', 'TRSNIFF data'), 'a capture of Sniffer or NetXRay', converted],
  [begins('ObserverPktBuffe'), 'a capture of Observer (Network Instruments)', converted],
  [begins('\x7fver'), 'a capture of OmniPeek or AiroPeek', converted],
  [begins('\x05VNF'), 'a capture of Visual Networks', converted],
  [begins('+---------+------'), 'a K12 text file', converted],
  [hex('0000020012050010'), 'a K12 file (Tektronix)', converted],
  [hex('42d2003412662288'), 'a capture of RADCOM', converted],
  [hex('aaaaaaaa'), 'a capture of 5Views (Accellent)', converted],
  [hex('34cdb2a1', 'a1b2cd34'), 'a pcap file of a patched tcpdump (Kuznetzov’s)', converted],
  [hex('ac01001c', '1c0001ac', 'ab01001c', '1c0001ab'), 'a pcap file of Ixia', converted],
  [isErf, 'an ERF file (Endace)', converted],
  [begins('PK\x03\x04'), 'a zip archive', extracted('unzip')],
  [hex('fd377a585a00'), 'an xz file', unpacked('xz', '-dk')],
  [hex('28b52ffd'), 'a zstd file', unpacked('zstd', '-dk')],
  [begins('BZh'), 'a bzip2 file', unpacked('bzip2', '-dk')],
  [hex('377abcaf271c'), 'a 7z archive', extracted('7z', 'x')],
  [hex('04224d18'), 'an lz4 file', unpacked('lz4', '-dk')],
  [begins('LZIP'), 'an lzip file', unpacked('lzip', '-dk')],
  [hex('1f9d'), 'a file compressed with `compress`', unpacked('gzip', '-dk')],
  [begins('Rar!\x1a\x07'), 'a rar archive', extracted('unrar', 'x')],
  [at(257, Buffer.from('ustar')), 'a tar archive', extracted('tar', '-xf')],
  [
    isPrinted,
    'text that tcpdump printed',
    () => 'the packets themselves are needed: `tcpdump -s 0 -w capture.pcap` writes them',
  ],
];

/** The format of a file with these first bytes; undefined for an unknown format. */
export function foreignFormat(start: Buffer): ForeignFormat | undefined {
  for (const [starts, what, mend] of FORMATS) if (starts(start)) return { what, mend };
  return undefined;
}

/** The path without the last extension of the file's name. */
function without(path: string): string {
  return path.replace(/(?<=[^/])\.[^./]+$/, '');
}

function isPrinted(start: Buffer): boolean {
  return /^(\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d\.\d+ (IP6?|ARP|\S+ +(In|Out|B|M) )/.test(
    start.subarray(0, 200).toString('latin1'),
  );
}

/**
 * ERF has no magic number, so its records are checked one after the other. A record begins with a time (8 bytes,
 * little-endian, seconds in the upper half), a type, flags, the record's length, a loss counter and the packet's
 * length. Times must not go back by more than `ERF_BACK`.
 */
function isErf(start: Buffer): boolean {
  let at = 0;
  let before = 0n;
  let records = 0;
  while (at + 16 <= start.length) {
    const time = start.readBigUInt64LE(at);
    const seconds = Number(time >> 32n);
    const type = start.readUInt8(at + 8) & 0x7f;
    const length = start.readUInt16BE(at + 10);
    if (type < 1 || type > 48 || length < 16 || seconds < ERF_FIRST || time + ERF_BACK < before) return false;
    before = time;
    at += length;
    records++;
  }
  // A single record may be chance, unless it is the whole file.
  return records > 1 || (records === 1 && at === start.length);
}

/** Seconds since 1970, in May 1995: there are no older ERF cards. */
const ERF_FIRST = 800_000_000;
/** One second. Cards with several ports write times slightly out of order. */
const ERF_BACK = 1n << 32n;
