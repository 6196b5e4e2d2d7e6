import { describe, expect, it } from 'vitest';
import type { FaultEvidence } from '../../evidence/faults.js';
import type { Evidence } from '../../evidence/evidence.js';
import { AuditedRun, LIFETIME_S, sound, ZERO_UNIX_S } from '../audit/audit.test-support.js';
import { LIMITS, nth, NOTHING_WRONG, SyntheticRun, v4 } from '../synthetic.test-support.js';
import { CUT, evidence, S } from './faults.test-support.js';

/** A run whose client 1 belongs to server-2, on node-2. */
function run(): AuditedRun {
  return new AuditedRun('dhcp4', 3);
}

function verdictOf(audited: AuditedRun, name: string, found = evidence()) {
  const { checks } = audited.judge({}, found);
  // The audit makes each check for the run too.
  return nth(
    checks.filter((check) => check.name === name).sort((one, other) => other.case.length - one.case.length),
    0,
  );
}

describe('a lease of a server whose node is outside the primary component', () => {
  const leaseAt = (askedS: number): AuditedRun => {
    const audited = run();
    audited.run.at(askedS * S).lease(1, v4(7));
    return audited;
  };

  it('fails the run', () => {
    const judged = leaseAt(16).judge({}, evidence());
    expect(judged.verdict).toBe('fail');
    expect(judged.checks.find(({ name }) => name === 'faults.minorityCommits')).toMatchObject({
      verdict: 'fail',
      count: { found: 1, of: null },
    });
    expect(judged.cases[0]?.witnesses.map(({ kind }) => kind)).toContain('minority-commit');
  });

  it.each([
    ['before the cut was seen', 12],
    ['after the node was back', 30],
  ])('counts as none %s', (_, askedS) => {
    expect(verdictOf(leaseAt(askedS), 'faults.minorityCommits').verdict).toBe('pass');
  });

  it('is counted apart if its request was on its way at the cut', () => {
    const audited = run();
    const asked = audited.run.at(13.5 * S).ask(1, 1);
    audited.run.at(15 * S);
    asked.give(v4(7));
    expect(verdictOf(audited, 'faults.minorityCommits')).toMatchObject({
      verdict: 'pass',
      actual: '0; 1 more were asked for before the node was seen there',
    });
    expect(audited.judge({}, evidence()).cases[0]?.faults).toMatchObject({
      minorityCommits: 0,
      answersOnTheirWay: 1,
      renewalsOutside: 0,
    });
  });

  it('counts from the first sending of its request, which the server may have answered', () => {
    const audited = run();
    const asked = audited.run.at(13.5 * S).ask(1, 1);
    const [sent] = audited.run.observations.slice(-1);
    if (sent?.type === 'sent')
      audited.run.observations.push({ ...sent, sentAtUs: 15 * S, retransmission: 1 });
    audited.run.at(16 * S);
    asked.give(v4(7));
    expect(verdictOf(audited, 'faults.minorityCommits').verdict).toBe('pass');
  });

  it('of another node counts as none', () => {
    const audited = run();
    audited.run.at(16 * S).lease(0, v4(7));
    expect(verdictOf(audited, 'faults.minorityCommits').verdict).toBe('pass');
  });

  it('is not judged behind a proxy: nobody knows which node the lease came through', () => {
    const audited = leaseAt(16);
    const servers = audited.system.servers.map((server) => ({ ...server, proxy: 'haproxy' }));
    const { checks } = audited.judge({ servers }, evidence());
    expect(checks.map(({ name }) => name)).toContain('faults.done');
    expect(checks.map(({ name }) => name)).not.toContain('faults.minorityCommits');
  });

  it('is counted apart if it is a renewal', () => {
    const audited = run();
    audited.run.at(2 * S).lease(1, v4(7));
    audited.run
      .at(16 * S)
      .ask(1, 'RENEW-ACK')
      .give(v4(7));
    const check = verdictOf(audited, 'faults.minorityCommits');
    expect(check).toMatchObject({ verdict: 'pass', count: { found: 0 } });
    expect(check.actual).toBe('0; 1 renewals, which Kea may answer without its database');
    expect(audited.judge({}, evidence()).cases[0]?.faults?.renewalsOutside).toBe(1);
  });
});

