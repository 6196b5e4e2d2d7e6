import { u8 } from '../../../big-endian.js';
import { MAX_PREFIX_LENGTH, maskPrefix, type Ipv6Prefix } from '../../prefix.js';
import type { IaPrefixOption } from './ia-prefix.js';

const PD_EXCLUDE = 67;

/**
 * The part of a delegated prefix that is excluded for the link between the two routers (RFC 6603 section 4.2).
 * Undefined where the option is absent or malformed.
 *
 * ```text
 * at  size  OPTION_PD_EXCLUDE
 *  0  u8    length of the excluded prefix
 *  1        its bits after those of the delegated prefix, from the left
 * ```
 */
export function excludedFrom({ prefix, prefixLength, options }: IaPrefixOption): Ipv6Prefix | undefined {
  const option = options.find((one) => one.type === 'opaque' && one.code === PD_EXCLUDE);
  if (option?.type !== 'opaque' || option.data.length < 2) return undefined;
  const length = u8(option.data, 0);
  const bits = length - prefixLength;
  if (bits <= 0 || length > MAX_PREFIX_LENGTH || option.data.length - 1 < Math.ceil(bits / 8))
    return undefined;
  const excluded = maskPrefix(prefix, prefixLength);
  for (let bit = 0; bit < bits; bit++) {
    const isSet = (u8(option.data, 1 + (bit >> 3)) >> (7 - (bit & 7))) & 1;
    const at = prefixLength + bit;
    if (isSet === 1) excluded[at >> 3] = (excluded[at >> 3] ?? 0) | (0x80 >> (at & 7));
  }
  return { prefix: excluded, prefixLength: length };
}
