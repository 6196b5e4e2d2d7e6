import { describe, expect, it } from 'vitest';
import type { LogMessageCount, SystemEvidence } from '../../evidence/system.js';
import type { KnownFailure } from '../../scenario/schema/known-failures.js';
import { AuditedRun } from '../audit/audit.test-support.js';
import type { Check } from '../../results/check.js';
import { resourcesOf } from '../machine/resources.test-support.js';
import { LIMITS, v4, v6 } from '../synthetic.test-support.js';

const SECOND = 1_000_000;
const NO_BINDING = 3;
const CLIENTS = 30;

/**
 * Every client asks the next server for its lease again, at once or `lateUs` later. The first `refused` clients are
 * refused.
 */
function roaming(refused: number, { lateUs = 0, server = 1 } = {}): AuditedRun {
  const audited = new AuditedRun('dhcp6-ia-na', CLIENTS);
  const { run } = audited;
  for (let client = 0; client < CLIENTS; client++) {
    run.at((1 + client) * SECOND).lease(client, v6(client));
    run.at((1 + client) * SECOND + 4_000 + lateUs);
    const asked = run.ask(client, 'REBIND-REPLY', { server: (client + server) % 3 });
    if (client < refused) asked.refuse(NO_BINDING);
    else asked.give(v6(client));
  }
  return audited;
}

const KEPT: KnownFailure = { check: 'conformance.leaseKept', atMost: 3, cause: 'stale-read' };

interface Judging {
  known?: readonly KnownFailure[];
  settings?: Record<string, string>;
  replicated?: boolean;
  short?: boolean;
  probationS?: number;
}

function judged(audited: AuditedRun, name: string, more: Judging = {}): Check | undefined {
  const { known = [KEPT], settings = { wsrep_sync_wait: '0' }, replicated = true, short = false } = more;
  const busy = { others: short ? 2 : 0 };
  const { checks } = audited.judge(
    { replicated },
    { resources: resourcesOf(Array.from({ length: 60 }, () => busy)) },
    { scenario: { limits: LIMITS, knownFailures: [...known] }, databaseSettings: settings },
  );
  return checks.find((check) => check.name === name);
}

const kept = (audited: AuditedRun, more: Judging = {}) => judged(audited, 'conformance.leaseKept', more);

describe('a known failure', () => {
  it('within its bound passes as known, where the run shows the cause of every violation', () => {
    const check = kept(roaming(3));
    expect(check).toMatchObject({ verdict: 'pass', count: { found: 3, of: CLIENTS } });
    expect(check?.known).toMatchObject({
      cause: 'stale-read',
      text: expect.stringMatching(/\b3\b.* 1\.0 ms/) as string,
    });
  });

  it('is a plain pass without a violation', () => {
    expect(kept(roaming(0))).toMatchObject({ verdict: 'pass', count: { found: 0, of: CLIENTS } });
    expect(kept(roaming(0))?.known).toBeUndefined();
  });

  it('fails beyond its bound, and says so', () => {
    const check = kept(roaming(4));
    expect(check).toMatchObject({ verdict: 'fail' });
    expect(check?.actual).toContain('4 of 30, but the scenario allows for at most 3');
    expect(check?.known).toBeUndefined();
  });

  it('may have a share as its bound', () => {
    const share = (atMost: string) => [{ ...KEPT, atMost }];
    expect(kept(roaming(3), { known: share('10%') })?.verdict).toBe('pass');
    expect(kept(roaming(4), { known: share('10%') })?.verdict).toBe('fail');
  });

  it('beyond its bound is inconclusive on a machine that was short of CPU, if the cause is shown for every violation', () => {
    expect(kept(roaming(4), { short: true })?.verdict).toBe('inconclusive');
    expect(kept(roaming(4, { lateUs: SECOND }), { short: true })?.verdict).toBe('fail');
    expect(kept(roaming(3), { short: true })?.verdict).toBe('pass');
  });

  it('fails where the scenario names no known failure', () => {
    expect(kept(roaming(1), { known: [] })?.verdict).toBe('fail');
  });
});