describe('a row that no client was told of', () => {
  const refusedAt = (askedS: number, client: number): AuditedRun => {
    const audited = run();
    audited.run
      .at(askedS * S)
      .ask(client, 1)
      .nak();
    audited.stored(audited.row(client, '10.0.0.9'));
    return audited;
  };

  it('is no finding where the server lost its node before it could answer', () => {
    expect(verdictOf(refusedAt(12, 1), 'audit.untold').verdict).toBe('pass');
  });

  it('is none where the server refused it after the client had given up', () => {
    const audited = run();
    audited.run
      .at(12 * S)
      .ask(1, 1)
      .timeout()
      .nak();
    audited.stored(audited.row(1, '10.0.0.9'));
    expect(verdictOf(audited, 'audit.untold').verdict).toBe('pass');
  });

  it.each([
    ['long before the fault', 5, 1],
    ['long after it', 40, 1],
  ])('is one where the client was refused %s', (_, askedS, client) => {
    expect(verdictOf(refusedAt(askedS, client), 'audit.untold').verdict).toBe('fail');
  });
});

it('a fault of one server concerns no other', () => {
  const audited = run();
  audited.run
    .at(12 * S)
    .ask(0, 1)
    .nak();
  audited.stored(audited.row(0, '10.0.0.9'));
  const untold = (targets: string[]) => verdictOf(audited, 'audit.untold', evidence({}, { targets })).verdict;
  expect(untold(['dhcp4 server-2'])).toBe('fail');
  expect(untold(['dhcp4 server-1'])).toBe('pass');
});

it('a client that started over may have two rows only where a fault refused it', () => {
  const audited = run();
  audited.run
    .at(12 * S)
    .ask(1, 1)
    .nak();
  audited.run.lease(1, v4(8));
  for (const address of ['10.0.0.8', '10.0.0.9']) audited.stored(audited.row(1, address));
  expect(verdictOf(audited, 'audit.oneLease').verdict).toBe('pass');
  expect(verdictOf(audited, 'audit.oneLease', {}).verdict).toBe('fail');
});

it('a RELEASE that waits in a frozen server may end a lease that another server gave again meanwhile', () => {
  const made = new SyntheticRun({ name: 'dhcp4', clients: 3 });
  made.at(1 * S).lease(1, v4(5));
  made.at(11 * S).ask(1, 'RELEASE', { server: 1 });
  made
    .at(90 * S)
    .ask(1, 0, { server: 0, attempt: 2 })
    .give(v4(5));
  made.ask(1, 1, { server: 0, attempt: 2 }).give(v4(5));
  made.at(105 * S).lease(2, v4(5));
  const held = (frozenS: number) => {
    const frozen: FaultEvidence = {
      ...CUT,
      targets: ['dhcp4 server-2'],
      undoBeganAtUs: (10 + frozenS) * S,
      undoneAtUs: (10 + frozenS) * S,
    };
    const faults = { loadBeganAtUs: 0, faults: [frozen], nodeStates: [] };
    return made.judge({ evidence: { ...NOTHING_WRONG, faults } }).cases[0]?.heldConcurrently;
  };
  expect(held(90)).toBe(0);
  // A server that is at work again after a second has dealt with the RELEASE, or lost it, long before.
  expect(held(1)).toBe(1);
});

