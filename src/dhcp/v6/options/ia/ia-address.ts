import type { Reader } from '../../../reader.js';
import type { Writer } from '../../../writer.js';
import { OPTION } from '../code.js';
import { decodeLeaseOption, encodeLeaseOption, type LeaseOption } from './lease-option.js';
import { decodeSequence } from '../sequence.js';

/** An address of an IA_NA, RFC 8415 section 21.6. */
export interface IaAddressOption {
  type: 'ia-address';
  /** 16 bytes. */
  address: Uint8Array;
  /** Seconds; 0xffffffff is infinity (section 7.7). */
  preferredLifetime: number;
  validLifetime: number;
  options: LeaseOption[];
}

export function decodeIaAddress(data: Reader): IaAddressOption {
  return {
    type: 'ia-address',
    address: data.bytes(16),
    preferredLifetime: data.u32(),
    validLifetime: data.u32(),
    options: decodeSequence(data, decodeLeaseOption),
  };
}

export function encodeIaAddress(option: IaAddressOption, writer: Writer): void {
  writer.u16(OPTION.iaAddress);
  writer.lengthPrefixed(() => {
    writer.exactly(16, option.address);
    writer.u32(option.preferredLifetime);
    writer.u32(option.validLifetime);
    for (const inner of option.options) encodeLeaseOption(inner, writer);
  });
}
