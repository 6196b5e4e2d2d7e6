import { describe, expect, it } from 'vitest';
import { adviceOn, type KeaFacts } from './advice.js';

const RANDOM = {
  allocator: 'random',
  'lease-database': { 'on-fail': 'serve-retry-continue', 'max-reconnect-tries': 1000 },
};
const ADVISED: KeaFacts = {
  name: '/run/kea/kea6.sock',
  family: 6,
  version: '2.6.3',
  configuration: {
    ...RANDOM,
    'pd-allocator': 'random',
    subnet6: [{ id: 1 }],
    'shared-networks': [{ subnet6: [{ id: 2, allocator: 'random' }] }],
  },
};

/** The points in which a server is not as advised. */
function notes(changes: Partial<KeaFacts>): Record<string, string> {
  const away = adviceOn({ ...ADVISED, ...changes }).filter(({ weight }) => weight === 'note');
  return Object.fromEntries(away.map(({ point, present }) => [point, present]));
}

describe('a server that is as the scenario recommended', () => {
  it('has nothing to change', () => {
    expect(notes({})).toEqual({});
    expect(adviceOn(ADVISED).map(({ point, advised }) => [point, advised])).toEqual([
      ['version', '2.6.2 or later'],
      ['allocator', 'random'],
      ['pd-allocator', 'random'],
      ['cache-threshold', '0'],
      ['on-fail', 'serve-retry-continue'],
      ['max-reconnect-tries', '1 or more'],
    ]);
  });

  it('of DHCPv4 has no allocator for prefixes', () => {
    const dhcp4 = { ...RANDOM, subnet4: [{ id: 1 }] };
    expect(notes({ family: 4, configuration: dhcp4 })).toEqual({});
    expect(adviceOn({ ...ADVISED, family: 4, configuration: dhcp4 })).toHaveLength(5);
  });
});

describe('a server that is not', () => {
  it('is told of each point, where Kea has a default also if it says nothing', () => {
    expect(notes({ version: '2.2.0', configuration: { subnet6: [{ id: 1 }] } })).toEqual({
      version: '2.2.0',
      allocator: 'iterative',
      'pd-allocator': 'iterative',
      'on-fail': 'stop-retry-exit',
      'max-reconnect-tries': '0',
    });
    // Since 3.0 lease caching is on.
    expect(notes({ version: '3.0.4' })).toEqual({ 'cache-threshold': '0.25' });
    expect(
      notes({ version: '3.0.4', configuration: { ...ADVISED.configuration, 'cache-threshold': 0 } }),
    ).toEqual({});
  });

  it('is told which of its subnets is away from the others', () => {
    const subnet6 = [{ id: 1 }, { id: 7, 'pd-allocator': 'flq' }];
    const rest = { ...RANDOM, 'pd-allocator': 'random' };
    const cached = [{ id: 1 }, { id: 4, 'cache-threshold': 0.9 }];
    expect(notes({ configuration: { ...rest, subnet6: cached } })).toEqual({
      'cache-threshold': '0 in subnet 1, 0.9 in subnet 4',
    });
    expect(notes({ configuration: { ...rest, subnet6 } })).toEqual({
      'pd-allocator': 'random in subnet 1, flq in subnet 7',
    });
  });
});
