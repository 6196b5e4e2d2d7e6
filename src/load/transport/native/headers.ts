import type { Libc } from './libc.js';

/**
 * The headers of a batch of messages, as recvmmsg(2) and sendmmsg(2) take them: an array of `mmsghdr` with what each
 * entry points to. The layout is that of Linux with words of 64 bits.
 *
 * ```text
 * mmsghdr, 64 bytes            at  size
 *   name, its length            0  ptr, u32
 *   iovec, their count         16  ptr, u64
 *   control data, their bytes  32  ptr, u64
 *   flags                      48  i32
 *   bytes of the message       56  u32
 * iovec, 16 bytes: base, length
 * ```
 */
export class Headers {
  /** The address of the array. */
  readonly address: number;
  readonly #words: Uint32Array;
  readonly #bytes: Uint8Array;
  /** Where in the memory each part begins, as an index of words. */
  readonly #iovecs: number;
  readonly #names: number;
  readonly #controls: number;

  constructor(
    libc: Pick<Libc, 'allocate'>,
    count: number,
    { names, controls }: { names: boolean; controls: boolean },
  ) {
    const iovecs = count * HEADER_BYTES;
    const namesAt = iovecs + count * IOVEC_BYTES;
    const controlsAt = namesAt + (names ? count * NAME_BYTES : 0);
    const { bytes, address } = libc.allocate(controlsAt + (controls ? count * CONTROL_BYTES : 0));
    this.address = address;
    this.#bytes = bytes;
    this.#words = new Uint32Array(bytes.buffer);
    this.#iovecs = iovecs / 4;
    this.#names = namesAt / 4;
    this.#controls = controlsAt / 4;
    for (let index = 0; index < count; index++) {
      const at = index * HEADER_WORDS;
      if (names) this.#putPointer(at + NAME, address + namesAt + index * NAME_BYTES);
      this.#putPointer(at + IOVEC, address + iovecs + index * IOVEC_BYTES);
      this.#words[at + IOVEC_COUNT] = 1;
      if (controls) this.#putPointer(at + CONTROL, address + controlsAt + index * CONTROL_BYTES);
      this.renew(index, names, controls);
    }
  }

  /** Says where the data of an entry is. */
  point(index: number, address: number, length: number): void {
    const at = this.#iovecs + index * (IOVEC_BYTES / 4);
    this.#putPointer(at, address);
    this.#words[at + 2] = length;
  }

  /** Gives an entry a name: the address of a peer, as `sockaddr`. */
  name(index: number, name: Uint8Array): void {
    this.#bytes.set(name, 4 * this.#names + index * NAME_BYTES);
    this.#words[index * HEADER_WORDS + NAME_LENGTH] = name.length;
  }

  /** Undoes what the kernel wrote over the lengths of an entry. */
  renew(index: number, names: boolean, controls: boolean): void {
    const at = index * HEADER_WORDS;
    if (names) this.#words[at + NAME_LENGTH] = NAME_BYTES;
    if (controls) this.#words[at + CONTROL_LENGTH] = CONTROL_BYTES;
  }

  /** The bytes of the message that the kernel wrote into an entry. */
  lengthOf(index: number): number {
    return this.#words[index * HEADER_WORDS + MESSAGE_LENGTH] ?? 0;
  }

  /** The name that the kernel wrote into an entry; valid until the next batch. */
  nameOf(index: number): Uint8Array {
    const at = 4 * this.#names + index * NAME_BYTES;
    return this.#bytes.subarray(at, at + (this.#words[index * HEADER_WORDS + NAME_LENGTH] ?? 0));
  }

  /**
   * When the kernel got the message of an entry, microseconds since 1970; -1 where it does not say. It is the first
   * control message (cmsg(3)), if `SO_TIMESTAMPNS` was set and nothing else.
   */
  arrivedAtUs(index: number): number {
    const words = this.#words;
    const at = this.#controls + index * (CONTROL_BYTES / 4);
    if ((words[index * HEADER_WORDS + CONTROL_LENGTH] ?? 0) < TIMESTAMP_BYTES) return -1;
    if (words[at + 2] !== SOL_SOCKET || words[at + 3] !== SO_TIMESTAMPNS) return -1;
    return secondsUs(words, at + 4);
  }

  #putPointer(at: number, address: number): void {
    this.#words[at] = address % WORD;
    this.#words[at + 1] = Math.floor(address / WORD);
  }
}

export const SOL_SOCKET = 1;
export const SO_TIMESTAMPNS = 35;

/** A `timespec`, as microseconds. Until the year 2242 these are exact to a microsecond or less in a double. */
export function secondsUs(words: Uint32Array, at: number): number {
  return ((words[at + 1] ?? 0) * WORD + (words[at] ?? 0)) * 1_000_000 + (words[at + 2] ?? 0) / 1_000;
}

const WORD = 2 ** 32;
const HEADER_BYTES = 64;
const HEADER_WORDS = HEADER_BYTES / 4;
const IOVEC_BYTES = 16;
/** Enough for a `sockaddr_in6`. */
const NAME_BYTES = 28;
/** Enough for the time of arrival, and for nothing else. */
const CONTROL_BYTES = 64;
/** The header of a control message, and a `timespec`. */
const TIMESTAMP_BYTES = 32;
// Indexes of words in a header.
const NAME = 0;
const NAME_LENGTH = 2;
const IOVEC = 4;
const IOVEC_COUNT = 6;
const CONTROL = 8;
const CONTROL_LENGTH = 10;
const MESSAGE_LENGTH = 14;
