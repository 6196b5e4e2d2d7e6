import { Growing } from './growing.js';
import type { Packet } from './packet.js';

/** Finds the packets of a file in order of time. */
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

  /**
   * Call this after the last packet. If the file has its packets in order, their places are not needed and are
   * dropped.
   */
  end(): void {
    if (!this.#isInOrder) return;
    this.#times = new Growing(Float64Array);
    this.#offsets = new Growing(Float64Array);
    this.#lengths = new Growing(Int32Array);
    this.#linkTypes = new Growing(Int32Array);
    this.#originals = new Growing(Int32Array);
  }

  /** Whether the file already has its packets in order of time. */
  get isInOrder(): boolean {
    return this.#isInOrder;
  }

  /** The most microseconds by which a packet is earlier than one that stands before it in the file. */
  get backUs(): number {
    return this.#backUs;
  }

  /** @param read reads `length` bytes at `offset` of the file */
  *packets(read: (offset: number, length: number) => Buffer): Generator<Packet> {
    const order = Uint32Array.from({ length: this.#times.length }, (_, index) => index);
    // Packets with the same time stay in the order of the file.
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
