import type { Datagram } from './udp.js';

/** Between a packet's way out of a machine and its way in again: on loopback it is microseconds. */
const APART_US = 50_000;
const REMEMBERED = 4_096;

/**
 * Tells the second sight of a datagram from the first where one capture covers all interfaces of a machine: the same
 * bytes, the other direction, at once. A server that answers twice does so in the same direction.
 */
export class Copies {
  readonly #seen = new Map<string, number>();

  /** Whether the datagram has been seen in the other direction a moment ago. */
  isOne({ source, destination, payload }: Datagram, direction: 'out' | 'in', atUs: number): boolean {
    const key = `${source.address} ${source.port} ${destination.address} ${destination.port} ${payload.toString('latin1')}`;
    const other = `${direction === 'out' ? 'in' : 'out'} ${key}`;
    const before = this.#seen.get(other);
    if (before !== undefined && Math.abs(atUs - before) <= APART_US) {
      this.#seen.delete(other);
      return true;
    }
    this.#seen.set(`${direction} ${key}`, atUs);
    if (this.#seen.size > REMEMBERED) {
      const [oldest = ''] = this.#seen.keys();
      this.#seen.delete(oldest);
    }
    return false;
  }
}
