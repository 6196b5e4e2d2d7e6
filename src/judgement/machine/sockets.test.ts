import { describe, expect, it } from 'vitest';
import { LIMITS, NOTHING_WRONG, SyntheticRun, v4 } from '../synthetic.test-support.js';

const EVIDENCE = {
  ...NOTHING_WRONG,
  drops: [
    { socket: 'kea dhcp4 server-1', drops: 3 },
    { socket: 'harness dhcp4 server-1', drops: 0 },
    { socket: 'harness dhcp4 server-2', drops: 2 },
  ],
  sendErrors: [{ socket: 'harness dhcp4 server-1', errors: 4 }],
};

function judged(
  maxDroppedDatagrams: number,
  evidence: Partial<typeof EVIDENCE> = {},
  maxDroppedAtServers?: number,
) {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
  run.lease(0, v4(1));
  return run.judge({
    evidence: { ...EVIDENCE, ...evidence },
    scenario: {
      limits: {
        ...LIMITS,
        maxDroppedDatagrams,
        ...(maxDroppedAtServers !== undefined && { maxDroppedAtServers }),
      },
    },
  });
}

describe('dropped datagrams', () => {
  it.each([
    [0, 'inconclusive'],
    [4, 'inconclusive'],
    [5, 'pass'],
  ])('with %i allowed, all sockets together: %s', (allowed, verdict) => {
    const { checks } = judged(allowed);
    expect(checks.find(({ name }) => name === 'run.drops')).toMatchObject({
      verdict,
      actual: '3 at the socket of dhcp4 server-1, 2 at the socket of the harness for dhcp4 server-2',
    });
  });
});

describe('datagrams dropped at the servers, where they are counted by themselves', () => {
  it.each([
    [2, 3, ['pass', 'pass']],
    [2, 2, ['pass', 'inconclusive']],
    [1, 100, ['inconclusive', 'pass']],
  ])('with %i at the harness and %i at servers allowed: %j', (harness, servers, verdicts) => {
    const drops = judged(harness, {}, servers).checks.filter(({ name }) => name === 'run.drops');
    expect(drops.map(({ verdict }) => verdict)).toEqual(verdicts);
    expect(drops.map(({ actual }) => actual)).toEqual([
      '2 at the socket of the harness for dhcp4 server-2',
      '3 at the socket of dhcp4 server-1',
    ]);
  });
});

describe('datagrams dropped in a run with faults', () => {
  const faults = { loadBeganAtUs: 0, faults: [], nodeStates: [] };
  const dropsIn = (drops: typeof EVIDENCE.drops, maxDroppedAtServers?: number) =>
    judged(0, { drops, faults }, maxDroppedAtServers)
      .checks.filter(({ name }) => name === 'run.drops')
      .map(({ expected, actual, verdict }) => [expected, actual, verdict]);

  it("are counted at the harness' sockets alone, and the check says so", () => {
    const none = "0 datagrams dropped at the harness' sockets";
    const atServers = EVIDENCE.drops.slice(0, 2);
    for (const most of [undefined, 0]) expect(dropsIn(atServers, most)).toEqual([[none, none, 'pass']]);
    expect(dropsIn(EVIDENCE.drops)).toEqual([
      [none, '2 at the socket of the harness for dhcp4 server-2', 'inconclusive'],
    ]);
  });
});

describe('datagrams that could not be sent', () => {
  it('make the verdict inconclusive, and are told with their socket', () => {
    expect(judged(5).checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([
      {
        name: 'run.sendErrors',
        case: '',
        phase: '',
        expected: '0 datagrams that could not be sent',
        actual: '4 at the socket of the harness for dhcp4 server-1',
        verdict: 'inconclusive',
      },
    ]);
  });
});

it('losses at several sockets of a side are one total', () => {
  const drops = [1, 2, 3].map((n) => ({ socket: `kea dhcp4 server-${n}`, drops: 1_000 * n }));
  expect(judged(0, { drops }).checks.find(({ name }) => name === 'run.drops')?.actual).toBe(
    '6,000 at 3 sockets of the Kea servers',
  );
});

it('the judgement lists every socket with what was lost there', () => {
  expect(judged(0).sockets).toEqual([
    { socket: 'kea dhcp4 server-1', drops: 3, sendErrors: null },
    { socket: 'harness dhcp4 server-1', drops: 0, sendErrors: 4 },
    { socket: 'harness dhcp4 server-2', drops: 2, sendErrors: null },
  ]);
});
