import { describe, expect, it } from 'vitest';
import { CASE_KINDS, type CaseKind } from '../scenario/schema.js';
import { keaConfiguration, withoutPassword } from './configuration.js';
import { CASE_SUBNETS } from './subnets.js';
import { KeaVersion } from './version.js';

const PASSWORD = 'sec"ret\\of-the-run';

function configurationOf(kind: CaseKind, version = '2.2.0', serverNumber = 1): object {
  return keaConfiguration({
    kind,
    version: new KeaVersion(version),
    database: { host: '127.0.0.1', port: 3_307, user: 'kea', password: PASSWORD, database: 'kea' },
    controlSocket: '/tmp/klc-1/kea/dhcp4-1.sock',
    serverNumber,
  });
}

/** What stands below `Dhcp4` or `Dhcp6`. */
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

  it.each(CASE_KINDS)('of %s leaves what bears on allocation at its default', (kind) => {
    const text = JSON.stringify(configurationOf(kind));
    for (const setting of [
      'allocator',
      'multi-threading',
      'reservations',
      'cache',
      'offer-lifetime',
      'retry',
    ]) {
      expect(text).not.toContain(setting);
    }
  });

  it.each([
    ['2.2.0', 'output_options'],
    ['2.6.3', 'output_options'],
    ['3.0', 'output-options'],
  ])('of Kea %s logs to standard output by %s', (version, outputOptions) => {
    const { loggers } = inner(configurationOf('dhcp4', version));
    expect(loggers).toEqual([
      { name: 'kea-dhcp4', severity: 'INFO', [outputOptions]: [{ output: 'stdout' }] },
      { name: 'kea-dhcp4.leases', severity: 'WARN', [outputOptions]: [{ output: 'stdout' }] },
    ]);
  });
});

describe('the configuration of a DHCPv4 server', () => {
  it('listens by UDP, as the loopback interface has no link layer, for the relay of its subnet', () => {
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

describe('the configuration of a DHCPv6 server', () => {
  it('for addresses has a pool and no prefixes', () => {
    const { subnet6 } = inner(configurationOf('dhcp6-ia-na'));
    expect(subnet6).toMatchObject([{ id: 61, pools: [{}], 'pd-pools': [] }]);
  });

  it('for prefixes has prefixes and no pool', () => {
    const { subnet6 } = inner(configurationOf('dhcp6-ia-pd'));
    const pool = { prefix: '2001:db8:8000::', 'prefix-len': 33, 'delegated-len': 64 };
    expect(subnet6).toMatchObject([{ id: 62, pools: [], 'pd-pools': [pool] }]);
  });

  it('has a server identifier of its own, whatever its number', () => {
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
  it('have an id each', () => {
    const ids = CASE_KINDS.map((kind) => CASE_SUBNETS[kind].id);
    expect(new Set(ids).size).toBe(CASE_KINDS.length);
  });
});

describe('the copy for the run directory', () => {
  it.each(CASE_KINDS)('of %s has all but the password', (kind) => {
    const configuration = configurationOf(kind);
    const text = withoutPassword(configuration);
    expect(text).not.toContain('sec');
    const restored = JSON.parse(text, (key, value: unknown) =>
      key === 'password' ? PASSWORD : value,
    ) as object;
    expect(restored).toEqual(configuration);
  });
});
