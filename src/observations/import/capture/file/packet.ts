/** A packet of a capture, with its link-layer header. */
export interface Packet {
  /**
   * Microseconds since 1970, with a fraction. A packet that is stored without a time has that of the packet before
   * it.
   */
  atUs: number;
  /** https://www.tcpdump.org/linktypes.html */
  linkType: number;
  /** Where `bytes` lie in the file. */
  offset: number;
  /** Valid until the next packet is read. */
  bytes: Buffer;
  /** The packet's full length: more than `bytes` has if the packet was cut to the capture's snapshot length. */
  originalLength: number;
}

/** A file ends inside a packet or block, or can't be followed beyond one. The packets before it are still good. */
export class CutOff extends Error {
  override readonly name = 'CutOff';
}

/**
 * Is called when a packet or block is damaged, but it is known where the next one begins. If the function returns,
 * the damaged one is passed over. If it must not be passed over, the function throws.
 */
export type OnDamage = (what: string) => void;

/** No link carries a longer packet, and no capture program writes one. */
export const LONGEST_PACKET = 1 << 24;
