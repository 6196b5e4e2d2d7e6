import type { Datagram } from './udp.js';

/** Between a packet's way out of a machine and its way in again: on loopback it is microseconds. */
const APART_US = 50_000;
/** Between a frame and its copy at a mirrored port, or with its VLAN tag and without; no client sends again so soon. */
const MIRRORED_US = 10_000;
const REMEMBERED = 4_096;

type Direction = 'out' | 'in' | undefined;

interface Seen {
  atUs: number;
  direction: Direction;
  payload: Buffer;
}

/**
 * Tells the second sight of a datagram from the first: the same bytes from and to the same place, at once, as one capture of
 * several ports or of all interfaces has them.
 */
export class Copies {
  readonly #seen = new Map<string, Seen>();

  isOne({ source, destination, payload }: Datagram, direction: Direction, atUs: number): boolean {
    const mark = payload.length < 8 ? 0 : payload.readUInt32BE(4);
    const key = `${source.address} ${source.port} ${destination.address} ${destination.port} ${mark} ${payload.length}`;
    const before = this.#seen.get(key);
    if (before !== undefined && isAgain(before, direction, atUs) && before.payload.equals(payload)) {
      // The way out and the way in again are two sights of one; what follows is another one.
      if (direction !== undefined) this.#seen.delete(key);
      return true;
    }
    this.#seen.delete(key);
    this.#seen.set(key, { atUs, direction, payload: Buffer.from(payload) });
    if (this.#seen.size > REMEMBERED) {
      const [oldest = ''] = this.#seen.keys();
      this.#seen.delete(oldest);
    }
    return false;
  }
}

function isAgain(before: Seen, direction: Direction, atUs: number): boolean {
  const apartUs = Math.abs(atUs - before.atUs);
  if (direction === undefined || before.direction === undefined) return apartUs <= MIRRORED_US;
  return direction !== before.direction && apartUs <= APART_US;
}
