import type { Reader } from '../../reader.js';
import type { Writer } from '../../writer.js';
import { OPTION } from './code.js';

/** Which of a relay's interfaces a message came in on, RFC 8415 section 21.18; returned byte for byte. */
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
