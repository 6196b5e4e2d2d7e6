/** What an interface description says about its packets (draft-ietf-opsawg-pcapng section 4.2). */
export interface CaptureInterface {
  linkType: number;
  /** Infinity if packets are not cut. */
  snapLength: number;
  /** The unit of a packet's time, in microseconds. */
  unitUs: number;
  /** What is added to a packet's time, in microseconds. */
  offsetUs: number;
}

const OPTION = { end: 0, resolution: 9, offset: 14 } as const;

/** @param body of 8 bytes at least */
export function readInterface(body: Buffer, littleEndian: boolean): CaptureInterface {
  const u16 = (at: number) => (littleEndian ? body.readUInt16LE(at) : body.readUInt16BE(at));
  const snapLength = littleEndian ? body.readUInt32LE(4) : body.readUInt32BE(4);
  const described = {
    linkType: u16(0),
    snapLength: snapLength === 0 ? Infinity : snapLength,
    unitUs: 1,
    offsetUs: 0,
  };
  for (let at = 8; at + 4 <= body.length;) {
    const code = u16(at);
    const length = u16(at + 2);
    if (code === OPTION.end || at + 4 + length > body.length) break;
    if (code === OPTION.resolution && length === 1) described.unitUs = unitOf(body.readUInt8(at + 4));
    if (code === OPTION.offset && length === 8) {
      const seconds = littleEndian ? body.readBigInt64LE(at + 4) : body.readBigInt64BE(at + 4);
      described.offsetUs = Number(seconds) * 1_000_000;
    }
    at += 4 + 4 * Math.ceil(length / 4);
  }
  return described;
}

/** if_tsresol: a negative power of 10, or of 2 with the highest bit set. */
function unitOf(resolution: number): number {
  const power = resolution & 0x7f;
  return 1_000_000 * (resolution & 0x80 ? 2 ** -power : 10 ** -power);
}
