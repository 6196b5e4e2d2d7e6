/** A packet as a capture has it, with the link layer's header. */
export interface Packet {
  /** Since 1970; of a packet stored without its time, the one before it. Microseconds, with a fraction. */
  atUs: number;
  /** https://www.tcpdump.org/linktypes.html */
  linkType: number;
  /** Where `bytes` lie in the file. */
  offset: number;
  /** Valid until the next packet is read. */
  bytes: Buffer;
  /** Longer than `bytes` where it was cut to the capture's snapshot length. */
  originalLength: number;
}

/** A file that ends inside a packet or block, or can't be followed beyond one: the packets before it are still good. */
export class CutOff extends Error {
  override readonly name = 'CutOff';
}

/**
 * Is told of a packet or block that is damaged between sound bounds, which is passed over where this returns. Throws
 * where it is not to be.
 */
export type OnDamage = (what: string) => void;

/** No link carries more, and no capture program writes more. */
export const LONGEST_PACKET = 1 << 24;
