import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../evidence/evidence.js';
import { resourcesOf, type Second } from './resources.test-support.js';
import { LIMITS, NOTHING_WRONG, SyntheticRun, v4 } from '../synthetic.test-support.js';

/** Twenty clients, a tenth of a second apart. The first `silent` of them get no answer. */
function judged(
  second: Second,
  { evidence = {}, silent = 0 }: { evidence?: Partial<Evidence>; silent?: number } = {},
) {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 20 });
  for (let client = 0; client < 20; client++) {
    run.at(client * 100_000);
    if (client < silent) run.ask(client, 0).timeout();
    else run.lease(client, v4(client));
  }
  return run.judge({
    scenario: { limits: LIMITS },
    evidence: {
      ...NOTHING_WRONG,
      resources: resourcesOf([second, second, second]),
      offered: [{ case: 'dhcp4', plannedStarts: 20, plannedDurationUs: 1_900_000 }],
      ...evidence,
    },
  });
}

const TOO_MANY: Partial<Evidence> = {
  offered: [{ case: 'dhcp4', plannedStarts: 40, plannedDurationUs: 1_900_000 }],
};
const CALM: Second = { harness: 0.1, servers: 0.2, nodes: 0.3, others: 0.1, eventLoop: 0.2 };

describe('what was short', () => {
  it('is nothing where the load was driven and answered', () => {
    expect(judged({ harness: 1, servers: 1, eventLoop: 1 })).toMatchObject({ verdict: 'pass', short: [] });
  });

  it.each<[string, Second, Partial<Evidence>, string, RegExp]>([
    [
      'the CPU, when the machine had none left',
      { harness: 0.5, servers: 1, nodes: 0.4, others: 0.06, eventLoop: 0.6 },
      {},
      'cpu',
      /in short supply: the machine's CPU: 98% of 2 CPUs busy: servers 1.00, nodes 0.40, harness 0.50 \(load thread 60% busy\), others 0.06$/,
    ],
    [
      'the harness, when its own loop was full',
      { harness: 0.97, servers: 0.3, eventLoop: 0.99 },
      {},
      'harness',
      /in short supply: the harness itself: its load thread was 99% busy, with 0.97 CPUs$/,
    ],
    [
      'the CPU and not the harness, when its loop was full only as it had to wait',
      { harness: 0.5, servers: 1, nodes: 0.5, eventLoop: 0.99 },
      {},
      'cpu',
      /in short supply: the machine's CPU: 100% of 2 CPUs busy: .*; the harness waited: its load thread was 99% busy, with 0.50 CPUs$/,
    ],
    [
      'unknown, when its loop was full and neither it nor the machine was at work',
      { harness: 0.2, servers: 0.2, eventLoop: 0.99 },
      {},
      'unknown',
      /the harness waited: its load thread was 99% busy, with 0.20 CPUs, although no measured resource was used up: 20% of 2 CPUs busy/,
    ],
    [
      'room in a socket that refused to send',
      CALM,
      { sendErrors: [{ socket: 'harness dhcp4 server-1', errors: 4 }] },
      'sockets',
      /in short supply: space in socket buffers: 4 datagrams not sent at the socket of the harness for dhcp4 server-1$/,
    ],
    [
      'said to be unknown, with the figures, when nothing was used up',
      CALM,
      {},
      'unknown',
      /used up: 35% of 2 CPUs busy/,
    ],
  ])('is %s, where starts were not made', (_, second, evidence, resource, found) => {
    const { checks, short, verdict } = judged(second, { evidence: { ...TOO_MANY, ...evidence } });
    expect(verdict).toBe('inconclusive');
    expect(short).toMatchObject([{ resource }]);
    const rate = checks.find(({ name }) => name === 'load.rate');
    expect(rate?.actual).toMatch(found);
    expect(rate?.short?.of).toEqual(short);
    expect(rate?.short?.found).toBe('20 starts in 1.9 s (50%)');
  });

  it('is never the servers if starts were not made, because starts wait for no answer', () => {
    expect(judged(CALM, { evidence: TOO_MANY }).short).toMatchObject([{ resource: 'unknown' }]);
  });

  it('is the sockets of the servers, if they dropped what was sent to them', () => {
    const drops = [{ socket: 'kea dhcp4 server-1', drops: 7 }];
    const { short, checks } = judged(CALM, { silent: 6, evidence: { drops } });
    expect(short.map(({ resource }) => resource)).toEqual(['sockets']);
    const { actual = '' } = checks.find(({ name }) => name === 'load.answered') ?? {};
    expect(actual).toContain('14 of 20 answered');
    expect(actual).toContain('7 datagrams dropped at the socket of dhcp4 server-1');
  });

  it('is the sockets of each side together, as the result lists every socket', () => {
    const drops = [1, 2, 3].map((n) => ({ socket: `kea dhcp4 server-${n}`, drops: 1_000 * n }));
    const { short } = judged(CALM, {
      silent: 6,
      evidence: { drops: [...drops, { socket: 'harness dhcp4 server-1', drops: 1 }] },
    });
    expect(short).toEqual([
      {
        resource: 'sockets',
        found:
          'space in socket buffers: 6,000 datagrams dropped at 3 sockets of the Kea servers, 1 datagram dropped at the socket of the harness for dhcp4 server-1',
      },
    ]);
  });

  it('is the servers or the nodes only where these kept a CPU busy', () => {
    const busy = judged({ servers: 1, eventLoop: 0.2 }, { silent: 6 }).short;
    expect(busy).toMatchObject([{ resource: 'servers' }]);
    expect(busy[0]?.found).toContain('server-1 answered 10 of 12 in time, with 1.00 CPUs');
    expect(judged({ nodes: 1 }, { silent: 6 }).short).toEqual([
      { resource: 'nodes', found: 'the nodes: node-1 kept 1.00 CPUs busy' },
    ]);
    const calm = judged(CALM, { silent: 6 }).short;
    expect(calm).toMatchObject([{ resource: 'unknown' }]);
    expect(calm[0]?.found).toMatch(
      /^unanswered at the servers of dhcp4, cause unknown: server-1 answered 10 of 12/,
    );
  });

  it('is what was used up at the peak, though not over the whole load', () => {
    const peak = { servers: 1.6, nodes: 0.4 };
    const resources = resourcesOf([CALM, peak]);
    const cpu = judged(CALM, { evidence: { ...TOO_MANY, resources } }).short;
    expect(cpu).toMatchObject([{ resource: 'cpu' }]);
    expect(cpu[0]?.found).toMatch(/CPU: 100% busy at its peak; over the load 68% of 2 CPUs busy/);
    const own = resourcesOf([CALM, { harness: 1, eventLoop: 1 }]);
    expect(judged(CALM, { evidence: { ...TOO_MANY, resources: own } }).short).toMatchObject([
      { resource: 'harness' },
    ]);
  });

  it('are sockets where datagrams were dropped, even if enough was answered, and the check names them too', () => {
    const drops = [{ socket: 'kea dhcp4 server-2', drops: 7 }];
    const { short, checks } = judged(CALM, { evidence: { drops } });
    expect(short).toEqual([
      {
        resource: 'sockets',
        found: 'space in socket buffers: 7 datagrams dropped at the socket of dhcp4 server-2',
      },
    ]);
    expect(checks.find(({ name }) => name === 'run.drops')?.actual).toBe('7 at the socket of dhcp4 server-2');
  });

  it('is not named where nothing was measured', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
    run.lease(0, v4(0));
    const { short, checks } = run.judge({ evidence: { ...NOTHING_WRONG, ...TOO_MANY } });
    expect(short).toEqual([]);
    expect(checks.find(({ name }) => name === 'load.rate')?.actual).toMatch(/\)$/);
  });
});
