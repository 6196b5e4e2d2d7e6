import { formatIpv4 } from '../../dhcp/v4/index.js';
import { formatIpv6 } from '../../dhcp/v6/index.js';
import { HarnessError } from '../../errors.js';
import { type LeaseType, UNKNOWN_PREFIX_LENGTH } from '../../protocol/leases.js';
import type { Prefix } from '../../observations/observation.js';
import { Column } from '../fold/columns.js';

const IPV4 = 0;
const IPV6_ADDRESS = 1;
const IPV6_PREFIX = 2;

/**
 * Numbers the distinct leases of a network from 0, without an object for each lease. An open-addressed hash table
 * points into typed arrays, which hold four words, a kind and a length for each lease. The bits of a prefix beyond
 * its length don't count.
 */
export class LeaseIndex {
  /** An IPv4 address has one word that is not zero, or two. */
  readonly #words = [
    new Column(Int32Array),
    new Column(Int32Array),
    new Column(Int32Array),
    new Column(Int32Array),
  ] as const;
  readonly #kinds = new Column(Uint8Array);
  readonly #lengths = new Column(Uint8Array);
  #hasPrefixes = false;
  /** Lease number + 1; 0 is a free slot. */
  #slots = new Int32Array(1024);
  readonly #probe = new Int32Array(4);
  /** By prefix: the part of it that is not its client's (RFC 6603). */
  readonly #excluded = new Map<number, number>();

  get size(): number {
    return this.#kinds.length;
  }

  /** @returns the lease's number, the same for the same lease */
  intern(bytes: Uint8Array, type: LeaseType, prefixLength: number): number {
    const { kind, length, slot } = this.#look(bytes, type, prefixLength);
    const lease = this.#slots[slot] ?? 0;
    return lease > 0 ? lease - 1 : this.#append(slot, kind, length);
  }

  /** @returns the number of a lease that was interned, or -1 */
  find(bytes: Uint8Array, type: LeaseType, prefixLength: number): number {
    return (this.#slots[this.#look(bytes, type, prefixLength).slot] ?? 0) - 1;
  }

  #look(
    bytes: Uint8Array,
    type: LeaseType,
    prefixLength: number,
  ): { kind: number; length: number; slot: number } {
    const probe = this.#probe;
    let kind = IPV4;
    let length = 32;
    if (bytes.length === 4 || bytes.length === 8) {
      probe[0] = word(bytes, 0);
      probe[1] = word(bytes, 4);
      probe[2] = probe[3] = 0;
    } else if (bytes.length === 16) {
      kind = type === 'prefix' ? IPV6_PREFIX : IPV6_ADDRESS;
      length = type === 'prefix' ? knownLength(prefixLength) : 128;
      for (let i = 0; i < 4; i++) probe[i] = word(bytes, 4 * i) & mask(length, i);
    } else {
      throw new HarnessError('SOURCE', `a lease of ${bytes.length} bytes in the observations`);
    }
    return { kind, length, slot: this.#slotOf(kind, length) };
  }

  /**
   * Whether a message that names the lease `named` means the lease `held`. If a client holds an address with some of
   * its ports only (RFC 7618), its message may name the address alone.
   */
  isMeant(named: number, held: number): boolean {
    if (named === held || this.#kinds.get(named) !== IPV4 || this.#kinds.get(held) !== IPV4)
      return named === held;
    const [address, ports] = this.#words;
    return ports.get(named) === 0 && address.get(named) === address.get(held);
  }

  get hasPrefixes(): boolean {
    return this.#hasPrefixes;
  }

  isPrefix(lease: number): boolean {
    return this.#kinds.get(lease) === IPV6_PREFIX;
  }

  isIpv4(lease: number): boolean {
    return this.#kinds.get(lease) === IPV4;
  }

  prefixLength(lease: number): number {
    return this.#lengths.get(lease);
  }

  /** Orders leases by their bits. A prefix comes before the leases inside it. */
  compare(a: number, b: number): number {
    for (const words of this.#words) {
      const difference = (words.get(a) >>> 0) - (words.get(b) >>> 0);
      if (difference !== 0) return difference;
    }
    return this.#lengths.get(a) - this.#lengths.get(b) || Number(this.isPrefix(b)) - Number(this.isPrefix(a));
  }

  /** Whether `inner`, another lease, lies in the prefix `outer`. */
  contains(outer: number, inner: number): boolean {
    const length = this.#lengths.get(outer);
    if (!this.isPrefix(outer) || length > this.#lengths.get(inner)) return false;
    for (const [i, words] of this.#words.entries()) {
      const difference = words.get(outer) ^ words.get(inner);
      if ((difference & mask(length, i)) !== 0) return false;
    }
    return true;
  }

  /**
   * Excludes a part from a delegated prefix: that part is not the client's (RFC 6603), whoever holds leases in it.
   */
  exclude(delegated: Prefix, excluded: Prefix): void {
    const prefix = this.intern(delegated.prefix, 'prefix', delegated.prefixLength);
    this.#excluded.set(prefix, this.intern(excluded.prefix, 'prefix', excluded.prefixLength));
  }

  /** Whether `inner` is, or lies in, the excluded part of the prefix `outer`. */
  excludes(outer: number, inner: number): boolean {
    const excluded = this.#excluded.get(outer);
    return excluded !== undefined && (excluded === inner || this.contains(excluded, inner));
  }

  /** `192.0.2.7`, `2001:db8::1` or `2001:db8:7::/64`, `2001:db8:7::/?` where its length is not known */
  text(lease: number): string {
    const bytes = new Uint8Array(16);
    const view = new DataView(bytes.buffer);
    for (const [i, words] of this.#words.entries()) view.setInt32(4 * i, words.get(lease));
    if (this.#kinds.get(lease) === IPV4) return formatIpv4(bytes.subarray(0, 4));
    const address = formatIpv6(bytes);
    if (!this.isPrefix(lease)) return address;
    const length = this.#lengths.get(lease);
    return `${address}/${length === UNKNOWN_PREFIX_LENGTH ? '?' : length}`;
  }

  /** The slot of the lease in `#probe`, or the free slot where it belongs. */
  #slotOf(kind: number, length: number): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#probe;
    const [wordA, wordB, wordC, wordD] = this.#words;
    const last = this.#slots.length - 1;
    let slot = hash(a, b, c, d, length) & last;
    for (;;) {
      const lease = (this.#slots[slot] ?? 0) - 1;
      if (lease < 0) return slot;
      if (
        wordA.get(lease) === a &&
        wordB.get(lease) === b &&
        wordC.get(lease) === c &&
        wordD.get(lease) === d &&
        this.#kinds.get(lease) === kind &&
        this.#lengths.get(lease) === length
      ) {
        return slot;
      }
      slot = (slot + 1) & last;
    }
  }

  #append(slot: number, kind: number, length: number): number {
    const lease = this.#kinds.push(kind);
    this.#hasPrefixes ||= kind === IPV6_PREFIX;
    this.#lengths.push(length);
    this.#words.forEach((words, i) => words.set(lease, this.#probe[i] ?? 0));
    this.#slots[slot] = lease + 1;
    if (this.size * 2 > this.#slots.length) this.#rehash();
    return lease;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const last = slots.length - 1;
    const [a, b, c, d] = this.#words;
    for (let lease = 0; lease < this.size; lease++) {
      const length = this.#lengths.get(lease);
      let slot = hash(a.get(lease), b.get(lease), c.get(lease), d.get(lease), length) & last;
      while (slots[slot] !== 0) slot = (slot + 1) & last;
      slots[slot] = lease + 1;
    }
    this.#slots = slots;
  }
}

function knownLength(length: number): number {
  return length === UNKNOWN_PREFIX_LENGTH ? length : Math.min(length, 128);
}

function word(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] ?? 0) << 24) |
    ((bytes[at + 1] ?? 0) << 16) |
    ((bytes[at + 2] ?? 0) << 8) |
    (bytes[at + 3] ?? 0)
  );
}

