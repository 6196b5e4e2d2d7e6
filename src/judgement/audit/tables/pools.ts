import type { LeaseRow } from '../../../results/audit.js';
import type { SubnetEvidence } from '../../../evidence/system.js';
import { parseIpv4 } from '../../../dhcp/v4/index.js';
import { parseIpv6 } from '../../../dhcp/v6/index.js';

/** The bytes of a row's address; undefined for a text that is no address. */
export function addressBytes(address: string): Uint8Array | undefined {
  try {
    return address.includes(':') ? parseIpv6(address) : parseIpv4(address);
  } catch {
    return undefined;
  }
}

/** Where a lease lies, by the configuration. */
export type Place = 'in-pool' | 'out-of-pool' | 'wrong-length';

/** What was expected of a lease that lies elsewhere, in words. */
export const PLACE_EXPECTED: Readonly<Record<Exclude<Place, 'in-pool'>, string>> = {
  'out-of-pool': "a lease in the pool that its client's relay selects",
  'wrong-length': 'the configured prefix length',
};

/** The leases that the configuration may give. */
export class Pools {
  readonly #first: Uint8Array | undefined;
  readonly #last: Uint8Array | undefined;
  readonly #prefix: { bytes: Uint8Array; length: number; delegatedLength: number } | undefined;

  constructor({ pool, prefixPool }: Pick<SubnetEvidence, 'pool' | 'prefixPool'>) {
    this.#first = pool && addressBytes(pool.first);
    this.#last = pool && addressBytes(pool.last);
    this.#prefix = prefixPool && {
      bytes: addressBytes(prefixPool.prefix) ?? new Uint8Array(16),
      length: prefixPool.length,
      delegatedLength: prefixPool.delegatedLength,
    };
  }

  /** The length of delegated prefixes; undefined where no prefixes are delegated. */
  get delegatedLength(): number | undefined {
    return this.#prefix?.delegatedLength;
  }

  check(row: Pick<LeaseRow, 'leaseType' | 'prefixLength'>, bytes: Uint8Array): Place {
    if (row.leaseType === 'prefix') {
      if (this.#prefix === undefined || !startsWith(bytes, this.#prefix.bytes, this.#prefix.length)) {
        return 'out-of-pool';
      }
      return row.prefixLength === this.#prefix.delegatedLength && isZeroBeyond(bytes, row.prefixLength)
        ? 'in-pool'
        : 'wrong-length';
    }
    if (row.leaseType === 'temporary' || this.#first === undefined || this.#last === undefined) {
      return 'out-of-pool';
    }
    if (Buffer.compare(bytes, this.#first) < 0 || Buffer.compare(bytes, this.#last) > 0) return 'out-of-pool';
    return row.prefixLength === bytes.length * 8 ? 'in-pool' : 'wrong-length';
  }
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array, length: number): boolean {
  return (
    bytes.length === prefix.length &&
    bytes.every((byte, i) => ((byte ^ (prefix[i] ?? 0)) & mask(length, i)) === 0)
  );
}

function isZeroBeyond(bytes: Uint8Array, length: number): boolean {
  return bytes.every((byte, i) => (byte & ~mask(length, i) & 0xff) === 0);
}

/** The bits of byte `i` that belong to a prefix of this length. */
function mask(length: number, i: number): number {
  const bits = Math.min(Math.max(length - 8 * i, 0), 8);
  return (0xff << (8 - bits)) & 0xff;
}
