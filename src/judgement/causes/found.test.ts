import type { Check } from '../../results/check.js';
import type { CaseInRun } from './run-context.js';
import { describe, expect, it } from 'vitest';
import type { CaseFigures } from '../../results/case.js';
import { NO_EVIDENCE_OF_FAULTS, run, server } from './found.test-support.js';
import { CAUSES } from './index.js';

const alloc = (count: number, code = '1213') => ({
  identifier: 'ALLOC_ENGINE_V6_ALLOC_ERROR',
  severity: 'ERROR',
  count,
  errorCodes: { [code]: count },
});

describe('retries that never happen', () => {
  const texts = (...args: Parameters<typeof run>) => CAUSES['no-retry'].found?.(run(...args)) ?? [];

  it('explain refusals by the share of errors 1213', () => {
    const [one] = texts({ refused: 20, servers: [server({ log: [alloc(15)] })] });
    expect(one).toMatchObject({ case: 'dhcp6-ia-na', explains: 'committing.refusals.clients' });
    expect(one?.text).toContain('15');
    expect(one?.text).toContain('75%');
  });

  it.each([
    ['without refusals', { refused: 0, servers: [server({ log: [alloc(15)] })] }],
    ['without the error', { refused: 20, servers: [server({ log: [alloc(15, '1205')] })] }],
    // A client of DHCPv4 asks for one address. A second try would find it taken.
    ['in DHCPv4', { refused: 20, family: 4 as const, servers: [server({ log: [alloc(15)] })] }],
    ['with the retry repaired', { refused: 20, repaired: true, servers: [server({ log: [alloc(15)] })] }],
  ])('explain nothing %s', (_, changes) => expect(texts(changes)).toEqual([]));
});

describe('conflicts on the statistics rows', () => {
  const found = (...args: Parameters<typeof run>) =>
    CAUSES['statistics-conflicts'].found?.(run(...args)) ?? [];
  const servers = [server({ log: [alloc(15)] })];

  it('are what is left of the conflicts when all that raced for a lease are taken away', () => {
    const [one] = found({ sharing: { 1: 40, 2: 3 }, servers });
    expect(one?.text).toContain('at least 9 conflicts');
  });

  it('are not told where each conflict may have been about a lease', () => {
    expect(found({ sharing: { 3: 5 }, servers })).toEqual([]);
    expect(found({ sharing: { 1: 40 }, servers, replicated: false })).toEqual([]);
    expect(found({ sharing: { 1: 40 }, servers, renewals: 3 })).toEqual([]);
    expect(found({ sharing: { 1: 40 }, servers, allocator: 'shared-flq' })).toEqual([]);
    expect(found({ sharing: { 1: 40 }, servers, allocator: 'random' })).toHaveLength(1);
  });
});

describe('renewals that never reach the database', () => {
  const found = (reuses: number) =>
    CAUSES['lease-caching'].found?.(
      run({
        servers: [
          server({ before: { 'v6-ia-na-lease-reuses': 2 }, after: { 'v6-ia-na-lease-reuses': reuses } }),
        ],
      }),
    );

  it('are told by the counter of reused leases', () => {
    expect(found(9)?.[0]?.text).toContain('server-1 7');
    expect(found(2)).toEqual([]);
  });
});

describe('messages dropped after a lost race', () => {
  it('are told by the log', () => {
    const log = [
      { identifier: 'DHCP6_PACKET_PROCESS_FAIL', severity: 'DEBUG', count: 5, errorCodes: {}, dataRaces: 4 },
    ];
    const found = CAUSES['dropped-race'].found;
    expect(found?.(run({ servers: [server({ log })] }))[0]?.text).toContain('server-1 4');
    expect(found?.(run({ servers: [server({})] }))).toEqual([]);
  });
});

