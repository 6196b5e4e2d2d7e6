import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../schema.js';
import { findFaultContradictions } from './fault-contradictions.js';

/** The messages about a fault of a scenario of 10 s on a private network. Each begins with its path. */
function found(
  fault: Record<string, unknown>,
  cluster: Record<string, unknown> = { network: 'private' },
): string[] {
  const scenario = scenarioSchema.parse({
    name: 'mine',
    description: 'made up',
    cases: ['dhcp4'],
    cluster,
    load: { ratePerServer: 10, clientsPerServer: 100 },
    faults: [{ at: 2, undo: 5, ...fault }],
  });
  return findFaultContradictions(scenario).map(({ message }) => message);
}

const partition = { fault: 'partition', groups: [['node-1', 'node-2'], ['node-3']] };
const lose = { fault: 'lose', between: ['node-1', 'node-2'], percent: 30 };
const delay = { fault: 'delay', between: ['clients', 'server-2'], ms: 50 };

describe('a fault of links', () => {
  it.each([
    ['a split', partition],
    ['a cut in one direction', { fault: 'partition', from: 'node-3', to: 'nodes' }],
    ['a server without its node', { fault: 'partition', groups: ['node-1', 'server-1'] }],
    ['a loss between nodes', lose],
    ['a delay of clients', delay],
    ['a delay between nodes', { ...delay, between: ['node-1', 'node-2'] }],
    ['messages that come twice', { fault: 'duplicate', from: 'server-1', to: 'clients', percent: 5 }],
    ['messages that are overtaken', { fault: 'reorder', from: 'clients', to: 'servers', percent: 5, ms: 9 }],
  ])('%s can be done', (_, fault) => {
    expect(found(fault)).toEqual([]);
  });

  it('between clients and servers needs no private network', () => {
    expect(found(delay, {})).toEqual([]);
    expect(found({ ...lose, between: ['clients', 'servers'] }, {})).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['has no target', { ...partition, on: 'node-1' }, /^faults\.0\.on: .* done to the links/],
    ['has links', { fault: 'partition' }, /^faults\.0: .* one way to say/],
    [
      'has one way to name them',
      { ...partition, from: 'node-1', to: 'node-2' },
      /^faults\.0: .* one way to say/,
    ],
    ['has both ends', { fault: 'partition', from: 'node-1' }, /^faults\.0: .* one way to say/],
    [
      'names machines that are there',
      { fault: 'partition', groups: ['node-1', ['node-2', 'node-9']] },
      /^faults\.0\.groups\.1\.1 .* there are 3 nodes/,
    ],
    [
      'names a proxy only if there is one',
      { fault: 'partition', groups: ['haproxy', 'node-1'] },
      /^faults\.0\.groups\.0 .* no proxy/,
    ],
    [
      'concerns a link',
      {
        fault: 'partition',
        groups: [
          ['node-1', 'node-2'],
          ['node-1', 'node-2'],
        ],
      },
      /^faults\.0: .* no link/,
    ],
    [
      'concerns a link over which something is sent',
      { fault: 'partition', groups: ['clients', 'node-1'] },
      /^faults\.0: .* no link/,
    ],
    ['has its number', { ...lose, percent: undefined }, /^faults\.0: lose needs percent/],
    [
      'has no number that it does not take',
      { ...partition, percent: 5 },
      /^faults\.0\.percent: .* does not take/,
    ],
    [
      'has groups only if it is a partition',
      { ...lose, between: undefined, groups: ['node-1', 'node-2'] },
      /^faults\.0\.groups: only partition/,
    ],
    [
      'has no group in vain',
      {
        ...partition,
        groups: [
          ['node-1', 'clients'],
          ['node-2', 'node-3'],
        ],
      },
      /^faults\.0: partition concerns no link of clients/,
    ],
    [
      'names no machine in vain',
      { ...lose, between: ['clients', ['server-1', 'node-1']] },
      /^faults\.0: lose concerns no link of node-1/,
    ],
    [
      'doubles only what the harness passes on',
      { fault: 'duplicate', between: ['node-1', 'node-2'], percent: 10 },
      /^faults\.0\.between: .* between clients and servers/,
    ],
  ])('%s', (_, fault, finding) => {
    const [first, ...others] = found(fault);
    expect(first).toMatch(finding);
    expect(others).toEqual([]);
  });

  it('between machines needs a private network', () => {
    expect(found(partition, {})).toEqual([
      expect.stringMatching(/^faults\.0\.fault: .* cluster\.network is loopback/),
    ]);
  });
});

describe('a fault of a node or server', () => {
  it('has a target', () => {
    expect(found({ fault: 'kill' })).toEqual([expect.stringMatching(/^faults\.0: kill needs on/)]);
  });

  it('has no links', () => {
    expect(found({ fault: 'kill', on: 'node-1', groups: ['node-1', 'node-2'] })).toEqual([
      expect.stringMatching(/^faults\.0\.groups: kill is not done to links/),
    ]);
  });
});
