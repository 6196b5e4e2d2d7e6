import { createHmac } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import { formatIpv4, parseIpv4 } from '../../dhcp/v4/index.js';
import { formatIpv6, parseIpv6 } from '../../dhcp/v6/index.js';
import { HarnessError } from '../../errors.js';

/** The number of networks of 16 bits from 240.0.0.0 to 254.255.255.255. */
const MOST_NETWORKS = 15 * 256;

const MOST_FLIPS = 100_000;

const SAY_NOTHING = ['::', '::1', 'ff02::1:2', 'ff05::1:3'];

/**
 * Replaces addresses so that two addresses share a prefix of the same length before and after: an address inside a
 * prefix stays inside. The scheme is that of Crypto-PAn (Xu, Fan, Ammar, Moon, "Prefix-preserving IP address
 * anonymization", 2002): the bits before a bit, and a key, decide whether the bit is flipped. Here HMAC-SHA256
 * replaces AES, and works a byte at a time.
 *
 * The scheme would turn an IPv4 address into the address of somebody else. So the first 16 bits are numbered within
 * 240.0.0.0/4, which no host has, and only the last 16 bits are flipped. The documentation range of IPv6 has no room
 * for prefixes of every length, so 2000::/3 becomes 4000::/3, of which IANA has assigned nothing. Unique local,
 * link-local and multicast addresses keep their kind.
 */
export class AddressMap {
  readonly #key: Uint8Array;
  readonly #flips = new Map<string, Uint8Array>();
  readonly #networks = new Map<number, number>();

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /**
   * The replacement for a text that is an address, or an address with `/` and a length. The length may be `?`.
   * Undefined for any other text.
   */
  text(text: string): string | undefined {
    const [, given = '', zone, slash = ''] = /^([^/%]*)(%[^/]*)?(\/(?:\d{1,3}|\?))?$/.exec(text) ?? [];
    const length = /^\/\d/.test(slash) ? Number(slash.slice(1)) : undefined;
    if (isIPv4(given) && zone === undefined) return formatIpv4(this.ipv4(parseIpv4(given))) + slash;
    if (!isIPv6(given) || (length ?? 0) > 128) return undefined;
    return formatIpv6(this.ipv6(parseIpv6(given), length)) + slash;
  }

  /** @throws HarnessError SOURCE if there are more networks than numbers for them */
  ipv4(address: Uint8Array): Uint8Array {
    const [a = 0, b = 0, c = 0, d = 0] = address;
    if (a === 0 || a === 127 || address.every((byte) => byte === 255)) return Uint8Array.from(address);
    const number = this.#numberOf(a * 256 + b);
    return Uint8Array.of(
      240 + (number >> 8),
      number & 0xff,
      c ^ this.#flipOf(Uint8Array.of(4, a, b), c),
      d ^ this.#flipOf(Uint8Array.of(4, a, b, c), d),
    );
  }

  /** @param length the length of a prefix; the bits after it become zero, before and after the replacement */
  ipv6(address: Uint8Array, length = 128): Uint8Array {
    const given = shortened(address, length);
    if (SAY_NOTHING.includes(formatIpv6(given))) return given;
    if (formatIpv6(given).startsWith('::ffff:') && given[10] === 0xff && given[11] === 0xff)
      return Uint8Array.of(...given.subarray(0, 12), ...this.ipv4(given.subarray(12)));
    const before = Uint8Array.of(6, ...given);
    const mapped = given.map((byte, at) => byte ^ this.#flipIn(given, at, before.subarray(0, at + 1)));
    return shortened(mapped, length);
  }

  /** The bits of a byte to flip. The fixed bits of special addresses are not flipped. */
  #flipIn(address: Uint8Array, at: number, before: Uint8Array): number {
    const [first = 0, second = 0] = address;
    const own = address[at] ?? 0;
    if (at === 0) {
      const top = first >> 5;
      if (top === 1) return (0b011 << 5) | (this.#flipOf(before, own) & 0x1f);
      return top === 2 ? 0b011 << 5 : 0;
    }
    const isLinkLocal = first === 0xfe && second >> 6 === 2;
    if (isLinkLocal && at < 8) return 0;
    // Fixed bits of the second byte: flags and scope of a multicast address, and the bits that mark a link-local
    // address.
    const fixed = at === 1 && first >= 0xfe ? (first === 0xff ? 0xff : 0xc0) : 0;
    return this.#flipOf(before, own) & ~fixed;
  }

  #numberOf(network: number): number {
    const known = this.#networks.get(network);
    if (known !== undefined) return known;
    const number = this.#networks.size;
    if (number >= MOST_NETWORKS) {
      throw new HarnessError('SOURCE', `there are addresses of more than ${MOST_NETWORKS} networks in it`, {
        hint: 'share the results of some networks at a time',
      });
    }
    this.#networks.set(network, number);
    return number;
  }

  /**
   * The bits of a byte to flip. The bits before a bit decide whether it is flipped. A byte has 255 possible
   * beginnings, so the 256 bits of a digest are enough.
   */
  #flipOf(before: Uint8Array, byte: number): number {
    const digest = this.#digestOf(before);
    let flip = 0;
    for (let bit = 0; bit < 8; bit++) {
      const beginning = (1 << bit) | (byte >> (8 - bit));
      const isFlipped = ((digest[beginning >> 3] ?? 0) >> (beginning & 7)) & 1;
      flip |= isFlipped << (7 - bit);
    }
    return flip;
  }

  #digestOf(before: Uint8Array): Uint8Array {
    const name = Buffer.from(before).toString('latin1');
    let digest = this.#flips.get(name);
    if (digest === undefined) {
      digest = createHmac('sha256', this.#key).update('address').update(before).digest();
      if (this.#flips.size >= MOST_FLIPS) this.#flips.clear();
      this.#flips.set(name, digest);
    }
    return digest;
  }
}

function shortened(address: Uint8Array, length: number): Uint8Array {
  return address.map((byte, at) => {
    const bits = Math.min(8, Math.max(0, length - 8 * at));
    return byte & (0xff << (8 - bits));
  });
}
