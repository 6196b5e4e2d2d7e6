import { describe, expect, it } from 'vitest';
import { parseIpv4 } from '../dhcp/v4/index.js';
import { LISTED_LEASES } from '../scenario/allocators.js';
import { CASE_KINDS, type CaseKind } from '../protocol/cases.js';
import { keaConfiguration, withoutPassword, type KeaSettings } from './configuration.js';
import type { KeaServerConfiguration } from './configuration/server.js';
import { CASE_SUBNETS, subnetOf, subnetsOf } from './subnets.js';
import { KeaVersion } from '../packages/kea/kea-version.js';

const PASSWORD = 'sec"ret\\of-the-run';

function serverOf(
  kind: CaseKind,
  version = '2.2.0',
  serverNumber = 1,
  settings: KeaSettings = {},
): KeaServerConfiguration {
  return {
    kind,
    settings,
    listensOn: [kind === 'dhcp4' ? 'lo/127.0.0.1' : 'lo/::1'],
    subnets: subnetsOf(kind, settings),
    hooks: '/root-of-test/hooks',
    version: new KeaVersion(version),
    database: { host: '127.0.0.1', port: 3_307, user: 'kea', password: PASSWORD, database: 'kea' },
    controlSocket: '/tmp/klc-1/kea/dhcp4-1.sock',
    serverNumber,
  };
}

function configurationOf(...server: Parameters<typeof serverOf>): object {
  return keaConfiguration(serverOf(...server));
}

/** The object under `Dhcp4` or `Dhcp6`. */
function inner(configuration: object): Record<string, unknown> {
  const [[, below] = []] = Object.entries(configuration);
  return below as Record<string, unknown>;
}

describe('the configuration of any server', () => {
  it.each(CASE_KINDS)('of %s names its node, its control socket, and leases that outlast a run', (kind) => {
    expect(inner(configurationOf(kind))).toMatchObject({
      'lease-database': { type: 'mysql', host: '127.0.0.1', port: 3_307, user: 'kea', password: PASSWORD },
      'control-socket': { 'socket-type': 'unix', 'socket-name': '/tmp/klc-1/kea/dhcp4-1.sock' },
      'valid-lifetime': 4_000,
    });
  });

  it.each(CASE_KINDS)('of %s leaves each setting that affects allocation at its default', (kind) => {
    const text = JSON.stringify(configurationOf(kind));
    for (const setting of [
      'allocator',
      'multi-threading',
      'reservations',
      'cache',
      'offer-lifetime',
      'retry',
      'preferred-lifetime',
      'probation',
      'expired-leases',
    ]) {
      expect(text).not.toContain(setting);
    }
  });

  it.each([
    ['2.2.0', 'output_options'],
    ['2.6.3', 'output-options'],
    ['3.0', 'output-options'],
  ])('of Kea %s logs to standard output: %s', (version, outputOptions) => {
    const { loggers } = inner(configurationOf('dhcp4', version));
    expect(loggers).toEqual([
      { name: 'kea-dhcp4', severity: 'INFO', [outputOptions]: [{ output: 'stdout' }] },
      { name: 'kea-dhcp4.leases', severity: 'WARN', [outputOptions]: [{ output: 'stdout' }] },
      {
        ...{ name: 'kea-dhcp4.bad-packets', severity: 'DEBUG', debuglevel: 55 },
        [outputOptions]: [{ output: 'stdout' }],
      },
    ]);
  });
});

describe('the configuration follows the version', () => {
  it.each([
    ['2.2.0', undefined],
    ['2.7.3', undefined],
    ['2.7.4', [{ library: '/root-of-test/hooks/libdhcp_mysql.so' }]],
    ['3.0.4', [{ library: '/root-of-test/hooks/libdhcp_mysql.so' }]],
  ])('Kea %s loads these libraries for MySQL: %j', (version, libraries) => {
    for (const kind of CASE_KINDS)
      expect(inner(configurationOf(kind, version))['hooks-libraries']).toEqual(libraries);
  });

  it.each([
    ['2.6.3', 'control-socket'],
    ['3.0.4', 'control-sockets'],
  ])('Kea %s has a %s', (version, key) => {
    const socket = { 'socket-type': 'unix', 'socket-name': '/tmp/klc-1/kea/dhcp4-1.sock' };
    const all = inner(configurationOf('dhcp4', version));
    expect([all[key]].flat()).toEqual([socket]);
    expect(Object.keys(all).filter((name) => name.startsWith('control-'))).toEqual([key]);
  });
});

