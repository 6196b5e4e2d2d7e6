import type { Reader } from '../../reader.js';
import type { Writer } from '../../writer.js';
import { OPTION } from './code.js';

/** The server's preference: a client takes the ADVERTISE with the highest, RFC 8415 section 21.8. */
export interface PreferenceOption {
  type: 'preference';
  /** 0 to 255. With 255 the client stops collecting ADVERTISEs (section 18.2.1). */
  preference: number;
}

export function decodePreference(data: Reader): PreferenceOption {
  return { type: 'preference', preference: data.u8() };
}

export function encodePreference({ preference }: PreferenceOption, writer: Writer): void {
  writer.u16(OPTION.preference);
  writer.lengthPrefixed(() => writer.u8(preference));
}
