import { DecodeError, type DecodeErrorCode } from './decode-error.js';

/**
 * Reads big-endian fields from a datagram, or from a part of it; offsets count from the datagram's beginning.
 * What `bytes` returns shares memory with the datagram.
 */
export class Reader {
  readonly #datagram: Uint8Array;
  readonly #end: number;
  readonly #onShort: DecodeErrorCode;
  #offset: number;

  private constructor(datagram: Uint8Array, start: number, end: number, onShort: DecodeErrorCode) {
    this.#datagram = datagram;
    this.#offset = start;
    this.#end = end;
    this.#onShort = onShort;
  }

  static of(datagram: Uint8Array): Reader {
    // A Buffer's own `subarray` makes Buffers, which compare as unequal to the plain arrays of a written message.
    const plain = new Uint8Array(datagram.buffer, datagram.byteOffset, datagram.byteLength);
    return new Reader(plain, 0, plain.length, 'TRUNCATED');
  }

  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.#end - this.#offset;
  }

  u8(): number {
    const at = this.#take(1);
    return this.#datagram[at] ?? 0;
  }

  u16(): number {
    const at = this.#take(2);
    const d = this.#datagram;
    return ((d[at] ?? 0) << 8) | (d[at + 1] ?? 0);
  }

  u24(): number {
    return this.u8() * 0x10000 + this.u16();
  }

  u32(): number {
    return this.u16() * 0x10000 + this.u16();
  }

  bytes(length: number): Uint8Array {
    const at = this.#take(length);
    return this.#datagram.subarray(at, at + length);
  }

  rest(): Uint8Array {
    return this.bytes(this.remaining);
  }

  /** A reader for the next `length` bytes, which are skipped here. Reading past them throws `onShort`. */
  part(length: number, onShort: DecodeErrorCode = 'OPTION_LENGTH'): Reader {
    const at = this.#take(length);
    return new Reader(this.#datagram, at, at + length, onShort);
  }

  /** Demands that nothing is left. */
  end(): void {
    if (this.remaining > 0) throw this.error('OPTION_LENGTH', `${this.remaining} bytes too many`);
  }

  /** An error at the current byte. */
  error(code: DecodeErrorCode, message: string): DecodeError {
    return new DecodeError(code, this.#offset, message);
  }

  #take(length: number): number {
    if (length > this.remaining) {
      throw this.error(this.#onShort, `${length} bytes expected, ${this.remaining} left`);
    }
    const at = this.#offset;
    this.#offset += length;
    return at;
  }
}
