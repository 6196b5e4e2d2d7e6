import type { Reader } from '../../reader.js';
import type { Writer } from '../../writer.js';
import { OPTION } from './code.js';

/** The interface of a relay on which a message came in, RFC 8415 section 21.18. A server returns it byte for byte. */
export interface InterfaceIdOption {
  type: 'interface-id';
  interfaceId: Uint8Array;
}

export function decodeInterfaceId(data: Reader): InterfaceIdOption {
  return { type: 'interface-id', interfaceId: data.rest() };
}

export function encodeInterfaceId({ interfaceId }: InterfaceIdOption, writer: Writer): void {
  writer.u16(OPTION.interfaceId);
  writer.lengthPrefixed(() => writer.bytes(interfaceId));
}
