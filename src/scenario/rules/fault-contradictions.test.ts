import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../schema.js';
import { findFaultContradictions } from './fault-contradictions.js';

/** 100 clients a server at 10 a second: 10 s, and 300 exchanges of one case. */
const findings = (faults: unknown, more: Record<string, unknown> = {}) =>
  findFaultContradictions(
    scenarioSchema.parse({
      name: 'mine',
      description: 'made up',
      cases: ['dhcp4'],
      load: { ratePerServer: 10, clientsPerServer: 100 },
      faults,
      ...more,
    }),
  );
const found = (faults: unknown, more: Record<string, unknown> = {}) =>
  findings(faults, more).map(({ path, message }) => `${path.join('.')}: ${message}`);
const hints = (faults: unknown, more: Record<string, unknown> = {}) =>
  findings(faults, more).map(({ hint }) => hint);

const kill = { fault: 'kill', on: 'node-2', at: 2, undo: 5 };

describe('faults', () => {
  it.each<[string, unknown[]]>([
    ['one', [kill]],
    ['one after the other on one node', [kill, { ...kill, at: 6, undo: 8 }]],
    ['two at the same time on two nodes', [kill, { ...kill, on: 'node-1' }]],
    ['a server and its node', [kill, { ...kill, on: 'server-2' }]],
    ['counts of exchanges', [{ ...kill, at: { exchanges: 100 }, undo: { exchanges: 300 } }]],
    ['a server of one case', [{ ...kill, on: 'dhcp4 server-3' }]],
    ['an isolation', [{ ...kill, fault: 'isolate' }]],
    ['the loss of a node’s data', [{ ...kill, fault: 'wipe' }]],
    ['the end of all nodes at once', [{ ...kill, fault: 'all-down', on: 'nodes' }]],
    ['a rolling restart', [{ fault: 'rolling-restart', on: 'servers', at: 2 }]],
  ])('%s can be done', (_, faults) => {
    expect(found(faults)).toEqual([]);
  });

  it.each<[string, unknown[], RegExp]>([
    ['a node that is not there', [{ ...kill, on: 'node-4' }], /^faults\.0\.on: .* there are 3 nodes/],
    ['a server that is not there', [{ ...kill, on: 'server-4' }], /^faults\.0\.on: .* there are 3 servers/],
    [
      'a server of a case that is not run',
      [{ ...kill, on: 'dhcp6-ia-na server-1' }],
      /^faults\.0\.on: .* not among the cases/,
    ],
    [
      'an isolated server',
      [{ ...kill, fault: 'isolate', on: 'server-1' }],
      /^faults\.0\.fault: .* not to a server/,
    ],
    [
      'an undoing before its fault',
      [{ ...kill, undo: 1 }],
      /^faults\.0\.undo: .* not after the fault at 2 s/,
    ],
    ['an undoing at the same moment', [{ ...kill, undo: 2 }], /^faults\.0\.undo: /],
    [
      'moments in different units',
      [{ ...kill, undo: { exchanges: 9 } }],
      /at is in seconds, and undo in exchanges/,
    ],
    ['an undoing after the load', [{ ...kill, undo: 10 }], /^faults\.0\.undo: .* the load takes 10 s/],
    [
      'a count above what the load has',
      [{ ...kill, at: { exchanges: 1 }, undo: { exchanges: 301 } }],
      /^faults\.0\.undo: .* the load has 300 exchanges/,
    ],
    [
      'two at the same time on one node',
      [kill, { ...kill, fault: 'freeze', at: 5, undo: 8 }],
      /^faults\.1\.at: /,
    ],
    [
      'a server twice, once by its case',
      [
        { ...kill, on: 'server-1' },
        { ...kill, on: 'dhcp4 server-1' },
      ],
      /^faults\.1\.at: /,
    ],
    [
      'two on one node that nobody can put in order',
      [kill, { ...kill, at: { exchanges: 290 }, undo: { exchanges: 300 } }],
      /^faults\.1\.at: /,
    ],
    ['a fault that is not undone', [{ fault: 'kill', on: 'node-2', at: 2 }], /^faults\.0: .* needs undo/],
    [
      'an undoing of a fault that ends by itself',
      [{ fault: 'rolling-restart', on: 'nodes', at: 2, undo: 5 }],
      /^faults\.0\.undo: .* ends by itself/,
    ],
    [
      'a fault after the beginning of one that ends by itself',
      [
        { fault: 'rolling-restart', on: 'nodes', at: 2 },
        { ...kill, at: 6, undo: 8 },
      ],
      /^faults\.1\.at: /,
    ],
    [
      'a fault of all nodes on one',
      [{ ...kill, fault: 'all-down' }],
      /^faults\.0\.fault: .* all nodes \(on: nodes\), not to a node/,
    ],
    ['a fault of one node on all', [{ ...kill, on: 'nodes' }], /^faults\.0\.fault: .* not to all nodes/],
    [
      'the last node',
      ['node-1', 'node-2', 'node-3'].map((on) => ({ ...kill, on })),
      /^faults\.0\.on: .* no node of the cluster is left/,
    ],
  ])('%s is refused', (_, faults, message) => {
    const [only, ...others] = found(faults);
    expect(only).toMatch(message);
    expect(others).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['that end a node of a circle', { cluster: { flavor: 'circular' } }, /not one of the flavor circular/],
  ])('%s are refused', (_, more, message) => {
    expect(found([kill], more)).toEqual([expect.stringMatching(message)]);
  });

  it('that need write-set replication are refused without it', () => {
    for (const fault of ['isolate', 'wipe'])
      expect(found([{ ...kill, fault }], { cluster: { flavor: 'isolated' } })).toEqual([
        expect.stringMatching(/not the flavor isolated/),
      ]);
  });

  const alone = { cluster: { nodes: 1 }, servers: [{ node: 1 }] };

  it('of the only node cut nothing off, and leave no cluster', () => {
    const only = { ...kill, on: 'node-1' };
    expect(found([{ ...only, fault: 'isolate' }], alone)).toEqual([
      'faults.0.fault: faults.0: isolate needs another node, from which it cuts the node off, but there is one',
    ]);
    expect(found([only], alone)).toEqual([
      'faults.0.on: faults.0: node-1 is the only node, and no node of the cluster is left',
    ]);
    expect(found([{ ...only, fault: 'freeze' }], alone)).toEqual([]);
  });

  it('that end by themselves can only be the last of their targets, and the hint says so', () => {
    const rolling = { fault: 'rolling-restart', on: 'servers', at: 2 };
    const one = { ...kill, on: 'server-1' };
    expect(hints([rolling, { ...one, at: 7, undo: 8 }])).toEqual([
      'nobody knows when rolling-restart is over, as it ends by itself: let it be the last fault of its targets',
    ]);
    expect(hints([rolling, { ...rolling, at: 5 }])).toEqual([
      'a target can have one fault that ends by itself, as its last',
    ]);
    expect(hints([one, { ...rolling, at: 6 }])).toEqual([]);
    expect(hints([one, { ...rolling, at: { exchanges: 200 } }])).toEqual([
      'nobody knows whether a count of exchanges comes before a second, so give all moments in the same unit; nobody knows when rolling-restart is over, as it ends by itself: let it be the last fault of its targets',
    ]);
    expect(hints([kill, { ...kill, fault: 'freeze' }])).toEqual(['let one end before the next begins']);
  });

  it('after the load are refused with a hint that helps', () => {
    const counted = { ...kill, at: { exchanges: 1 }, undo: { exchanges: 301 } };
    expect(hints([counted])).toEqual(['choose a smaller count, or more clients (load.clientsPerServer)']);
    expect(hints([{ ...kill, undo: 10 }])).toEqual([
      'choose an earlier moment, or more clients (load.clientsPerServer, load.life.seconds)',
    ]);
    const avalanche = { clientsPerServer: 100, arrival: 'avalanche' };
    const together = 'all clients start at once; they may live on (load.life.seconds)';
    expect(hints([kill], { load: avalanche })).toEqual(
      ['at', 'undo'].map(() => `give the moment as { exchanges: N }: ${together}`),
    );
    const randomFaults = { count: 1, between: [1, 9], lasting: [1, 3] };
    expect(hints(undefined, { load: avalanche, randomFaults })).toEqual([together]);
    expect(hints([kill], { load: { ...avalanche, life: { seconds: 4, renewPerServer: 1 } } })).toEqual([
      'choose an earlier moment, or a longer life of the clients (load.life.seconds)',
    ]);
    const one = { ratePerServer: 0.1, clientsPerServer: 1 };
    expect(found([{ ...counted, undo: { exchanges: 2 } }], { load: one, servers: [{ node: 1 }] })).toEqual([
      'faults.0.undo: faults.0.undo is 2 exchanges, but the load has 1 exchange',
    ]);
  });

  it('may end the only database without replication', () => {
    const cluster = { flavor: 'standalone', nodes: 1 };
    expect(found([{ ...kill, on: 'node-1' }], { cluster, servers: [{ node: 1 }] })).toEqual([]);
  });
});

