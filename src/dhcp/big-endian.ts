/*
 * Reads and writes fields in place, without a view, a reader or a new array, as this happens to every datagram. The
 * caller knows that the fields are there. Bytes beyond the end read as 0.
 */

export function u8(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

export function u16(bytes: Uint8Array, at: number): number {
  return (u8(bytes, at) << 8) | u8(bytes, at + 1);
}

export function u24(bytes: Uint8Array, at: number): number {
  return (u8(bytes, at) << 16) | u16(bytes, at + 1);
}

export function u32(bytes: Uint8Array, at: number): number {
  return ((u16(bytes, at) << 16) | u16(bytes, at + 2)) >>> 0;
}

export function putU16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

export function putU24(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 16;
  putU16(bytes, at + 1, value);
}

export function putU32(bytes: Uint8Array, at: number, value: number): void {
  putU16(bytes, at, value >>> 16);
  putU16(bytes, at + 2, value);
}

/** Copies a few bytes. For so few, a call of `set` costs more than this loop. */
export function putBytes(bytes: Uint8Array, at: number, value: Uint8Array): void {
  for (let index = 0; index < value.length; index++) bytes[at + index] = u8(value, index);
}

export function hasBytes(bytes: Uint8Array, at: number, value: Uint8Array): boolean {
  for (let index = 0; index < value.length; index++) {
    if (bytes[at + index] !== value[index]) return false;
  }
  return true;
}
