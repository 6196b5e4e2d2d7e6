import type { Reader } from '../../reader.js';
import type { Writer } from '../../writer.js';
import { OPTION } from './code.js';

/** RFC 8415 section 21.2. A DUID is compared byte for byte and never looked into (section 11). */
export interface ClientIdOption {
  type: 'client-id';
  duid: Uint8Array;
}

/** RFC 8415 section 21.3. */
export interface ServerIdOption {
  type: 'server-id';
  duid: Uint8Array;
}

export function decodeClientId(data: Reader): ClientIdOption {
  return { type: 'client-id', duid: decodeDuid(data) };
}

export function decodeServerId(data: Reader): ServerIdOption {
  return { type: 'server-id', duid: decodeDuid(data) };
}

export function encodeDuidOption({ type, duid }: ClientIdOption | ServerIdOption, writer: Writer): void {
  if (!isDuidLength(duid.length)) throw new RangeError(`a DUID of ${duid.length} bytes`);
  writer.u16(type === 'client-id' ? OPTION.clientId : OPTION.serverId);
  writer.lengthPrefixed(() => writer.bytes(duid));
}

function decodeDuid(data: Reader): Uint8Array {
  if (!isDuidLength(data.remaining)) {
    throw data.error('OPTION_LENGTH', `a DUID of ${data.remaining} bytes`);
  }
  return data.rest();
}

/** RFC 8415 section 11.1: two bytes of type and 1 to 128 more. */
function isDuidLength(length: number): boolean {
  return length >= 3 && length <= 130;
}