describe('a stale read is no explanation', () => {
  it.each<[string, AuditedRun, Judging]>([
    ['long after the lease was given', roaming(1, { lateUs: SECOND }), {}],
    ['at the server that gave it', roaming(1, { server: 0 }), {}],
    ['where reads wait', roaming(1), { settings: { wsrep_sync_wait: '1' } }],
    ['where nothing is replicated', roaming(1), { replicated: false }],
  ])('%s', (_, audited, more) => {
    expect(kept(audited, more)?.verdict).toBe('fail');
  });

  it('behind a proxy, where both servers may have been connected to one node', () => {
    const audited = roaming(1);
    for (const server of audited.system.servers) Object.assign(server, { proxy: 'haproxy' });
    expect(kept(audited)?.verdict).toBe('fail');
  });

  it('if one of several violations is no stale read', () => {
    const audited = roaming(2);
    audited.run
      .at(50 * SECOND)
      .ask(9, 'REBIND-REPLY', { server: 1 })
      .refuse(NO_BINDING);
    expect(kept(audited)?.verdict).toBe('fail');
  });

  it('of another lease, if the first lease was given long ago and only renewed just now', () => {
    const audited = new AuditedRun('dhcp6-ia-na', 3);
    const { run } = audited;
    run.lease(0, v6(0));
    run
      .at(9 * SECOND)
      .ask(0, 'RENEW-REPLY')
      .give(v6(0));
    run.ask(0, 'REBIND-REPLY', { server: 1 }).give(v6(7));
    expect(kept(audited)?.verdict).toBe('fail');
  });

  it('of rows that no client was told of', () => {
    const audited = new AuditedRun('dhcp6-ia-na', 3);
    audited.run.lease(0, v6(0));
    audited.stored(audited.row(0, '2001:db8::')).stored(audited.row(0, '2001:db8::7'));
    const known: KnownFailure[] = [{ check: 'audit.oneLease', atMost: 1, cause: 'stale-read' }];
    expect(judged(audited, 'audit.oneLease', { known })?.verdict).toBe('fail');
  });
});

describe('a stale read explains', () => {
  it('a lease that was renewed through one node and refused by another that had not applied the renewal yet', () => {
    const audited = new AuditedRun('dhcp6-ia-na', 3);
    const { run } = audited;
    run.lease(0, v6(0));
    run
      .at(9 * SECOND)
      .ask(0, 'RENEW-REPLY')
      .give(v6(0));
    run.ask(0, 'REBIND-REPLY', { server: 1 }).refuse(NO_BINDING);
    expect(kept(audited)?.verdict).toBe('pass');
  });

  it('a second lease through another node, right after the first', () => {
    const second = (atUs: number) => {
      const audited = new AuditedRun('dhcp6-ia-na', 3);
      audited.run.lease(0, v6(0));
      audited.run.at(atUs).ask(0, 'REBIND-REPLY', { server: 1 }).give(v6(7));
      audited.stored(audited.row(0, '2001:db8::')).stored(audited.row(0, '2001:db8::7'));
      const known: KnownFailure[] = [{ check: 'audit.oneLease', atMost: 1, cause: 'stale-read' }];
      return judged(audited, 'audit.oneLease', { known });
    };
    expect(second(5_000)).toMatchObject({
      verdict: 'pass',
      known: { cause: 'stale-read' },
      count: { found: 1 },
    });
    expect(second(2 * SECOND)?.verdict).toBe('fail');
  });
});

/** The log of a server that lost so many races. */
function lost(identifier: string, count: number): LogMessageCount[] {
  return [{ identifier, severity: 'ERROR', count, errorCodes: { 1213: count } }];
}

function withLog(audited: AuditedRun, server: string, seen: LogMessageCount[]): AuditedRun {
  const { servers } = audited.system as { servers: SystemEvidence['servers'] };
  Object.assign(servers.find(({ name }) => name.endsWith(server)) ?? {}, { log: { seen } });
  return audited;
}

describe('a decline that lost a race', () => {
  const known: KnownFailure[] = [
    { check: 'conformance.declinedReused', atMost: 2, cause: 'decline-lost-race' },
  ];
  /** Two clients of server-1 decline their leases, which other clients are given. */
  const declined = () => {
    const audited = new AuditedRun('dhcp4', 9);
    for (const client of [0, 3]) {
      audited.run.lease(client, v4(client));
      audited.run.ask(client, 'DECLINE');
      audited.run.lease(client + 1, v4(client));
    }
    return audited;
  };
  const verdict = (audited: AuditedRun) => judged(audited, 'conformance.declinedReused', { known })?.verdict;

  it('explains leases that were given again, if their server logged as many lost races', () => {
    expect(verdict(withLog(declined(), 'server-1', lost('DHCP4_DECLINE_FAIL', 2)))).toBe('pass');
  });

  it.each<[string, string, LogMessageCount[]]>([
    ['too few', 'server-1', lost('DHCP4_DECLINE_FAIL', 1)],
    ['those of another server', 'server-2', lost('DHCP4_DECLINE_FAIL', 2)],
    ['other messages', 'server-1', lost('ALLOC_ENGINE_V4_ALLOC_ERROR', 2)],
    [
      'other errors',
      'server-1',
      [{ ...lost('DHCP4_DECLINE_FAIL', 2)[0], errorCodes: { 2013: 2 } } as LogMessageCount],
    ],
  ])('is not shown by %s', (_, server, log) => {
    expect(verdict(withLog(declined(), server, log))).toBe('fail');
  });
});
