import { describe, expect, it } from 'vitest';
import { lackingIn, linkRulesOf } from './fault-links.js';
import { scenarioSchema } from './schema.js';
import type { Lacking } from '../faults/links.js';
import type { Fault } from './schema/faults.js';

const system = (nodes = 3, kea = {}) =>
  scenarioSchema.parse({
    kea,
    name: 'mine',
    description: 'made up',
    cases: ['dhcp4', 'dhcp6-ia-na'],
    cluster: { network: 'private', nodes },
  });
const fault = (more: Partial<Fault>): Fault => ({ fault: 'partition', at: 1, undo: 2, ...more });

/** Such as `node-1 > node-3`. */
const directions = (more: Partial<Fault>, nodes?: number): string[] =>
  linkRulesOf(fault(more), system(nodes)).map(({ from, to }) => `${from} > ${to}`);
const NOBODY: Lacking = { nodes: [], database: [], clients: [] };
const lacking = (more: Partial<Fault>, nodes?: number): Lacking =>
  lackingIn(linkRulesOf(fault(more), system(nodes)), system(nodes));

describe('the links of a fault', () => {
  it('are those between machines that share no group, in both directions', () => {
    expect(directions({ groups: [['node-1', 'node-2'], 'node-3'] })).toEqual([
      'node-1 > node-3',
      'node-2 > node-3',
      'node-3 > node-1',
      'node-3 > node-2',
    ]);
  });

  it('are not those of a machine in two groups, which is a bridge', () => {
    expect(
      directions({
        groups: [
          ['node-1', 'node-2'],
          ['node-2', 'node-3'],
        ],
      }),
    ).toEqual(['node-1 > node-3', 'node-3 > node-1']);
  });

  it('have one direction with from and to', () => {
    expect(directions({ from: 'node-3', to: 'nodes' })).toEqual(['node-3 > node-1', 'node-3 > node-2']);
  });

  it('have both directions with between', () => {
    expect(directions({ fault: 'lose', percent: 9, between: ['clients', 'dhcp4 server-1'] })).toEqual([
      'clients > dhcp4 server-1',
      'dhcp4 server-1 > clients',
    ]);
  });

  it('of a server are those of that server of all cases', () => {
    expect(directions({ from: 'node-3', to: 'server-3' })).toEqual([
      'node-3 > dhcp4 server-3',
      'node-3 > dhcp6-ia-na server-3',
    ]);
  });

  it('are only those over which something is sent', () => {
    expect(directions({ groups: ['clients', 'node-1', 'servers'] })).not.toContain('clients > node-1');
    expect(directions({ groups: ['dhcp4 server-1', 'dhcp4 server-2'] })).toEqual([]);
    // server-1 is pinned to node-1.
    expect(directions({ groups: ['node-3', 'server-1'] })).toEqual([]);
  });

  it('lose all, or the stated share', () => {
    const loses = (more: Partial<Fault>) => linkRulesOf(fault(more), system())[0]?.effect;
    expect(loses({ from: 'node-1', to: 'node-2' })).toEqual({ losePercent: 100 });
    expect(loses({ fault: 'lose', percent: 30, from: 'node-1', to: 'node-2' })).toEqual({ losePercent: 30 });
    expect(loses({ fault: 'delay', ms: 50, from: 'clients', to: 'server-1' })).toEqual({ ms: 50 });
  });
});

describe('under a fault of links', () => {
  const all = ['node-1', 'node-2', 'node-3'];

  it.each<[string, Partial<Fault>, Partial<Lacking>]>([
    ['the smaller part lacks nodes', { groups: [['node-1', 'node-2'], ['node-3']] }, { nodes: ['node-3'] }],
    [
      'a node that lacks one direction lacks the others',
      { from: 'node-2', to: ['node-1', 'node-3'] },
      { nodes: ['node-2'] },
    ],
    [
      'all nodes lack others if no part has the majority',
      { groups: ['node-1', 'node-2', 'node-3'] },
      { nodes: all },
    ],
    [
      'those lack a node that hear it by way of another one',
      {
        groups: [
          ['node-1', 'node-2'],
          ['node-2', 'node-3'],
        ],
      },
      { nodes: ['node-1', 'node-3'] },
    ],
    [
      'servers lack their node, and no node lacks another',
      { groups: ['node-3', 'server-3'] },
      { database: ['dhcp4 server-3', 'dhcp6-ia-na server-3'] },
    ],
    [
      'a server lacks the node to which its link is bad, and nobody else does',
      { fault: 'lose', percent: 1, between: ['node-3', 'dhcp4 server-3'] },
      { database: ['dhcp4 server-3'] },
    ],
    [
      'servers lack their clients',
      { groups: ['clients', 'dhcp4 server-1'] },
      { clients: ['dhcp4 server-1'] },
    ],
    [
      'both ends of a link that loses messages lack each other',
      { fault: 'lose', percent: 10, between: ['node-3', 'node-1'] },
      { nodes: ['node-1', 'node-3'] },
    ],
    [
      'a server lacks clients that are delayed',
      { fault: 'delay', ms: 50, between: ['clients', 'dhcp4 server-2'] },
      { clients: ['dhcp4 server-2'] },
    ],
  ])('%s', (_, links, expected) => {
    expect(lacking(links)).toEqual({ ...NOBODY, ...expected });
  });

  it('a node lacks the proxy, and a server does', () => {
    const behindProxy = system(3, { proxy: 'haproxy' });
    const lackingBy = (groups: string[]) =>
      lackingIn(linkRulesOf(fault({ groups }), behindProxy), behindProxy);
    expect(lackingBy(['haproxy', 'node-1'])).toEqual({ ...NOBODY, nodes: ['node-1'] });
    expect(lackingBy(['haproxy', 'dhcp4 server-1'])).toEqual({ ...NOBODY, database: ['dhcp4 server-1'] });
    // It speaks with the proxy alone.
    expect(linkRulesOf(fault({ groups: ['node-1', 'server-1'] }), behindProxy)).toEqual([]);
  });

  it('both halves of an even number of nodes lack the other', () => {
    const groups = [
      ['node-1', 'node-2'],
      ['node-3', 'node-4'],
    ];
    expect(lacking({ groups }, 4)).toEqual({ ...NOBODY, nodes: ['node-1', 'node-2', 'node-3', 'node-4'] });
  });

  it('two cuts together leave a node alone that each of them leaves in the majority', () => {
    const rules = [
      [['node-1', 'node-2'], 'node-3'],
      ['node-1', ['node-2', 'node-3']],
    ].flatMap((groups) => linkRulesOf(fault({ groups }), system()));
    expect(lackingIn(rules, system())).toEqual({ ...NOBODY, nodes: all });
  });

  it('nodes that do not replicate have no link between them', () => {
    const apart = { ...system(), cluster: { ...system().cluster, flavor: 'isolated' as const } };
    expect(linkRulesOf(fault({ groups: ['node-1', 'node-2'] }), apart)).toEqual([]);
  });
});
