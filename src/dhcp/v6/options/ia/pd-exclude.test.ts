import { describe, expect, it } from 'vitest';
import { formatPrefix, parsePrefix } from '../../prefix.js';
import { excludedFrom } from './pd-exclude.js';

function excludes(delegated: string, ...data: number[]): string | undefined {
  const lifetimes = { preferredLifetime: 1, validLifetime: 1 };
  const option = { type: 'opaque' as const, code: 67, data: Uint8Array.from(data) };
  const found = excludedFrom({
    type: 'ia-prefix',
    ...parsePrefix(delegated),
    ...lifetimes,
    options: [option],
  });
  return found && formatPrefix(found);
}

describe('OPTION_PD_EXCLUDE', () => {
  it.each([
    ['2001:db8:1::/56', [64, 0xff], '2001:db8:1:ff::/64'],
    ['2001:db8:1:200::/55', [64, 0x80, 0x80], '2001:db8:1:301::/64'],
    ['2001:db8:1:20::/59', [60, 0x80], '2001:db8:1:30::/60'],
    ['2001:db8::/64', [128, 0, 0, 0, 0, 0, 0, 0, 1], '2001:db8::1/128'],
  ])('of %s, with the bytes %s, is %s', (delegated, data, excluded) => {
    expect(excludes(delegated, ...data)).toBe(excluded);
  });

  it.each([
    ['as long as the delegated one', [56, 0]],
    ['longer than an address', [129, 0]],
    ['without enough of its bits', [72, 0]],
    ['without any', [64]],
  ])('is ignored where it is %s', (_, data) => {
    expect(excludes('2001:db8:1::/56', ...data)).toBeUndefined();
  });
});
