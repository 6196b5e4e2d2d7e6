import { DecodeError } from '../../../decode-error.js';
import type { Reader } from '../../../reader.js';
import type { Writer } from '../../../writer.js';
import { MAX_PREFIX_LENGTH } from '../../prefix.js';
import { OPTION } from '../code.js';
import { decodeLeaseOption, encodeLeaseOption, type LeaseOption } from './lease-option.js';
import { decodeSequence } from '../sequence.js';

/** A prefix of an IA_PD, RFC 8415 section 21.22. */
export interface IaPrefixOption {
  type: 'ia-prefix';
  /** Seconds; 0xffffffff is infinity (section 7.7). */
  preferredLifetime: number;
  validLifetime: number;
  /** 0 to 128. */
  prefixLength: number;
  /** 16 bytes as received: bits beyond the length may be set. */
  prefix: Uint8Array;
  options: LeaseOption[];
}

export function decodeIaPrefix(data: Reader): IaPrefixOption {
  const preferredLifetime = data.u32();
  const validLifetime = data.u32();
  const lengthAt = data.offset;
  const prefixLength = data.u8();
  if (prefixLength > MAX_PREFIX_LENGTH) {
    throw new DecodeError('PREFIX_LENGTH', lengthAt, `a prefix of ${prefixLength} bits`);
  }
  return {
    type: 'ia-prefix',
    preferredLifetime,
    validLifetime,
    prefixLength,
    prefix: data.bytes(16),
    options: decodeSequence(data, decodeLeaseOption),
  };
}

export function encodeIaPrefix(option: IaPrefixOption, writer: Writer): void {
  if (option.prefixLength > MAX_PREFIX_LENGTH) {
    throw new RangeError(`a prefix of ${option.prefixLength} bits`);
  }
  writer.u16(OPTION.iaPrefix);
  writer.lengthPrefixed(() => {
    writer.u32(option.preferredLifetime);
    writer.u32(option.validLifetime);
    writer.u8(option.prefixLength);
    writer.exactly(16, option.prefix);
    for (const inner of option.options) encodeLeaseOption(inner, writer);
  });
}