describe('packet queues that overflow', () => {
  const found = (...args: Parameters<typeof run>) =>
    (CAUSES['queue-overflow'].found?.(run(...args)) ?? []).map(({ text }) => text);

  it('are told in DHCPv6 by messages that no thread dealt with', () => {
    const before = { 'pkt6-received': 10, 'pkt6-solicit-received': 10 };
    const after = { 'pkt6-received': 110, 'pkt6-solicit-received': 60, 'pkt6-request-received': 39 };
    expect(found({ servers: [server({ before, after })] })[0]).toContain('server-1 11');
    const all = { ...after, 'pkt6-request-received': 50 };
    expect(found({ servers: [server({ before, after: all })] })).toEqual([]);
  });

  it('are told by the log, where it is at debug level', () => {
    const log = [{ identifier: 'DHCP4_PACKET_QUEUE_FULL', severity: 'DEBUG', count: 7, errorCodes: {} }];
    const faults = { evidence: { faults: NO_EVIDENCE_OF_FAULTS } };
    expect(found({ family: 4, sent: 100, servers: [server({ log })], ...faults })[0]).toContain('server-1 7');
  });

  const received = (count: number) => [
    server({ before: { 'pkt4-received': 0 }, after: { 'pkt4-received': count } }),
  ];

  it('are told in DHCPv4 by messages that came neither to a thread nor to an end in the kernel', () => {
    const sent = { family: 4 as const, sent: 100, servers: received(80) };
    expect(found(sent)[0]).toContain('server-1 20');
    expect(found({ ...sent, drops: 20 })).toEqual([]);
    expect(found({ ...sent, servers: received(100) })).toEqual([]);
    // Others ask the server too.
    expect(found({ ...sent, servers: received(500) })).toEqual([]);
    expect(found({ ...sent, evidence: { faults: NO_EVIDENCE_OF_FAULTS } })).toEqual([]);
  });

  it('are told by a counter since Kea 3.1', () => {
    const counters = {
      before: { 'pkt4-queue-full': 1 },
      after: { 'pkt4-queue-full': 4, 'pkt4-received': 100 },
    };
    expect(found({ family: 4, sent: 100, servers: [server(counters)] })[0]).toContain('server-1 3');
  });
});

describe('another time', () => {
  const held = {
    name: 'conformance.heldConcurrently',
    case: 'dhcp6-ia-na',
    phase: '',
    expected: '',
    actual: '5',
    verdict: 'fail',
  } as const;
  const apart = (leastMs: number, isTimeZone: boolean) => ({
    limitMs: 1_000,
    servers: [],
    apart: [
      {
        case: 'dhcp6-ia-na',
        leastMs,
        odd: { server: 'server-2', offsetMs: leastMs, uncertaintyMs: 100, isTimeZone, by: 'its log' },
      },
    ],
  });

  /** Two clients have a lease, the second of them when the first has this time left. */
  const heldByTwo = (leftMs: number): CaseFigures['witnesses'] => {
    const holder = (client: number, fromUs: number, untilUs: number) => ({
      ...{ client, server: 'server-1', lease: '2001:db8::1' },
      ...{ fromUs, untilUs },
    });
    return [
      {
        kind: 'held-concurrently',
        lease: '2001:db8::1',
        otherLease: null,
        holders: [holder(0, 0, 1_000 * (leftMs + 10)), holder(1, 10_000, Infinity)],
      },
    ];
  };

  it('explains no lease that had more time left than the times differ, and no lease if the log says otherwise', () => {
    const explained = (clocks: ReturnType<typeof apart>, leftMs: number) =>
      CAUSES['other-clock'].found?.(run({ checks: [held], clocks, witnesses: heldByTwo(leftMs) }));
    expect(explained(apart(3_000, false), 4_000_000)).toMatchObject([{ explains: 'servers.clocks' }]);
    const [one] = apart(30_000, false).apart;
    const contradicted = {
      ...apart(30_000, false),
      apart: one && [{ ...one, odd: { ...one.odd, logMs: 20 } }],
    };
    expect(explained(contradicted as ReturnType<typeof apart>, 20_000)).toEqual([]);
  });

  it.each([
    [30_000, false, 'other-clock', 'other-time-zone'],
    [9 * 3_600_000, true, 'other-time-zone', 'other-clock'],
  ] as const)('of %d ms, as in another time zone: %j, is %s and not %s', (leastMs, isZone, is, isNot) => {
    const context = run({
      checks: [held],
      clocks: apart(leastMs, isZone),
      witnesses: heldByTwo(leastMs - 500),
    });
    expect(CAUSES[is].found?.(context)).toMatchObject([
      { case: 'dhcp6-ia-na', explains: 'conformance.heldConcurrently' },
    ]);
    expect(CAUSES[isNot].found?.(context)).toEqual([]);
  });

  it('explains nothing where the times are the same', () => {
    const context = run({ checks: [held], clocks: apart(900, false) });
    expect(CAUSES['other-clock'].found?.(context)).toEqual([]);
  });
});

