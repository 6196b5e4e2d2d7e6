import { crc32 } from 'node:zlib';
import type { Datagram } from './udp.js';

/** Between a packet's way out of a machine and its way in again: on loopback it is microseconds. */
const APART_US = 50_000;
/** Between a frame and its copy at a mirrored port, or with its VLAN tag and without; no client sends again so soon. */
const MIRRORED_US = 50_000;
/** Between the sights of a frame at a bridge and its ports, which it passes in the same direction; no client sends again so soon. */
const AT_ONCE_US = 1_000;
const REMEMBERED = 4_096;

type Direction = 'out' | 'in' | undefined;

interface Seen {
  atUs: number;
  direction: Direction;
  /** It was seen in both directions. */
  isBoth: boolean;
  network: string;
  length: number;
  from: string;
  to: string;
}

/**
 * Tells the second sight of a datagram from the first: the same bytes from and to the same place, at once, as one capture of
 * several ports or of all interfaces has them. Bytes are compared by their checksum, which only a forger would make equal. VLANs
 * that have the same datagram at once are one network: it was routed, or bridged.
 */
export class Copies {
  /** By checksum, the oldest first. */
  readonly #seen = new Map<number, Seen>();

  readonly #onAcross: (network: string, other: string) => void;

  /** @param onAcross is told of two VLANs that have the same datagram */
  constructor(onAcross: (network: string, other: string) => void) {
    this.#onAcross = onAcross;
  }

  isOne({ source, destination, payload, network }: Datagram, direction: Direction, atUs: number): boolean {
    const sum = crc32(payload, ((source.port << 16) | destination.port) >>> 0);
    const before = this.#seen.get(sum);
    if (
      before !== undefined &&
      before.length === payload.length &&
      before.from === source.address &&
      before.to === destination.address &&
      isAgain(before, direction, atUs)
    ) {
      if (direction !== before.direction) before.isBoth = true;
      // What has no tag may be a sight of any VLAN.
      if (network !== '' && before.network !== '') this.#onAcross(before.network, network);
      return true;
    }
    if (before !== undefined) this.#seen.delete(sum);
    this.#seen.set(sum, {
      atUs,
      direction,
      isBoth: false,
      network,
      length: payload.length,
      from: source.address,
      to: destination.address,
    });
    if (this.#seen.size > REMEMBERED) {
      const [oldest = 0] = this.#seen.keys();
      this.#seen.delete(oldest);
    }
    return false;
  }
}

function isAgain(before: Seen, direction: Direction, atUs: number): boolean {
  const apartUs = Math.abs(atUs - before.atUs);
  if (direction === undefined || before.direction === undefined) return apartUs <= MIRRORED_US;
  if (apartUs <= AT_ONCE_US) return true;
  // The way out and the way in again are two sights of one; what follows is another one.
  return !before.isBoth && direction !== before.direction && apartUs <= APART_US;
}
