import { DecodeError, type DecodeErrorCode } from './decode-error.js';

/**
 * Reads big-endian fields from a datagram, or from a part of it. Offsets count from the datagram's beginning. The
 * arrays that `bytes` returns share memory with the datagram.
 */
export class Reader {
  readonly #datagram: Uint8Array;
  readonly #view: DataView;
  readonly #end: number;
  readonly #onShort: DecodeErrorCode;
  #offset: number;

  private constructor(
    datagram: Uint8Array,
    view: DataView,
    start: number,
    end: number,
    onShort: DecodeErrorCode,
  ) {
    this.#datagram = datagram;
    this.#view = view;
    this.#offset = start;
    this.#end = end;
    this.#onShort = onShort;
  }

  static of(datagram: Uint8Array): Reader {
    // A Buffer's own `subarray` makes Buffers, which compare as unequal to the plain arrays of a written message.
    const plain = new Uint8Array(datagram.buffer, datagram.byteOffset, datagram.byteLength);
    const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
    return new Reader(plain, view, 0, plain.length, 'TRUNCATED');
  }

  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.#end - this.#offset;
  }

  u8(): number {
    const at = this.#take(1);
    return this.#view.getUint8(at);
  }

  u16(): number {
    const at = this.#take(2);
    return this.#view.getUint16(at);
  }

  u24(): number {
    const at = this.#take(3);
    return this.#view.getUint8(at) * 0x10000 + this.#view.getUint16(at + 1);
  }

  u32(): number {
    const at = this.#take(4);
    return this.#view.getUint32(at);
  }

  bytes(length: number): Uint8Array {
    const at = this.#take(length);
    return this.#datagram.subarray(at, at + length);
  }

  rest(): Uint8Array {
    return this.bytes(this.remaining);
  }

  /** A reader for the next `length` bytes, which this reader skips. Reading past them throws `onShort`. */
  part(length: number, onShort: DecodeErrorCode = 'OPTION_LENGTH'): Reader {
    const at = this.#take(length);
    return new Reader(this.#datagram, this.#view, at, at + length, onShort);
  }

  /** Throws OPTION_LENGTH if bytes are left. */
  end(): void {
    if (this.remaining > 0) throw this.error('OPTION_LENGTH', `${this.remaining} bytes left over`);
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
