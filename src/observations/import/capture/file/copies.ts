import { crc32 } from 'node:zlib';
import type { Datagram } from './udp.js';

/** The most time between a packet's way out of a machine and its way in again. On loopback it is microseconds. */
const APART_US = 50_000;
/**
 * The most time between a frame and its copy at a mirrored port, or between a frame with its VLAN tag and without. No
 * client sends again so soon.
 */
const MIRRORED_US = 50_000;
/**
 * The most time between captures of one frame at a bridge and at its ports, in the same direction. No client sends
 * again so soon.
 */
const AT_ONCE_US = 1_000;
const REMEMBERED = 4_096;

type Direction = 'out' | 'in' | undefined;

interface Seen {
  atUs: number;
  direction: Direction;
  /** Whether the datagram was seen in both directions. */
  isBoth: boolean;
  network: string;
  length: number;
  from: string;
  to: string;
}

/**
 * Recognises a datagram that was captured twice: the same bytes between the same endpoints at nearly the same time,
 * as captures of several ports or of all interfaces have them. Bytes are compared by their checksum: only a forger
 * makes two datagrams with the same one. Two VLANs that have the same datagram at the same time are one network,
 * because it was routed or bridged between them.
 */
export class Copies {
  /** Recent datagrams by their checksum, the oldest first. */
  readonly #seen = new Map<number, Seen>();

  readonly #onAcross: (network: string, other: string) => void;

  /** @param onAcross is called with two VLANs that have the same datagram */
  constructor(onAcross: (network: string, other: string) => void) {
    this.#onAcross = onAcross;
  }

  /** Whether a datagram is a copy of an earlier one. */
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
      // A datagram without a tag may be of any VLAN.
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
  // A datagram is captured once on its way out and once on its way in. The third one is another datagram.
  return !before.isBoth && direction !== before.direction && apartUs <= APART_US;
}
