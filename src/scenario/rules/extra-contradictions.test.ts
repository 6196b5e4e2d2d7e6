import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../schema.js';
import { findExtraContradictions } from './extra-contradictions.js';

function findings(kea: object, servers?: object[]) {
  return findExtraContradictions(scenarioSchema.parse({ name: 'mine', description: 'mine', kea, servers }));
}

const paths = (...scenario: Parameters<typeof findings>) =>
  findings(...scenario).map(({ path }) => path.join('.'));

describe('a part of Kea’s configuration that a scenario states', () => {
  it('may be anything that the harness does not own', () => {
    const extra = {
      'host-reservation-identifiers': ['client-id'],
      'multi-threading': { 'not-known': 1 },
      'option-data': [{ code: 54, data: '1' }],
    };
    expect(findings({ extra: { ...extra, 'option-data': [] }, dhcp6Extra: extra })).toEqual([]);
  });

  it.each([
    'interfaces-config',
    'lease-database',
    'control-socket',
    'control-sockets',
    'server-id',
    'subnet4',
    'subnet6',
    'shared-networks',
    'Dhcp4',
    'Dhcp6',
  ])('can’t be %s, which names itself', (key) => {
    for (const extra of ['extra', 'dhcp4Extra', 'dhcp6Extra']) {
      const [finding, ...others] = findings({ [extra]: { [key]: {} } });
      expect(finding).toMatchObject({ path: ['kea', extra, key], at: 'key' });
      expect(finding?.message).toContain(`kea.${extra}.${key} can't be set`);
      expect(others).toEqual([]);
    }
  });

  it.each([
    ['valid-lifetime', 'kea.validLifetime'],
    ['offer-lifetime', 'kea.offerLifetime'],
    ['pd-allocator', 'kea.pdAllocator'],
    ['cache-threshold', 'kea.cacheThreshold'],
    ['match-client-id', 'kea.matchClientId'],
    ['expired-leases-processing', 'kea.expiredLeases'],
  ])('can’t be %s, as %s states it', (key, own) => {
    expect(findings({ extra: { [key]: 1 } })).toMatchObject([
      { path: ['kea', 'extra', key], suggestion: own },
    ]);
  });

  it('can’t be the threads, whose keys stand deeper', () => {
    expect(
      paths({ extra: { 'multi-threading': { 'thread-pool-size': 4, 'packet-queue-size': 1 } } }),
    ).toEqual(['kea.extra.multi-threading.thread-pool-size', 'kea.extra.multi-threading.packet-queue-size']);
  });

  it('can’t be the server identifier of DHCPv4', () => {
    const byName = { name: 'dhcp-server-identifier', data: '192.0.2.1' };
    expect(paths({ dhcp4Extra: { 'option-data': [{ code: 6 }, byName, { code: 54 }] } })).toEqual([
      'kea.dhcp4Extra.option-data.1',
      'kea.dhcp4Extra.option-data.2',
    ]);
  });

  it.each(['password', 'secret'])(
    'can’t hold a %s at any depth, as the run directory would show it',
    (key) => {
      expect(paths({ extra: { 'hosts-databases': [{ type: 'mysql', [key]: 'x' }] } })).toEqual([
        `kea.extra.hosts-databases.0.${key}`,
      ]);
    },
  );

  it('is refused at the server that has it, with the key that the server has for it', () => {
    const servers = [
      { node: 1 },
      { node: 2, kea: { extra: { subnet4: [], 'cache-threshold': 0, 'valid-lifetime': 9 } } },
    ];
    expect(findings({}, servers)).toMatchObject([
      { path: ['servers', 1, 'kea', 'extra', 'subnet4'] },
      { path: ['servers', 1, 'kea', 'extra', 'cache-threshold'], suggestion: 'servers.1.kea.cacheThreshold' },
      { path: ['servers', 1, 'kea', 'extra', 'valid-lifetime'], suggestion: 'kea.validLifetime' },
    ]);
  });
});
