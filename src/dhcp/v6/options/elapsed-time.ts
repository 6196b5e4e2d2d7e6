import type { Reader } from '../../reader.js';
import type { Writer } from '../../writer.js';
import { OPTION } from './code.js';

/** How long a client has tried, RFC 8415 section 21.9. Every message of a client has this option. */
export interface ElapsedTimeOption {
  type: 'elapsed-time';
  /** Hundredths of a second; 0xffff stands for any longer time. */
  hundredths: number;
}

export function decodeElapsedTime(data: Reader): ElapsedTimeOption {
  return { type: 'elapsed-time', hundredths: data.u16() };
}

export function encodeElapsedTime({ hundredths }: ElapsedTimeOption, writer: Writer): void {
  writer.u16(OPTION.elapsedTime);
  writer.lengthPrefixed(() => writer.u16(hundredths));
}
