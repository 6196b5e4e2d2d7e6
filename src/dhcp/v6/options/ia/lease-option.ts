import type { Reader } from '../../../reader.js';
import type { Writer } from '../../../writer.js';
import { OPTION } from '../code.js';
import { decodeOpaque, encodeOpaque, type OpaqueOption } from '../opaque.js';
import { decodeStatusCode, encodeStatusCode, type StatusCodeOption } from '../status-code.js';

/** An option inside an address or a prefix (RFC 8415 sections 21.6 and 21.22). */
export type LeaseOption = StatusCodeOption | OpaqueOption;

export function decodeLeaseOption(code: number, data: Reader): LeaseOption {
  return code === OPTION.statusCode ? decodeStatusCode(data) : decodeOpaque(code, data);
}

export function encodeLeaseOption(option: LeaseOption, writer: Writer): void {
  if (option.type === 'status-code') encodeStatusCode(option, writer);
  else encodeOpaque(option, writer);
}
