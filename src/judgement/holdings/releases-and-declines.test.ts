import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../../scenario/schema.js';
import { LIMITS, SyntheticRun, v4, v6 } from '../synthetic.test-support.js';

const SECOND = 1_000_000;

/** Client 0 declines a lease at second 10. Client `next` asks `seconds` later, and is given that lease. */
function givenAgain(seconds: number, next = 1): SyntheticRun {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
  run.lease(0, v4(0));
  run.at(10 * SECOND).ask(0, 'DECLINE');
  run.at((10 + seconds) * SECOND).lease(next, v4(0), { attempt: 2 });
  return run;
}

const scenario = (declineProbationPeriod?: number) => ({
  limits: LIMITS,
  kea: scenarioSchema.parse({ name: 'x', description: 'x', kea: { declineProbationPeriod } }).kea,
});

const judged = (run: SyntheticRun, probationS?: number) => {
  const { cases, checks } = run.judge({ scenario: scenario(probationS) });
  const check = checks.find(({ name }) => name === 'conformance.declinedReused');
  const witnesses = cases.flatMap((one) => one.witnesses).filter(({ kind }) => kind === 'declined-reused');
  return { verdict: check?.verdict, actual: check?.actual, witnesses };
};

describe('a declined lease', () => {
  it('must not be given to another in its probation period', () => {
    const { verdict, actual, witnesses } = judged(givenAgain(20), 30);
    expect([verdict, actual]).toEqual(['fail', '1 of 1 declined']);
    expect(witnesses).toMatchObject([
      { lease: '10.0.0.0', holders: [{ client: 0, fromUs: 10_001_000 }, { client: 1 }] },
    ]);
  });

  it('may be given to its own client by a DHCPv4 server, as nobody knows that the server got the DECLINE', () => {
    expect(judged(givenAgain(20, 0), 30)).toMatchObject({ verdict: 'pass', witnesses: [] });
  });

  it.each([
    ['Success', 0, 'fail'],
    ['NoBinding', 3, 'pass'],
    ['nothing', undefined, 'pass'],
  ] as const)(
    'must be given to nobody at all where a DHCPv6 server said %s (%s): %s',
    (_, status, verdict) => {
      for (const next of [0, 1]) {
        const run = new SyntheticRun({ name: 'dhcp6-ia-na', clients: 2 });
        run.lease(0, v6(1));
        const asked = run.at(10 * SECOND).ask(0, 'DECLINE-REPLY');
        if (status === undefined) asked.timeout();
        else asked.refuse(status);
        run.at(20 * SECOND).lease(next, v6(1), { attempt: 2 });
        expect(judged(run, 30).verdict).toBe(verdict);
      }
    },
  );

  it('may be given after its probation period', () => {
    expect(judged(givenAgain(31), 30)).toMatchObject({ verdict: 'pass', actual: '0 of 1 declined' });
  });

  it('may be given by an answer that came after the probation period, whenever it was asked for', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    run.lease(0, v4(0));
    run.at(10 * SECOND).ask(0, 'DECLINE');
    run
      .at(39 * SECOND)
      .ask(1, 1)
      .give(v4(0), { receivedAtUs: 41 * SECOND });
    expect(judged(run, 30).verdict).toBe('pass');
  });

  it('is held back for a day if the scenario sets no probation period', () => {
    expect(judged(givenAgain(86_000)).verdict).toBe('fail');
    expect(judged(givenAgain(86_401)).verdict).toBe('pass');
  });

  it('may be in an answer to a request from before the DECLINE', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    const asked = run.ask(1, 1);
    run.lease(0, v4(0));
    run.ask(0, 'DECLINE');
    asked.give(v4(0), { receivedAtUs: run.tick() });
    expect(judged(run).verdict).toBe('pass');
  });

  it('is not judged where nobody declines, or where others configure the servers', () => {
    const released = new SyntheticRun({ name: 'dhcp6-ia-na', clients: 2 });
    released.lease(0, v6(1));
    released.ask(0, 'RELEASE-REPLY').refuse(0);
    released.lease(1, v6(1));
    expect(judged(released).verdict).toBeUndefined();
    const source = { missing: [], unmade: new Set<never>(), unseenRequests: false, prefixLengths: true };
    const { checks, cases } = givenAgain(20).judge({ source });
    expect(checks.map(({ name }) => name)).not.toContain('conformance.declinedReused');
    const again = { count: 1, soonestMs: 20_002 };
    expect(cases[0]?.declines).toEqual({ declined: 1, reused: null, again });
  });

  it('in a recording by others is judged by the probation period that the source tells', () => {
    const source = { missing: [], unmade: new Set<never>(), unseenRequests: false, prefixLengths: true };
    for (const [probationS, reused] of [
      [30, 1],
      [10, 0],
    ] as const) {
      const { cases } = givenAgain(20).judge({ source: { ...source, probationS } });
      expect(cases[0]?.declines).toEqual({ declined: 1, reused });
    }
  });
});
