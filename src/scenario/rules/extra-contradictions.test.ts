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
      loggers: [{ name: 'kea-dhcp6.alloc-engine', severity: 'DEBUG' }],
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
    'hosts-database',
    'hosts-databases',
    'config-control',
    't1-percent',
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
      expect(paths({ extra: { 'dhcp-ddns': { them: [{ [key]: 'x' }] } } })).toEqual([
        `kea.extra.dhcp-ddns.them.0.${key}`,
      ]);
    },
  );

  it('can’t be in a class what the harness owns for all clients', () => {
    const option = { name: 'dhcp-server-identifier', data: '192.0.2.1' };
    const its = { name: 'all', 'offer-lifetime': 60, 'option-data': [option] };
    expect(paths({ dhcp4Extra: { 'client-classes': [its] } })).toEqual([
      'kea.dhcp4Extra.client-classes.0.offer-lifetime',
      'kea.dhcp4Extra.client-classes.0.option-data.0',
    ]);
  });

  it('can’t silence a log, which is evidence', () => {
    const loggers = ['INFO', 'NONE', 'WARN'].map((severity) => ({ name: 'kea-dhcp4', severity }));
    const ofLeases = { name: 'kea-dhcp4.leases', severity: 'WARN' };
    expect(paths({ dhcp4Extra: { loggers: [...loggers, ofLeases] } })).toEqual([
      'kea.dhcp4Extra.loggers.1.severity',
      'kea.dhcp4Extra.loggers.2.severity',
    ]);
  });

  it('can’t replace the identifiers by which rows are known', () => {
    const parameters = { 'replace-client-id': true };
    const hooks = [{ library: 'libdhcp_flex_id.so', parameters }, { library: 'libdhcp_flex_id.so' }];
    expect(paths({ extra: { 'hooks-libraries': hooks } })).toEqual([
      'kea.extra.hooks-libraries.0.parameters.replace-client-id',
    ]);
  });

  it('has one way to name an option, as the later of two entries replaces the other', () => {
    const byName = { 'option-data': [{ name: 'domain-name-servers', data: '192.0.2.1' }] };
    const byCode = { 'option-data': [{ code: 6, data: '192.0.2.2' }] };
    const both = { 'option-data': [{ ...byName['option-data'][0], code: 6 }] };
    const elsewhere = { 'option-data': [{ code: 6, space: 'vendor-4491', data: '1' }] };
    expect(paths({ extra: byName, dhcp4Extra: byCode })).toEqual(['kea.dhcp4Extra.option-data.0']);
    const servers = [{ node: 1 }, { node: 2, kea: { dhcp4Extra: byName } }];
    expect(paths({ dhcp4Extra: byCode }, servers)).toEqual(['servers.1.kea.dhcp4Extra.option-data.0']);
    expect(paths({ extra: both, dhcp4Extra: byCode, dhcp6Extra: byName })).toEqual([]);
    expect(paths({ extra: byName, dhcp4Extra: elsewhere })).toEqual([]);
  });

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