/** The bits of word `i` that belong to a prefix of this length. */
function mask(length: number, i: number): number {
  const bits = Math.min(Math.max(length - 32 * i, 0), 32);
  return bits === 0 ? 0 : -1 << (32 - bits);
}

/** Sixteen slots are a line of a CPU's cache, which is what a look-up waits for. */
const NEIGHBOURS_BITS = 4;

/**
 * Leases that follow each other have slots that follow each other, sixteen at a time, as servers give leases in turn.
 * All other bits are mixed, so that leases at any distance spread over the table.
 */
function hash(a: number, b: number, c: number, d: number, length: number): number {
  let last: number;
  if (length > 96) {
    last = d >>> (128 - length);
    d = last >>> NEIGHBOURS_BITS;
  } else if (length > 64) {
    last = c >>> (96 - length);
    c = last >>> NEIGHBOURS_BITS;
  } else if (length > 32) {
    last = b >>> (64 - length);
    b = last >>> NEIGHBOURS_BITS;
  } else {
    last = a >>> (32 - length);
    a = last >>> NEIGHBOURS_BITS;
  }
  let h = length;
  h = Math.imul(h ^ a, 0x9e3779b1);
  h = Math.imul((h ^ (h >>> 15)) + b, 0x85ebca6b);
  h = Math.imul((h ^ (h >>> 13)) + c, 0xc2b2ae35);
  h = Math.imul((h ^ (h >>> 16)) + d, 0x27d4eb2f);
  return ((h ^ (h >>> 15)) << NEIGHBOURS_BITS) | (last & ((1 << NEIGHBOURS_BITS) - 1));
}
