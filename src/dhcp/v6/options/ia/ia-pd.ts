import type { Reader } from '../../../reader.js';
import type { Writer } from '../../../writer.js';
import { OPTION } from '../code.js';
import { decodeIaPrefix, encodeIaPrefix, type IaPrefixOption } from './ia-prefix.js';
import { decodeLeaseOption, encodeLeaseOption, type LeaseOption } from './lease-option.js';
import { decodeSequence } from '../sequence.js';

/** Identity association for delegated prefixes, RFC 8415 section 21.21. */
export interface IaPdOption {
  type: 'ia-pd';
  /** 32 bits, unique among a client's IA_PDs. */
  iaid: number;
  /** In seconds, as `t2` is; 0 leaves the time to the client. */
  t1: number;
  t2: number;
  options: (IaPrefixOption | LeaseOption)[];
}

export function decodeIaPd(data: Reader): IaPdOption {
  return {
    type: 'ia-pd',
    iaid: data.u32(),
    t1: data.u32(),
    t2: data.u32(),
    options: decodeSequence(data, (code, inner) =>
      code === OPTION.iaPrefix ? decodeIaPrefix(inner) : decodeLeaseOption(code, inner),
    ),
  };
}

export function encodeIaPd(option: IaPdOption, writer: Writer): void {
  writer.u16(OPTION.iaPd);
  writer.lengthPrefixed(() => {
    writer.u32(option.iaid);
    writer.u32(option.t1);
    writer.u32(option.t2);
    for (const inner of option.options) {
      if (inner.type === 'ia-prefix') encodeIaPrefix(inner, writer);
      else encodeLeaseOption(inner, writer);
    }
  });
}