describe('random faults', () => {
  const random = { count: 2, between: [1, 9], lasting: [1, 3] };
  const drawn = (more: Record<string, unknown>, faults?: unknown, others: Record<string, unknown> = {}) =>
    found(faults, { randomFaults: { ...random, ...more }, ...others });

  it('can be drawn within the load', () => {
    expect(drawn({})).toEqual([]);
    expect(drawn({ faults: ['freeze', 'wipe'], on: ['node-1', 'dhcp4 server-2'] })).toEqual([]);
  });

  it('can come beside stated ones that end before them', () => {
    expect(drawn({ between: [3, 9] }, [{ ...kill, at: 1, undo: 2 }])).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['after the load', { between: [1, 10] }, /^randomFaults\.between: .* the load takes 10 s/],
    ['in a span that ends before it begins', { between: [5, 5] }, /^randomFaults\.between: /],
    ['whose shortest is longer than the longest', { lasting: [3, 1] }, /^randomFaults\.lasting: /],
    ['that last no time', { lasting: [0, 0] }, /^randomFaults\.lasting: /],
    ['more than fit into the span', { count: 3 }, /^randomFaults\.count: .* need 9 s, but the span has 8 s/],
    ['of a node that is not there', { on: ['node-4'] }, /^randomFaults\.on\.0: .* there are 3 nodes/],
    ['of all nodes at once', { on: ['nodes'] }, /^randomFaults\.on\.0: .* done to one node, not to nodes/],
    [
      'of all servers beside a node',
      { on: ['node-1', 'dhcp4 servers'] },
      /^randomFaults\.on\.1: .* done to one server, not to dhcp4 servers/,
    ],
    ['of all nodes', { faults: ['all-down'] }, /^randomFaults\.faults: .* not done to one node/],
    [
      'that none of the targets can have',
      { faults: ['isolate'], on: ['server-1'] },
      /^randomFaults\.faults: /,
    ],
  ])('%s are refused', (_, more, message) => {
    expect(drawn(more)).toEqual([expect.stringMatching(message)]);
  });

  it('are refused beside stated ones that may come at the same time', () => {
    expect(drawn({}, [kill])).toEqual([expect.stringMatching(/^randomFaults\.between: .* faults\.0/)]);
  });

  it.each(['count', 'between', 'lasting'])('are refused without a bound: %s', (key) => {
    const { error } = scenarioSchema.safeParse({
      name: 'mine',
      description: 'made up',
      randomFaults: { ...random, [key]: undefined },
    });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([`randomFaults.${key}`]);
  });
});
