import type { Reader } from '../../reader.js';
import type { Writer } from '../../writer.js';
import { OPTION } from './code.js';

/** RFC 8415 section 21.13, table 3. */
export const STATUS = {
  success: 0,
  unspecFail: 1,
  noAddrsAvail: 2,
  noBinding: 3,
  notOnLink: 4,
  useMulticast: 5,
  noPrefixAvail: 6,
} as const;

/** RFC 8415 section 21.13. */
export interface StatusCodeOption {
  type: 'status-code';
  /** One of `STATUS`, or a code that was assigned later. */
  statusCode: number;
  /** Should be UTF-8; kept as received. */
  message: Uint8Array;
}

export function decodeStatusCode(data: Reader): StatusCodeOption {
  return { type: 'status-code', statusCode: data.u16(), message: data.rest() };
}

export function encodeStatusCode({ statusCode, message }: StatusCodeOption, writer: Writer): void {
  writer.u16(OPTION.statusCode);
  writer.lengthPrefixed(() => {
    writer.u16(statusCode);
    writer.bytes(message);
  });
}

/**
 * The status code and message among options. Without a status option the status is success (RFC 8415 section 21.13).
 */
export function statusOf(options: readonly { type: string }[]): {
  statusCode: number;
  statusMessage: string;
} {
  const status = options.find((option): option is StatusCodeOption => option.type === 'status-code');
  if (status === undefined) return { statusCode: STATUS.success, statusMessage: '' };
  return { statusCode: status.statusCode, statusMessage: new TextDecoder().decode(status.message) };
}
