import { describe, expect, it } from 'vitest';
import type { FaultEvidence } from '../../../evidence/faults.js';
import { AuditedRun } from '../../audit/audit.test-support.js';
import { LIMITS, nth, v4 } from '../../synthetic.test-support.js';
import { evidence, S } from '../faults.test-support.js';

/**
 * A run in which server-2, of the node that is cut off from 10 s to 20 s, gives leases at 9 s and 26 s and leaves
 * requests of 12 s and 25 s unanswered, and server-1 gives leases at 11 s and 15 s and one of 13 s in vain.
 */
function run(): AuditedRun {
  const audited = new AuditedRun('dhcp4', 30);
  const lease = (client: number, atS: number) => audited.run.at(atS * S - 4_000).lease(client, v4(client));
  const inVain = (client: number, atS: number) => audited.run.at(atS * S - 1_000).ask(client, 0);
  lease(1, 9);
  lease(0, 11);
  inVain(4, 12);
  inVain(3, 13);
  lease(6, 15);
  inVain(7, 25);
  lease(10, 26);
  return audited;
}

const judged = (fault: Partial<FaultEvidence> = {}, audited = run()) =>
  audited.judge({}, evidence({}, fault));
const figuresOf = (...of: Parameters<typeof judged>) => nth(judged(...of).cases, 0).faults;

describe('the clients of a server', () => {
  it('wait from the first request after its last lease to the next lease', () => {
    const { faults } = judged();
    expect(faults?.faults[0]?.servers.slice(0, 2)).toEqual([
      {
        server: 'dhcp4 server-1',
        leases: 2,
        asked: 3,
        served: 2,
        firstInVainMs: 3_000,
        longestGapMs: 2_000,
        longestGapFromMs: 13_000,
        firstLeaseAfterMs: null,
      },
      {
        server: 'dhcp4 server-2',
        leases: 0,
        asked: 1,
        served: 0,
        firstInVainMs: 2_000,
        longestGapMs: 14_000,
        longestGapFromMs: 12_000,
        firstLeaseAfterMs: 6_000,
      },
    ]);
    expect(figuresOf()).toMatchObject({ unavailableMs: 2_000, ownUnavailableMs: 14_000, recoveredMs: 6_000 });
  });

  it('do not wait if nobody asks', () => {
    expect(judged().faults?.faults[0]?.servers[2]).toEqual({
      server: 'dhcp4 server-3',
      leases: 0,
      asked: 0,
      served: 0,
      firstInVainMs: null,
      longestGapMs: null,
      longestGapFromMs: null,
      firstLeaseAfterMs: null,
    });
  });

  it('wait until they asked last if no lease follows', () => {
    const audited = new AuditedRun('dhcp4', 3);
    for (const atS of [11, 12, 18]) audited.run.at(atS * S).ask(1, 0);
    expect(figuresOf({}, audited)).toMatchObject({ ownUnavailableMs: 7_000, recoveredMs: null });
  });

  it('wait from the beginning of a fault at the earliest', () => {
    const audited = new AuditedRun('dhcp4', 3);
    audited.run.at(3 * S).ask(1, 0);
    audited.run.at(12 * S - 4_000).lease(1, v4(1), { attempt: 2 });
    expect(figuresOf({}, audited)?.ownUnavailableMs).toBe(2_000);
  });

  it('do not wait because of a fault whose effects are over', () => {
    const audited = new AuditedRun('dhcp4', 3);
    audited.run.at(32 * S).ask(1, 0);
    audited.run.at(40 * S).lease(1, v4(1), { attempt: 2 });
    expect(figuresOf({}, audited)).toMatchObject({ ownUnavailableMs: null, recoveredMs: 20_004 });
  });
});

it('a fault of a server alone is not that of the other servers of its node', () => {
  expect(figuresOf({ targets: ['dhcp4 server-1'] })).toMatchObject({
    unavailableMs: 14_000,
    ownUnavailableMs: 2_000,
    recoveredMs: null,
  });
});

it('a fault of all nodes leaves no others', () => {
  expect(figuresOf({ targets: ['node-1', 'node-2', 'node-3'] })).toMatchObject({
    unavailableMs: null,
    ownUnavailableMs: 14_000,
  });
});

it('a fault that ends by itself was not recovered from: nobody knows when each target was back', () => {
  expect(figuresOf({ fault: 'rolling-restart' })?.recoveredMs).toBeNull();
});

it('a fault that was not undone was not recovered from', () => {
  expect(figuresOf({ undoBeganAtUs: null, undoneAtUs: null })?.recoveredMs).toBeNull();
});

it('a scenario may state how soon servers must serve again', () => {
  const checksOf = (check: string) =>
    run()
      .judge({}, evidence(), { scenario: { limits: LIMITS, checks: [check] } })
      .checks.filter(({ name }) => name === check)
      .map(({ verdict }) => verdict);
  expect(checksOf('faults.recoveredMs <= 6s')).toEqual(['pass']);
  expect(checksOf('faults.recoveredMs <= 5s')).toEqual(['fail']);
});
