/** The variant of a pcap file, by its first four bytes (draft-ietf-opsawg-pcap section 4). */
export interface PcapFormat {
  littleEndian: boolean;
  /** Whether the fraction of a second of each packet is in nanoseconds; else it is in microseconds. */
  nanoseconds: boolean;
}

/** The block type of a pcapng section header, the same in both byte orders (draft-ietf-opsawg-pcapng section 4.1). */
export const SECTION_HEADER = 0x0a0d0d0a;

export function pcapFormat(start: Buffer): PcapFormat | undefined {
  if (start.length < 4) return undefined;
  for (const littleEndian of [true, false]) {
    const magic = littleEndian ? start.readUInt32LE(0) : start.readUInt32BE(0);
    if (magic === 0xa1b2c3d4) return { littleEndian, nanoseconds: false };
    if (magic === 0xa1b23c4d) return { littleEndian, nanoseconds: true };
  }
  return undefined;
}

/** Whether a file with these first bytes is a capture. */
export function isCapture(start: Buffer): boolean {
  return pcapFormat(start) !== undefined || (start.length >= 4 && start.readUInt32BE(0) === SECTION_HEADER);
}