describe('the configuration that the scenario states', () => {
  const stated = (kind: CaseKind, settings: KeaSettings, version = '2.6.3') =>
    inner(configurationOf(kind, version, 1, settings));

  it('has the allocators for addresses and for prefixes', () => {
    const of = (kind: CaseKind) => {
      const all = stated(kind, { allocator: 'random', pdAllocator: 'flq' });
      return [all['allocator'], all['pd-allocator']];
    };
    expect(of('dhcp4')).toEqual(['random', undefined]);
    expect(of('dhcp6-ia-na')).toEqual(['random', undefined]);
    expect(of('dhcp6-ia-pd')).toEqual([undefined, 'flq']);
  });

  it('has no allocator for Kea 2.2, which only allocates iteratively and has no such setting', () => {
    const settings = { allocator: 'iterative', pdAllocator: 'iterative' } as const;
    for (const kind of CASE_KINDS)
      expect(JSON.stringify(stated(kind, settings, '2.2.0'))).not.toContain('allocator');
  });

  it('has the lifetime of offers in DHCPv4 only', () => {
    expect(stated('dhcp4', { offerLifetime: 60 })).toMatchObject({ 'offer-lifetime': 60 });
    expect(stated('dhcp6-ia-na', { offerLifetime: 60 })).not.toHaveProperty('offer-lifetime');
  });

  it.each([
    [0, { 'enable-multi-threading': false }],
    [3, { 'enable-multi-threading': true, 'thread-pool-size': 3 }],
  ])('has %i threads', (threads, expected) => {
    for (const kind of CASE_KINDS)
      expect(stated(kind, { threads }, '2.2.0')['multi-threading']).toEqual(expected);
  });

  it.each([
    ['2.2.0', false],
    ['2.6.3', true],
  ])('states the default of its version beside a queue: %s has threads: %s', (version, threads) => {
    for (const kind of CASE_KINDS)
      expect(stated(kind, { packetQueueSize: 32 }, version)['multi-threading']).toEqual({
        'enable-multi-threading': threads,
        'packet-queue-size': 32,
      });
  });

  it('has the lifetimes, and what becomes of leases afterwards, under Kea’s names', () => {
    const settings: KeaSettings = {
      validLifetime: 20,
      preferredLifetime: 15,
      renewTimer: 5,
      rebindTimer: 10,
      declineProbationPeriod: 30,
      expiredLeases: { reclaimTimerWaitTime: 1, holdReclaimedTime: 0, flushReclaimedTimerWaitTime: 0 },
    };
    for (const kind of CASE_KINDS) {
      expect(stated(kind, settings)).toMatchObject({
        'valid-lifetime': 20,
        'renew-timer': 5,
        'rebind-timer': 10,
        'decline-probation-period': 30,
        'expired-leases-processing': {
          'reclaim-timer-wait-time': 1,
          'hold-reclaimed-time': 0,
          'flush-reclaimed-timer-wait-time': 0,
        },
      });
      expect(stated(kind, settings)['preferred-lifetime']).toBe(kind === 'dhcp4' ? undefined : 15);
    }
  });

  it('leaves the timers to Kea if only a lifetime is stated, as the default timers would outlast it', () => {
    const all = stated('dhcp6-ia-na', { validLifetime: 20 });
    expect(all).toMatchObject({ 'valid-lifetime': 20 });
    for (const key of ['renew-timer', 'rebind-timer']) expect(all).not.toHaveProperty(key);
  });

  it('has a preferred lifetime if only a valid one is stated, as Kea 2.2 would let the preferred one outlast it', () => {
    expect(stated('dhcp6-ia-pd', { validLifetime: 20 })).toMatchObject({ 'preferred-lifetime': 12 });
    expect(stated('dhcp6-ia-na', { validLifetime: 1 })).toMatchObject({ 'preferred-lifetime': 1 });
    expect(stated('dhcp6-ia-na', {})).not.toHaveProperty('preferred-lifetime');
    expect(stated('dhcp4', { validLifetime: 20 })).not.toHaveProperty('preferred-lifetime');
  });

  it('has small pools for flq, which lists them when the server starts', () => {
    const { pool } = subnetOf('dhcp4', { allocator: 'flq' });
    const numberOf = (address = '') => Buffer.from(parseIpv4(address)).readUInt32BE();
    expect(numberOf(pool?.last) - numberOf(pool?.first) + 1).toBe(LISTED_LEASES);
    const prefixes = subnetOf('dhcp6-ia-pd', { pdAllocator: 'flq' }).prefixPool;
    expect(2 ** ((prefixes?.delegatedLength ?? 0) - (prefixes?.length ?? 0))).toBe(LISTED_LEASES);
    expect(subnetOf('dhcp6-ia-pd', { allocator: 'flq' })).toEqual(CASE_SUBNETS['dhcp6-ia-pd']);
  });
});

