import { DecodeError } from '../../decode-error.js';

/** Which fixed fields hold options instead of a server name and a boot file (RFC 2132 section 9.3). */
export interface Overload {
  file: boolean;
  sname: boolean;
}

export function decodeOverload(value: Uint8Array | undefined, offset: number): Overload {
  if (value === undefined) return { file: false, sname: false };
  const [bits] = value;
  if (value.length !== 1 || bits === undefined || bits < 1 || bits > 3) {
    throw new DecodeError('OVERLOAD', offset, 'option overload must be 1, 2 or 3');
  }
  return { file: (bits & 1) !== 0, sname: (bits & 2) !== 0 };
}
