import type { Reader } from '../../reader.js';

/**
 * Reads options one after the other, to the end of `reader` (RFC 8415 section 21.1):
 *
 * ```text
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-------------------------------+-------------------------------+
 *   |          option-code          |           option-len          |
 *   +-------------------------------+-------------------------------+
 *   |                          option-data                          |
 *   +---------------------------------------------------------------+
 * ```
 *
 * `decode` must read all of an option's data. It knows the codes that belong where the options stand.
 */
export function decodeSequence<T>(reader: Reader, decode: (code: number, data: Reader) => T): T[] {
  const options: T[] = [];
  while (reader.remaining > 0) {
    const code = reader.u16();
    const data = reader.part(reader.u16());
    options.push(decode(code, data));
    data.end();
  }
  return options;
}
