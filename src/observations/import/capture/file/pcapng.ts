import type { ByteSource } from './byte-source.js';
import { SECTION_HEADER } from './file-format.js';
import { CutOff, LONGEST_PACKET, type OnDamage, type Packet } from './packet.js';
import { readInterface, type CaptureInterface } from './pcapng-interface.js';

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const BLOCK = { interface: 1, packet: 2, simplePacket: 3, enhancedPacket: 6 } as const;

/**
 * The packets of a pcapng file (draft-ietf-opsawg-pcapng). A block has a type, a length, a body padded to 32 bits,
 * and the length again. Each section has its own byte order and interfaces. Blocks that carry no packet are passed
 * over.
 *
 * Throws CutOff, and what `onDamage` throws.
 */
export function* readPcapng(source: ByteSource, onDamage: OnDamage): Generator<Packet> {
  let littleEndian = true;
  let interfaces: (CaptureInterface | undefined)[] = [];
  let lastUs = 0;
  for (let number = 1; ; number++) {
    const head = Buffer.from(source.take(8));
    if (head.length === 0) return;
    const cut = () => new CutOff(`it ends inside block ${number}`);
    if (head.length < 8) throw cut();
    const isSection = head.readUInt32BE(0) === SECTION_HEADER;
    let order: Buffer = Buffer.alloc(0);
    if (isSection) {
      order = Buffer.from(source.take(4));
      if (order.length < 4) throw cut();
      littleEndian = order.readUInt32LE(0) === BYTE_ORDER_MAGIC;
      if (!littleEndian && order.readUInt32BE(0) !== BYTE_ORDER_MAGIC)
        throw new CutOff(`block ${number} is a section header with an unknown byte order`);
      interfaces = [];
    }
    const u32 = (bytes: Buffer, at: number) =>
      littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
    const length = u32(head, 4);
    if (length < 12 + order.length || length % 4 !== 0 || length > LONGEST_PACKET)
      throw new CutOff(`block ${number} claims to have ${length} bytes`);
    const rest = source.take(length - 8 - order.length);
    if (rest.length < length - 8 - order.length) throw cut();
    if (u32(rest, rest.length - 4) !== length) {
      onDamage(`block ${number} has two different lengths at its beginning and end`);
      continue;
    }
    const body = rest.subarray(0, rest.length - 4);
    if (isSection) continue;
    const type = u32(head, 0);
    if (type === BLOCK.interface) {
      const described = body.length < 8 ? undefined : readInterface(body, littleEndian);
      if (described === undefined) onDamage(`block ${number} is too short to describe an interface`);
      interfaces.push(described);
      continue;
    }
    if (type !== BLOCK.packet && type !== BLOCK.enhancedPacket && type !== BLOCK.simplePacket) continue;
    const bodyAt = source.position - rest.length;
    const packet = readPacket(type, body, u32, littleEndian, interfaces);
    if (packet === undefined) {
      onDamage(`block ${number} is a packet of an unknown interface, or its lengths are wrong`);
      continue;
    }
    lastUs = packet.atUs ?? lastUs;
    yield { ...packet, offset: bodyAt + packet.offset, atUs: lastUs };
  }
}

/** A packet whose `offset` counts from the start of its block's body. */
type Stored = Omit<Packet, 'atUs'> & { atUs: number | undefined };

/**
 * Reads a block with a packet (sections 4.3, 4.4 and A.1). The three types of block differ in where the interface,
 * the time and the lengths stand.
 */
function readPacket(
  type: number,
  body: Buffer,
  u32: (bytes: Buffer, at: number) => number,
  littleEndian: boolean,
  interfaces: readonly (CaptureInterface | undefined)[],
): Stored | undefined {
  if (type === BLOCK.simplePacket) {
    const [only] = interfaces;
    if (only === undefined || body.length < 4) return undefined;
    const originalLength = u32(body, 0);
    const length = Math.min(originalLength, only.snapLength, body.length - 4);
    return {
      atUs: undefined,
      linkType: only.linkType,
      offset: 4,
      bytes: body.subarray(4, 4 + length),
      originalLength,
    };
  }
  if (body.length < 20) return undefined;
  const id =
    type === BLOCK.enhancedPacket ? u32(body, 0) : littleEndian ? body.readUInt16LE(0) : body.readUInt16BE(0);
  const its = interfaces[id];
  const length = u32(body, 12);
  if (its === undefined || 20 + length > body.length) return undefined;
  const units = u32(body, 4) * 2 ** 32 + u32(body, 8);
  return {
    atUs: units * its.unitUs + its.offsetUs,
    linkType: its.linkType,
    offset: 20,
    bytes: body.subarray(20, 20 + length),
    originalLength: u32(body, 16),
  };
}
