import { isIPv4, isIPv6 } from 'node:net';

/**
 * The 16 bytes of an IPv6 address in any form of RFC 4291 section 2.2. Throws a RangeError for anything else. That
 * includes zone identifiers, as no DHCPv6 field has room for one.
 */
export function parseIpv6(text: string): Uint8Array {
  if (!isIPv6(text) || text.includes('%')) throw new RangeError(`not an IPv6 address: ${text}`);
  const [left = '', right] = text.split('::');
  const head = groupBytes(left);
  const tail = right === undefined ? [] : groupBytes(right);
  const address = new Uint8Array(16);
  address.set(head);
  address.set(tail, 16 - tail.length);
  return address;
}

/**
 * An IPv6 address of 16 bytes as the one text that RFC 5952 section 4 recommends: lower case, no leading zeros, and
 * `::` for the longest run of zero groups. Of equal runs the first is shortened, and a single zero group never is.
 * IPv4-mapped addresses end in dotted form (section 5). Throws a RangeError for another number of bytes.
 */
export function formatIpv6(address: Uint8Array): string {
  if (address.length !== 16) throw new RangeError(`an IPv6 address of ${address.length} bytes`);
  if (isIpv4Mapped(address)) return `::ffff:${address.subarray(12).join('.')}`;
  const groups = Array.from(
    { length: 8 },
    (_, i) => ((address[2 * i] ?? 0) << 8) | (address[2 * i + 1] ?? 0),
  );
  const run = longestZeroRun(groups);
  const hex = (part: number[]) => part.map((group) => group.toString(16)).join(':');
  if (run.length < 2) return hex(groups);
  return `${hex(groups.slice(0, run.start))}::${hex(groups.slice(run.start + run.length))}`;
}

function groupBytes(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (isIPv4(group)) return group.split('.').map(Number);
    const value = parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

/** ::ffff:0:0/96, RFC 4291 section 2.5.5.2. */
function isIpv4Mapped(address: Uint8Array): boolean {
  return address[10] === 0xff && address[11] === 0xff && address.subarray(0, 10).every((byte) => byte === 0);
}

function longestZeroRun(groups: number[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  let length = 0;
  groups.forEach((group, i) => {
    length = group === 0 ? length + 1 : 0;
    if (length > longest.length) longest = { start: i + 1 - length, length };
  });
  return longest;
}