describe('the configuration of a DHCPv4 server', () => {
  it('takes its relay’s messages by UDP, as the loopback interface has no link layer', () => {
    expect(configurationOf('dhcp4')).toMatchObject({
      Dhcp4: {
        'interfaces-config': { interfaces: ['lo/127.0.0.1'], 'dhcp-socket-type': 'udp' },
        subnet4: [
          {
            id: 4,
            subnet: '10.0.0.0/8',
            pools: [{ pool: '10.1.0.0 - 10.254.255.255' }],
            relay: { 'ip-addresses': ['127.0.0.1'] },
          },
        ],
      },
    });
  });
});

describe('the configuration of a DHCPv4 server that shares its address', () => {
  it('has an identifier of its own, by which a REQUEST names it', () => {
    const configuration = keaConfiguration({ ...serverOf('dhcp4'), serverIdentifier: '192.0.2.2' });
    expect(inner(configuration)).toMatchObject({
      'option-data': [{ name: 'dhcp-server-identifier', data: '192.0.2.2' }],
    });
    expect(inner(configurationOf('dhcp4'))).not.toHaveProperty('option-data');
  });
});

describe('the configuration of a DHCPv6 server', () => {
  it('for addresses has a pool and no prefixes', () => {
    const { subnet6 } = inner(configurationOf('dhcp6-ia-na'));
    expect(subnet6).toMatchObject([{ id: 61, pools: [{}], 'pd-pools': [] }]);
  });

  it('for addresses and prefixes has both pools, and prefixes that no other case delegates', () => {
    const { subnet6 } = inner(configurationOf('dhcp6-ia-na-pd'));
    const pool = { prefix: '2001:db8:4000::', 'prefix-len': 34, 'delegated-len': 64 };
    expect(subnet6).toMatchObject([{ id: 63, pools: [{}], 'pd-pools': [pool] }]);
  });

  it('allows rapid commit only where the scenario says so', () => {
    const { subnet6 } = inner(configurationOf('dhcp6-ia-na', '2.2.0', 1, { rapidCommit: true }));
    expect(subnet6).toMatchObject([{ 'rapid-commit': true }]);
    expect(JSON.stringify(configurationOf('dhcp6-ia-na'))).not.toContain('rapid-commit');
  });

  it('for prefixes has prefixes and no pool', () => {
    const { subnet6 } = inner(configurationOf('dhcp6-ia-pd'));
    const pool = { prefix: '2001:db8:8000::', 'prefix-len': 33, 'delegated-len': 64 };
    expect(subnet6).toMatchObject([{ id: 62, pools: [], 'pd-pools': [pool] }]);
  });

  it('has a server identifier of its own for every server number', () => {
    const identifiers = Array.from({ length: 9 }, (_, n) => {
      const { 'server-id': id } = inner(configurationOf('dhcp6-ia-na', '2.2.0', n + 1));
      return id as { identifier: string; persist: boolean };
    });
    expect(new Set(identifiers.map(({ identifier }) => identifier)).size).toBe(9);
    for (const id of identifiers) {
      expect(id.identifier).toMatch(/^[0-9a-f]{16}$/);
      expect(id.persist).toBe(false);
    }
  });
});

describe('the subnets of the cases', () => {
  it('have an id of their own each', () => {
    const ids = CASE_KINDS.map((kind) => CASE_SUBNETS[kind].id);
    expect(new Set(ids).size).toBe(CASE_KINDS.length);
  });
});

describe('the copy for the run directory', () => {
  it.each(CASE_KINDS)('of %s lacks only the password', (kind) => {
    const configuration = configurationOf(kind);
    const text = withoutPassword(configuration);
    expect(text).not.toContain('sec');
    const restored = JSON.parse(text, (key, value: unknown) =>
      key === 'password' ? PASSWORD : value,
    ) as object;
    expect(restored).toEqual(configuration);
  });
});

describe('lease caching', () => {
  const threshold = (version: string, cacheThreshold: number | undefined): unknown =>
    inner(configurationOf('dhcp4', version, 1, { cacheThreshold }))['cache-threshold'];

  it('is switched off by 0 where it is on by default; earlier versions refuse a 0', () => {
    expect(threshold('3.0.4', 0)).toBe(0);
    expect(threshold('2.6.3', 0)).toBeUndefined();
    expect(threshold('2.2.0', 0.1)).toBe(0.1);
    expect(threshold('3.0.4', undefined)).toBeUndefined();
  });
});
