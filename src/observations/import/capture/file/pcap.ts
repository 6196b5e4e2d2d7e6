import type { ByteSource } from './byte-source.js';
import { pcapFormat } from './file-format.js';
import { CutOff, LONGEST_PACKET, type Packet } from './packet.js';

/**
 * The packets of a pcap file (draft-ietf-opsawg-pcap): a header of 24 bytes, then for each packet 16 bytes and the
 * packet.
 *
 * ```text
 * at  size  header                         packet
 *  0  4     magic: byte order, precision   seconds since 1970
 *  4  4     version, 2.4                   microseconds or nanoseconds
 *  8  4     zero                           bytes that follow
 * 12  4     zero                           bytes of the whole packet
 * 16  4     snapshot length
 * 20  4     link type in the low 16 bits
 * ```
 *
 * Throws CutOff; a RangeError for a file without its header.
 */
export function* readPcap(source: ByteSource): Generator<Packet> {
  const header = Buffer.from(source.take(24));
  const format = pcapFormat(header);
  if (format === undefined || header.length < 24) throw new RangeError('its header is cut off');
  const u32 = format.littleEndian
    ? (bytes: Buffer, at: number) => bytes.readUInt32LE(at)
    : (bytes: Buffer, at: number) => bytes.readUInt32BE(at);
  const linkType = u32(header, 20) & 0xffff;
  const fraction = format.nanoseconds ? 1_000 : 1;
  for (let number = 1; ; number++) {
    const head = source.take(16);
    if (head.length === 0) return;
    if (head.length < 16) throw new CutOff(`it ends inside packet ${number}`);
    const atUs = u32(head, 0) * 1_000_000 + u32(head, 4) / fraction;
    const length = u32(head, 8);
    const originalLength = u32(head, 12);
    if (length > LONGEST_PACKET) throw new CutOff(`packet ${number} claims to have ${length} bytes`);
    const bytes = source.take(length);
    if (bytes.length < length) throw new CutOff(`it ends inside packet ${number}`);
    yield { atUs, linkType, offset: source.position - length, bytes, originalLength };
  }
}
