import { describe, expect, it } from 'vitest';
import { allocationOf } from './allocation.js';

describe('how a server allocates, as config-get tells it,', () => {
  it.each([
    [
      'DHCPv4 of 2.6, in the subnet',
      { Dhcp4: { subnet4: [{ allocator: 'random', 'offer-lifetime': 60 }] } },
      { allocator: 'random', pdAllocator: null, offerLifetime: 60 },
    ],
    [
      'DHCPv4 of 2.2, which has no word for it',
      { Dhcp4: { subnet4: [{ id: 4 }] } },
      { allocator: 'iterative', pdAllocator: null, offerLifetime: 0 },
    ],
    [
      'DHCPv6, stated for all subnets',
      { Dhcp6: { 'pd-allocator': 'flq', allocator: 'iterative', subnet6: [{ allocator: 'random' }] } },
      { allocator: 'random', pdAllocator: 'flq', offerLifetime: 0 },
    ],
  ])('%s', (_, configuration, expected) => {
    expect(allocationOf({ result: 0, arguments: configuration })).toEqual(expected);
  });

  it.each([
    [{ result: 1, text: 'not now' }, 'not now'],
    [{ result: 0 }, 'result 0'],
    [{ result: 0, arguments: { Dhcp4: { subnet4: [] } } }, 'lacks the subnet'],
  ])('is not told by the answer %j', (answer, why) => {
    expect(() => allocationOf(answer)).toThrow(why);
  });
});
