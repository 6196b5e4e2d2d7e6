import { describe, expect, it } from 'vitest';
import { awayIn, linkRulesOf } from './fault-links.js';
import { scenarioSchema } from './schema.js';
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
const away = (more: Partial<Fault>, nodes?: number): string[] =>
  awayIn(linkRulesOf(fault(more), system(nodes)), system(nodes));

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

describe('what a fault of links takes away from the others', () => {
  it.each<[string, Partial<Fault>, string[]]>([
    ['the smaller part', { groups: [['node-1', 'node-2'], ['node-3']] }, ['node-3']],
    ['its node, if one direction is cut', { from: 'node-2', to: ['node-1', 'node-3'] }, ['node-2']],
    [
      'all nodes, if no part has the majority',
      { groups: ['node-1', 'node-2', 'node-3'] },
      ['node-1', 'node-2', 'node-3'],
    ],
    [
      'those that lack a link, if all hear each other by way of another',
      {
        groups: [
          ['node-1', 'node-2'],
          ['node-2', 'node-3'],
        ],
      },
      ['node-1', 'node-3'],
    ],
    [
      'servers that lack their node',
      { groups: ['node-3', 'server-3'] },
      ['dhcp4 server-3', 'dhcp6-ia-na server-3'],
    ],
    ['servers that lack their clients', { groups: ['clients', 'dhcp4 server-1'] }, ['dhcp4 server-1']],
    [
      'all that are joined by a link that loses messages',
      { fault: 'lose', percent: 10, between: ['node-3', 'node-1'] },
      ['node-1', 'node-3'],
    ],
    [
      'the server whose clients are delayed',
      { fault: 'delay', ms: 50, between: ['clients', 'dhcp4 server-2'] },
      ['dhcp4 server-2'],
    ],
  ])('is %s', (_, links, expected) => {
    expect(away(links)).toEqual(expected);
  });

  it('is a node without the proxy, and a server without it', () => {
    const behindProxy = system(3, { proxy: 'haproxy' });
    const awayOf = (groups: string[]) => awayIn(linkRulesOf(fault({ groups }), behindProxy), behindProxy);
    expect(awayOf(['haproxy', 'node-1'])).toEqual(['node-1']);
    expect(awayOf(['haproxy', 'dhcp4 server-1'])).toEqual(['dhcp4 server-1']);
    // It speaks with the proxy alone.
    expect(linkRulesOf(fault({ groups: ['node-1', 'server-1'] }), behindProxy)).toEqual([]);
  });

  it('is both halves of an even number of nodes', () => {
    const groups = [
      ['node-1', 'node-2'],
      ['node-3', 'node-4'],
    ];
    expect(away({ groups }, 4)).toEqual(['node-1', 'node-2', 'node-3', 'node-4']);
  });
});
