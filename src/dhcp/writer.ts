/**
 * Writes big-endian fields. A value that does not fit its field is the caller's mistake, and throws a RangeError.
 * Cutting the value silently would send another message than the caller asked for.
 */
export class Writer {
  #buffer = new Uint8Array(512);
  #view = new DataView(this.#buffer.buffer);
  #length = 0;

  u8(value: number): void {
    const at = this.#room(1);
    this.#view.setUint8(at, within(value, 0xff));
  }

  u16(value: number): void {
    const at = this.#room(2);
    this.#view.setUint16(at, within(value, 0xffff));
  }

  u24(value: number): void {
    within(value, 0xffffff);
    this.u8(value >>> 16);
    this.u16(value & 0xffff);
  }

  u32(value: number): void {
    const at = this.#room(4);
    this.#view.setUint32(at, within(value, 0xffffffff));
  }

  bytes(value: Uint8Array): void {
    const at = this.#room(value.length);
    this.#buffer.set(value, at);
  }

  /** Writes a field of a fixed size in bytes. */
  exactly(size: number, value: Uint8Array): void {
    if (value.length !== size) throw new RangeError(`a field of ${size} bytes given ${value.length}`);
    this.bytes(value);
  }

  /** Writes a length of two bytes, then what `write` writes. */
  lengthPrefixed(write: () => void): void {
    const at = this.#room(2);
    write();
    this.#view.setUint16(at, within(this.#length - at - 2, 0xffff));
  }

  /** A copy of what was written. */
  finish(): Uint8Array {
    return this.#buffer.slice(0, this.#length);
  }

  /** Makes room for `size` more bytes, and returns where they go. */
  #room(size: number): number {
    const at = this.#length;
    this.#length += size;
    if (this.#length > this.#buffer.length) this.#grow();
    return at;
  }

  #grow(): void {
    const grown = new Uint8Array(2 * this.#length);
    grown.set(this.#buffer);
    this.#buffer = grown;
    this.#view = new DataView(grown.buffer);
  }
}

function within(value: number, max: number): number {
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new RangeError(`${value} is not in 0 to ${max}`);
  }
  return value;
}
