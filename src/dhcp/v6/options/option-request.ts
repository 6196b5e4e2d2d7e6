import type { Reader } from '../../reader.js';
import type { Writer } from '../../writer.js';
import { OPTION } from './code.js';

/** The options that a client asks for, RFC 8415 section 21.7. */
export interface OptionRequestOption {
  type: 'option-request';
  codes: number[];
}

export function decodeOptionRequest(data: Reader): OptionRequestOption {
  const codes: number[] = [];
  while (data.remaining > 0) codes.push(data.u16());
  return { type: 'option-request', codes };
}

export function encodeOptionRequest({ codes }: OptionRequestOption, writer: Writer): void {
  writer.u16(OPTION.optionRequest);
  writer.lengthPrefixed(() => {
    for (const code of codes) writer.u16(code);
  });
}
