import type { Reader } from '../../../reader.js';
import type { Writer } from '../../../writer.js';
import { OPTION } from '../code.js';
import { decodeIaAddress, encodeIaAddress, type IaAddressOption } from './ia-address.js';
import { decodeLeaseOption, encodeLeaseOption, type LeaseOption } from './lease-option.js';
import { decodeSequence } from '../sequence.js';

/** Identity association for non-temporary addresses, RFC 8415 section 21.4. */
export interface IaNaOption {
  type: 'ia-na';
  /** 32 bits, unique among a client's IA_NAs. */
  iaid: number;
  /** In seconds, as `t2` is; 0 leaves the time to the client. */
  t1: number;
  t2: number;
  options: (IaAddressOption | LeaseOption)[];
}

export function decodeIaNa(data: Reader): IaNaOption {
  return {
    type: 'ia-na',
    iaid: data.u32(),
    t1: data.u32(),
    t2: data.u32(),
    options: decodeSequence(data, (code, inner) =>
      code === OPTION.iaAddress ? decodeIaAddress(inner) : decodeLeaseOption(code, inner),
    ),
  };
}

export function encodeIaNa(option: IaNaOption, writer: Writer): void {
  writer.u16(OPTION.iaNa);
  writer.lengthPrefixed(() => {
    writer.u32(option.iaid);
    writer.u32(option.t1);
    writer.u32(option.t2);
    for (const inner of option.options) {
      if (inner.type === 'ia-address') encodeIaAddress(inner, writer);
      else encodeLeaseOption(inner, writer);
    }
  });
}
