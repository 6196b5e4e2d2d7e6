import { Growing } from './growing.js';
import type { Packet } from './packet.js';

/** Where the packets of a file lie, in order of time. */
export class PacketOrder {
  #times = new Growing(Float64Array);
  #offsets = new Growing(Float64Array);
  #lengths = new Growing(Int32Array);
  #linkTypes = new Growing(Int32Array);
  #originals = new Growing(Int32Array);
  #isInOrder = true;
  #lastUs = -Infinity;
  #latestUs = -Infinity;
  #backUs = 0;

  add({ atUs, offset, bytes, linkType, originalLength }: Packet): void {
    const index = this.#times.length;
    this.#times.set(index, atUs);
    this.#offsets.set(index, offset);
    this.#lengths.set(index, bytes.length);
    this.#linkTypes.set(index, linkType);
    this.#originals.set(index, originalLength);
    if (atUs < this.#lastUs) this.#isInOrder = false;
    this.#lastUs = atUs;
    this.#latestUs = Math.max(this.#latestUs, atUs);
    this.#backUs = Math.max(this.#backUs, this.#latestUs - atUs);
  }

  /** All were added. Where the file has them in order nobody asks where they lie. */
  end(): void {
    if (!this.#isInOrder) return;
    this.#times = new Growing(Float64Array);
    this.#offsets = new Growing(Float64Array);
    this.#lengths = new Growing(Int32Array);
    this.#linkTypes = new Growing(Int32Array);
    this.#originals = new Growing(Int32Array);
  }

  /** Whether the file has them so already. */
  get isInOrder(): boolean {
    return this.#isInOrder;
  }

  /** How far a packet goes back in time behind those that stand before it, at most. */
  get backUs(): number {
    return this.#backUs;
  }

  /** @param read reads so many bytes at an offset of the file */
  *packets(read: (offset: number, length: number) => Buffer): Generator<Packet> {
    const order = Uint32Array.from({ length: this.#times.length }, (_, index) => index);
    // Stable: of packets of the same moment the first in the file comes first.
    order.sort((a, b) => this.#times.get(a) - this.#times.get(b) || a - b);
    for (const index of order) {
      const offset = this.#offsets.get(index);
      yield {
        atUs: this.#times.get(index),
        offset,
        linkType: this.#linkTypes.get(index),
        bytes: read(offset, this.#lengths.get(index)),
        originalLength: this.#originals.get(index),
      };
    }
  }
}