describe('servers that end when a commit is refused', () => {
  const death = (kind: 'server' | 'node', lastLine: string) => ({
    ...{ kind, name: 'dhcp4 server-2', atUs: 0, signal: 'SIGABRT', how: 'signal SIGABRT' },
    lastLines: ["terminate called after throwing an instance of 'isc::Unexpected'", lastLine],
  });

  it('say so with their last words', () => {
    const found = CAUSES['refused-commit'].found;
    const line = '  what():  rollback called for not started transaction - coding error';
    expect(found?.(run({ evidence: { deaths: [death('server', line)] } }))).toHaveLength(1);
    expect(found?.(run({ evidence: { deaths: [death('node', line)] } }))).toEqual([]);
    expect(found?.(run({ evidence: { deaths: [death('server', '  what():  other')] } }))).toEqual([]);
  });
});

describe('servers that end without their database', () => {
  const word = { identifier: 'DHCP6_DB_RECONNECT_DISABLED', severity: 'INFO', count: 1, errorCodes: {} };
  const deaths = [
    {
      kind: 'server' as const,
      name: 'dhcp6-ia-na server-1',
      atUs: 0,
      exitCode: 1,
      how: 'exit code 1',
      lastLines: [],
    },
  ];

  it('said so before they ended', () => {
    const found = CAUSES['gave-up-reconnecting'].found;
    const servers = [server({ log: [word] })];
    expect(found?.(run({ servers, evidence: { deaths } }))).toHaveLength(1);
    expect(found?.(run({ servers }))).toEqual([]);
    expect(found?.(run({ servers: [server({})], evidence: { deaths } }))).toEqual([]);
  });
});

describe('servers that write to a newer lease schema', () => {
  const failed: Check = {
    name: 'audit.pools',
    case: 'dhcp6-ia-na',
    phase: '',
    expected: '0',
    actual: '1',
    verdict: 'fail',
  };
  const outOfPool = (lease: string) =>
    ({ kind: 'out-of-pool', lease }) as Partial<
      CaseInRun['findings'][number]
    > as CaseInRun['findings'][number];
  const found = (lease: string, checks = [failed]) =>
    CAUSES['newer-schema'].found?.(run({ checks, findings: [outOfPool(lease)] }));

  it('are told by rows whose bytes are the text of an address, as Kea 2.2 left them on the schema of 2.6', () => {
    expect(found('3230:3031:3a64:6238:3a31:3a3a:313a:3000')).toMatchObject([
      { explains: 'audit.pools', text: expect.stringContaining('is "2001:db8:1::1:0"') as string },
    ]);
    expect(found('3230:3031:3a64:6238:3a38:3030:303a:3a00/64')).toHaveLength(1);
  });

  it('are not told by other rows, nor explain what holds', () => {
    expect(found('2001:db8:9::1')).toEqual([]);
    expect(found('3230:3031:3a64:6238:3a31:3a3a:313a:3000', [{ ...failed, verdict: 'pass' }])).toEqual([]);
  });
});
