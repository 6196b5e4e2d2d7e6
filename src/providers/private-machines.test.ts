import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../scenario/schema.js';
import { machinesOf } from './private-machines.js';

/** Each machine as `name: link segment address, …`. */
function machines(load: Record<string, unknown> = {}, kea: Record<string, unknown> = {}): string[] {
  const scenario = scenarioSchema.parse({
    name: 'mine',
    description: 'made up',
    cases: ['dhcp4', 'dhcp6-ia-na'],
    cluster: { network: 'private', nodes: 2 },
    kea,
    load,
  });
  return machinesOf(scenario).map(
    ({ name, links }) =>
      `${name}: ${links.map((link) => `${link.name} ${link.segment} ${link.ipv4.join(' ')}`).join(', ')}`,
  );
}

describe('the machines of a private network', () => {
  it('are one for all clients, and one for each node and each server of each case', () => {
    expect(machines()).toEqual([
      'clients: eth0 br0 198.18.1.1',
      'node-1: eth0 br0 198.18.2.1',
      'node-2: eth0 br0 198.18.2.2',
      'dhcp4 server-1: eth0 br0 198.18.16.1',
      'dhcp4 server-2: eth0 br0 198.18.16.2',
      'dhcp6-ia-na server-1: eth0 br0 198.18.17.1',
      'dhcp6-ia-na server-2: eth0 br0 198.18.17.2',
    ]);
  });

  it('have an address for each relay, and a machine for a proxy', () => {
    const all = machines({ relays: 3 }, { proxy: 'haproxy' });
    expect(all).toContain('clients: eth0 br0 198.18.1.1 198.18.1.2 198.18.1.3');
    expect(all).toContain('haproxy: eth0 br0 198.18.3.1');
  });

  it('without a relay and with fanout all, the servers of a case share a link with their clients', () => {
    expect(machines({ relays: 0, fanout: 'all' }).slice(3)).toEqual([
      'dhcp4 server-1: eth0 br0 198.18.16.1, eth1 br1 198.19.1.1',
      'dhcp4 server-2: eth0 br0 198.18.16.2, eth1 br1 198.19.1.2',
      'dhcp6-ia-na server-1: eth0 br0 198.18.17.1, eth1 br2 198.19.2.1',
      'dhcp6-ia-na server-2: eth0 br0 198.18.17.2, eth1 br2 198.19.2.2',
      'clients of dhcp4 server-1: eth0 br1 198.19.1.254',
      'clients of dhcp6-ia-na server-1: eth0 br2 198.19.2.254',
    ]);
  });

  it('without a relay and with pinned clients, each server has a link of its own', () => {
    expect(machines({ relays: 0 }).slice(3)).toEqual([
      'dhcp4 server-1: eth0 br0 198.18.16.1, eth1 br1 198.19.1.1',
      'dhcp4 server-2: eth0 br0 198.18.16.2, eth1 br2 198.19.2.1',
      'dhcp6-ia-na server-1: eth0 br0 198.18.17.1, eth1 br3 198.19.3.1',
      'dhcp6-ia-na server-2: eth0 br0 198.18.17.2, eth1 br4 198.19.4.1',
      'clients of dhcp4 server-1: eth0 br1 198.19.1.254',
      'clients of dhcp4 server-2: eth0 br2 198.19.2.254',
      'clients of dhcp6-ia-na server-1: eth0 br3 198.19.3.254',
      'clients of dhcp6-ia-na server-2: eth0 br4 198.19.4.254',
    ]);
  });
});
