import { isIPv4 } from 'node:net';
import { u32 } from '../big-endian.js';

/** 0.0.0.0, which stands in an address field without an address (RFC 2131 section 2). A new array each time. */
export function unspecifiedIpv4(): Uint8Array {
  return new Uint8Array(4);
}

/** `192.0.2.1` as four bytes. Throws a RangeError for anything but four decimal numbers without leading zeros. */
export function parseIpv4(text: string): Uint8Array {
  if (!isIPv4(text)) throw new RangeError(`not an IPv4 address: ${text}`);
  return Uint8Array.from(text.split('.'), Number);
}

/** Four bytes as `192.0.2.1`. Throws a RangeError for another number of bytes. */
export function formatIpv4(address: Uint8Array): string {
  if (address.length !== 4) throw new RangeError(`an IPv4 address of ${address.length} bytes`);
  return address.join('.');
}

/** Whether every byte is zero. */
export function isUnspecifiedIpv4(address: Uint8Array): boolean {
  return u32(address, 0) === 0;
}