describe('during faults', () => {
  it('requests without an answer do not make a run inconclusive', () => {
    const audited = run();
    audited.run.at(1 * S).lease(0, v4(1));
    for (let times = 0; times < 20; times++)
      audited.run
        .at((11 + times) * S)
        .ask(1, 0)
        .timeout();
    const { checks } = audited.judge({}, evidence());
    expect(checks.map(({ name }) => name)).not.toContain('load.answered');
    expect(audited.judge().checks.find(({ name }) => name === 'load.answered')?.verdict).toBe('inconclusive');
  });

  it('a server may end because its node is gone, and by nothing else', () => {
    const death = {
      kind: 'server' as const,
      name: 'dhcp4 server-2',
      atUs: 12 * S,
      how: 'exit code 1',
      lastLines: [],
    };
    const deaths = (more: object) =>
      verdictOf(run(), 'run.deaths', evidence({ deaths: [{ ...death, ...more }] }));
    expect(deaths({ fault: 0 }).verdict).toBe('pass');
    expect(deaths({}).verdict).toBe('fail');
    expect(deaths({ fault: 1 }).verdict).toBe('fail');
  });

  it.each<[string, Partial<FaultEvidence>]>([
    ['not done', { beganAtUs: null, doneAtUs: null, undoBeganAtUs: null, undoneAtUs: null }],
    ['not undone', { undoneAtUs: null }],
    ['failed', { failed: 'no room' }],
    ['a loss that lost nothing', { met: [{ from: 'node-1', to: 'node-2', packets: 4_000, dropped: 0 }] }],
    [
      'of links over which nothing was sent',
      { met: [{ from: 'node-1', to: 'node-2', packets: 0, dropped: 0 }] },
    ],
  ])('a fault that was %s leaves the run open', (_, fault) => {
    expect(verdictOf(run(), 'faults.done', evidence({}, fault)).verdict).toBe('inconclusive');
  });

  it('a fault that held messages back was done, though it dropped none', () => {
    const met = [{ from: 'clients', to: 'dhcp4 server-1', packets: 40, dropped: 0, affected: 40 }];
    expect(verdictOf(run(), 'faults.done', evidence({}, { met })).verdict).toBe('pass');
  });

  it('a fault of the scenario that the evidence does not have leaves the run open', () => {
    const stated = {
      limits: LIMITS,
      faults: [
        { fault: 'isolate' as const, on: 'node-2', at: 10, undo: 20 },
        { fault: 'kill' as const, on: 'node-3', at: 30, undo: 40 },
      ],
    };
    for (const given of [evidence(), {}])
      expect(run().judge({}, given, { scenario: stated }).checks).toContainEqual(
        expect.objectContaining({ name: 'faults.done', verdict: 'inconclusive' }),
      );
  });

  it('no lease is known to be lost if none was live at the end', () => {
    const audited = new AuditedRun('dhcp4', 3);
    audited.run.lease(0, v4(0), { validLifetime: 1 });
    const { checks, cases } = audited.judge({}, evidence());
    expect(checks.find(({ name }) => name === 'audit.stored')?.verdict).toBe('inconclusive');
    expect(cases[0]?.faults?.lostLeases).toBeNull();
    expect(audited.judge().checks.find(({ name }) => name === 'audit.stored')?.verdict).toBe('pass');
  });

  it('answers may be lost after a fault, as servers answer when nobody listens any more', () => {
    const checksOf = (given: Partial<Evidence>) =>
      sound()
        .judge({}, given)
        .checks.map(({ name }) => name);
    expect(checksOf(evidence())).not.toContain('load.lost');
    expect(checksOf({})).toContain('load.lost');
  });

  it.each([
    ['while its node is outside, and the lease stays stored', 15, true, [], 1, 0],
    ['while its node is outside, and the lease is lost', 15, false, ['audit.stored'], 1, 1],
    ['while its node is back', 25, true, ['conformance.leaseKept'], 0, null],
  ])('a renewal that a server refuses %s', (_, atS, isStored, failed, refused, lost) => {
    const audited = run();
    audited.run.at(5 * S).lease(1, v4(1));
    audited.run
      .at(atS * S)
      .ask(1, 'RENEW-ACK')
      .nak();
    if (isStored) audited.stored(audited.row(1, '10.0.0.1', { expire: ZERO_UNIX_S + 5 + LIFETIME_S }));
    const { checks, cases } = audited.judge({}, evidence());
    const broken = checks.filter(({ name, verdict }) => verdict === 'fail' && name !== 'audit.counters');
    expect(broken.map(({ name }) => name)).toEqual(failed);
    expect(cases[0]?.faults).toMatchObject({ renewalsRefused: refused, lostLeases: lost });
  });

  it('a run without faults has no such checks and figures', () => {
    const judged = new SyntheticRun({ name: 'dhcp4', clients: 1 }).judge();
    expect(judged.faults).toBeUndefined();
    expect(judged.cases[0]?.faults).toBeUndefined();
    expect(judged.checks.filter(({ name }) => name.startsWith('faults.'))).toEqual([]);
  });
});
