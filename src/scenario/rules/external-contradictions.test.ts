import { describe, expect, it } from 'vitest';
import { findExternalContradictions } from './external-contradictions.js';
import { scenarioSchema } from '../schema.js';

/** A scenario without mistakes for two servers on loopback. */
function scenario(change: (external: External) => void = () => undefined, more: object = {}) {
  const external = {
    nodes: [{ host: '127.0.0.1' }, { host: 'localhost', port: 3307 }],
    user: 'reader',
    servers: [server(1, 6767), server(2, 6768)],
    subnets: { dhcp4: { id: 4 }, 'dhcp6-ia-na': { id: 6, linkAddress: '2001:db8::1' } } as Record<
      string,
      object
    >,
    consent: false,
  };
  change(external);
  return scenarioSchema.parse({
    name: 'mine',
    description: 'mine',
    cluster: { provider: 'external' },
    cases: ['dhcp4', 'dhcp6-ia-na'],
    external,
    ...more,
  });
}

const server = (node: number, port: number) => ({
  node,
  dhcp4: { address: '127.0.0.1', port, relay: '127.0.0.1' },
  'dhcp6-ia-na': { address: '::1', port, relay: '::1' } as Record<string, unknown> | undefined,
});

interface External {
  nodes: { host: string; port?: number }[];
  servers: ReturnType<typeof server>[];
  subnets: Record<string, object>;
  consent: boolean;
  leaseBudget?: number;
}

const paths = (of: ReturnType<typeof scenario>) =>
  findExternalContradictions(of).map(({ path }) => path.join('.'));

describe("a scenario about someone else's servers", () => {
  it('without mistakes has no findings', () => {
    expect(paths(scenario())).toEqual([]);
  });

  it.each<[what: string, change: (external: External) => void, path: string]>([
    ['a node that is not there', ({ servers }) => (servers[1] = server(3, 6768)), 'external.servers.1.node'],
    [
      'a case without a server',
      ({ servers: [first] }) => Object.assign(first ?? {}, { 'dhcp6-ia-na': undefined }),
      'external.servers.0',
    ],
    ['a case without a subnet', ({ subnets }) => delete subnets['dhcp4'], 'external.subnets'],
    [
      'nothing that selects the subnet',
      ({ subnets }) => (subnets['dhcp6-ia-na'] = { id: 6 }),
      'external.subnets.dhcp6-ia-na',
    ],
    ['the same server twice', ({ servers }) => (servers[1] = server(2, 6767)), 'external.servers.1.dhcp4'],
    [
      'addresses of the other family',
      ({ servers: [first] }) => Object.assign(first?.dhcp4 ?? {}, { relay: '::1' }),
      'external.servers.0.dhcp4.relay',
    ],
    ['a node twice', ({ nodes }) => (nodes[1] = { host: '127.0.0.1', port: 3306 }), 'external.nodes.1'],
    [
      'a control channel elsewhere without consent',
      ({ servers: [first] }) => Object.assign(first?.dhcp4 ?? {}, { control: 'https://[2001:db8::7]:8000/' }),
      'external.consent',
    ],
    [
      'the same server twice, once by its port',
      ({ servers: [first, second] }) => {
        Object.assign(first?.dhcp4 ?? {}, { port: 67 });
        Object.assign(second?.dhcp4 ?? {}, { port: undefined });
      },
      'external.servers.1.dhcp4',
    ],
    [
      'two relays for one subnet',
      ({ servers: [, second] }) => Object.assign(second?.dhcp4 ?? {}, { relay: '127.0.0.2' }),
      'external.servers.1.dhcp4.relay',
    ],
    [
      'a node elsewhere without consent',
      ({ nodes }) => (nodes[0] = { host: 'db1.example' }),
      'external.consent',
    ],
    [
      'a server elsewhere without consent',
      ({ servers: [first] }) => Object.assign(first?.dhcp4 ?? {}, { address: '192.0.2.7' }),
      'external.consent',
    ],
    ['more clients than leases to spend', (external) => (external.leaseBudget = 475), 'external.leaseBudget'],
  ])('must not name %s', (_what, change, path) => {
    expect(paths(scenario(change))).toContain(path);
  });

  it('may name nodes and servers elsewhere with consent, and take as many leases as its budget', () => {
    const change = (external: External) => {
      external.consent = true;
      external.leaseBudget = 476;
      external.nodes[0] = { host: 'db1.example' };
    };
    expect(paths(scenario(change))).toEqual([]);
  });

  it('can’t configure the servers', () => {
    expect(paths(scenario(undefined, { kea: { threads: 4 } }))).toEqual(['kea.threads']);
  });

  it('needs the external provider, and the provider needs the external block', () => {
    expect(paths(scenario(undefined, { cluster: { provider: 'local' } }))).toEqual(['external']);
    expect(paths(scenario(undefined, { external: undefined }))).toEqual(['cluster.provider']);
  });

  it('counts all cases of one kea-dhcp6 as one server', () => {
    const both = scenario(
      (external) => {
        external.subnets['dhcp6-ia-pd'] = { id: 7, linkAddress: '2001:db8::1' };
        for (const one of external.servers) Object.assign(one, { 'dhcp6-ia-pd': one['dhcp6-ia-na'] });
      },
      { cases: ['dhcp6-ia-na', 'dhcp6-ia-pd'] },
    );
    expect(paths(both)).toEqual(['external.servers.0.dhcp6-ia-pd', 'external.servers.1.dhcp6-ia-pd']);
  });
});
