import { Reader } from '../../reader.js';
import { Writer } from '../../writer.js';

/** Sub-option codes of option 82 (RFC 3046 section 2.0, RFC 3527, RFC 3993, RFC 5107). */
export const SUB_OPTION = {
  circuitId: 1,
  remoteId: 2,
  linkSelection: 5,
  subscriberId: 6,
  serverIdOverride: 11,
} as const;

export interface RelaySubOption {
  code: number;
  value: Uint8Array;
}

/**
 * The sub-options of option 82, in order (RFC 3046 section 2.0: there is no pad and no end). Throws a DecodeError
 * whose offset counts from the beginning of the value.
 */
export function decodeRelayAgentInformation(value: Uint8Array): RelaySubOption[] {
  const reader = Reader.of(value).part(value.length);
  const subOptions: RelaySubOption[] = [];
  while (reader.remaining > 0) {
    const code = reader.u8();
    subOptions.push({ code, value: reader.bytes(reader.u8()) });
  }
  return subOptions;
}

/** The value of option 82. Throws a RangeError for a sub-option of more than 255 bytes. */
export function encodeRelayAgentInformation(subOptions: readonly RelaySubOption[]): Uint8Array {
  const writer = new Writer();
  for (const { code, value } of subOptions) {
    writer.u8(code);
    writer.u8(value.length);
    writer.bytes(value);
  }
  return writer.finish();
}
