/**
 * Writes big-endian fields. A value that its field can't hold is the caller's mistake and throws a RangeError;
 * cutting it silently would send a message other than the one asked for.
 */
export class Writer {
  #buffer = new Uint8Array(512);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  u8(value: number): void {
    this.#integer(value, 1);
  }

  u16(value: number): void {
    this.#integer(value, 2);
  }

  u24(value: number): void {
    this.#integer(value, 3);
  }

  u32(value: number): void {
    this.#integer(value, 4);
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#buffer.set(value, this.#length);
    this.#length += value.length;
  }

  /** Bytes of a field that has one size. */
  exactly(size: number, value: Uint8Array): void {
    if (value.length !== size) throw new RangeError(`a field of ${size} bytes given ${value.length}`);
    this.bytes(value);
  }

  /** What `write` writes, behind its length in two bytes. */
  lengthPrefixed(write: () => void): void {
    const at = this.#length;
    this.u16(0);
    write();
    const end = this.#length;
    this.#length = at;
    this.u16(end - at - 2);
    this.#length = end;
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.#buffer.slice(0, this.#length);
  }

  #integer(value: number, size: number): void {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** (8 * size)) {
      throw new RangeError(`${value} does not fit into ${size} bytes`);
    }
    this.#reserve(size);
    let rest = value;
    for (let i = this.#length + size - 1; i >= this.#length; i--) {
      this.#buffer[i] = rest & 0xff;
      rest = Math.floor(rest / 256);
    }
    this.#length += size;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#buffer.length) return;
    const grown = new Uint8Array(2 ** Math.ceil(Math.log2(this.#length + more)));
    grown.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = grown;
  }
}
