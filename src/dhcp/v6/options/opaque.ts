import type { Reader } from '../../reader.js';
import type { Writer } from '../../writer.js';

/** An option that the codec does not read, or not in this place. It is kept byte for byte. */
export interface OpaqueOption {
  type: 'opaque';
  code: number;
  data: Uint8Array;
}

export function decodeOpaque(code: number, data: Reader): OpaqueOption {
  return { type: 'opaque', code, data: data.rest() };
}

export function encodeOpaque({ code, data }: OpaqueOption, writer: Writer): void {
  writer.u16(code);
  writer.lengthPrefixed(() => writer.bytes(data));
}
