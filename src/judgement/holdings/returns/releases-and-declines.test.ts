import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../../../scenario/schema.js';
import { LIMITS, SyntheticRun, v4, v6, type Asked, type Lease } from '../../synthetic.test-support.js';

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
    const source = {
      missing: [],
      unmade: new Set<never>(),
      unseenRequests: false,
      prefixLengths: true,
      times: true,
    };
    const { checks, cases } = givenAgain(20).judge({ source });
    expect(checks.map(({ name }) => name)).not.toContain('conformance.declinedReused');
    const again = { count: 1, soonestMs: 20_002 };
    expect(cases[0]?.declines).toEqual({ declined: 1, reused: null, again });
  });

  it('in a recording by others is judged by the probation period that the source tells', () => {
    const source = {
      missing: [],
      unmade: new Set<never>(),
      unseenRequests: false,
      prefixLengths: true,
      times: true,
    };
    for (const [probationS, reused] of [
      [30, 1],
      [10, 0],
    ] as const) {
      const { cases } = givenAgain(20).judge({ source: { ...source, probationS } });
      expect(cases[0]?.declines).toEqual({ declined: 1, reused });
    }
  });
});

describe('a lease that its client gave back at another server than it comes back to', () => {
  const [first, second, third] = [0, 1, 2];

  interface Story {
    name?: string;
    lease?: Lease;
    /** Where client 0 has the lease from, and gives it back. */
    at?: number;
    by?: 'RELEASE' | 'DECLINE' | 'RELEASE-REPLY';
    status?: number;
    between?: (run: SyntheticRun, asked: Asked) => void;
    againAfterS?: number;
  }

  /**
   * Client 0 gives a lease back at second 10. The first server gives it the same lease again, and then the third server
   * gives that lease to client 2.
   */
  function returned(story: Story) {
    const { name = 'dhcp4', lease = v4(0), at = second, by = 'RELEASE', againAfterS = 1 } = story;
    const run = new SyntheticRun({ name, clients: 3 });
    run.ask(0, 1, { server: at }).give(lease);
    const asked = run.at(10 * SECOND).ask(0, by, { server: at });
    if (story.status !== undefined) asked.refuse(story.status);
    story.between?.(run, asked);
    run.at((10 + againAfterS) * SECOND).lease(0, lease, { attempt: 2 });
    run.at((11 + againAfterS) * SECOND).lease(2, lease);
    const { heldConcurrently, overtakenReturns } = run.case();
    return { heldConcurrently, overtakenReturns };
  }

  /** A server answers a request of another client within 0.2 s. */
  const answers = (server: number, sentAtUs: number) => (run: SyntheticRun) => {
    const asked = run.at(sentAtUs).ask(1, 0, { server });
    asked.give(v4(7), { receivedAtUs: sentAtUs + 0.2 * SECOND });
  };

  const overtaken = { heldConcurrently: 0, overtakenReturns: 1 };
  const held = { heldConcurrently: 1, overtakenReturns: 0 };

  it.each(['RELEASE', 'DECLINE'] as const)('may be lost by the %s, if it is dealt with later', (by) => {
    expect(returned({ by })).toEqual(overtaken);
  });

  it('is held again if that server has answered a later request, and so has dealt with the message', () => {
    expect(returned({ between: answers(second, 10.6 * SECOND) })).toEqual(held);
  });

  it('may be lost if that server has answered only an earlier request, one sent with it, or another server a later one', () => {
    expect(returned({ between: answers(second, 10.2 * SECOND) })).toEqual(overtaken);
    expect(returned({ between: answers(second, 9 * SECOND) })).toEqual(overtaken);
    expect(returned({ between: answers(third, 10.6 * SECOND) })).toEqual(overtaken);
  });

  it('is held again after a minute, when the message must be lost', () => {
    expect(returned({ againAfterS: 61 })).toEqual(held);
  });

  it('is held again if it is the same server, which deals with one message after the other', () => {
    expect(returned({ at: first })).toEqual(held);
  });

  it('is held again in DHCPv6 if the REPLY came, and may be lost if none came', () => {
    const dhcp6 = { name: 'dhcp6-ia-na', lease: v6(1), by: 'RELEASE-REPLY' } as const;
    expect(returned({ ...dhcp6, status: 0 })).toEqual(held);
    expect(returned(dhcp6)).toEqual(overtaken);
  });

  it('may be lost by a second copy of the RELEASE, whose first copy was answered', () => {
    const between = ({ observations }: SyntheticRun, asked: Asked) => {
      const sent = observations.findLast((one) => one.type === 'sent');
      if (sent !== undefined) observations.push({ ...sent, sentAtUs: 10.5 * SECOND, retransmission: 1 });
      asked.refuse(0, { receivedAtUs: 10.6 * SECOND });
    };
    expect(returned({ name: 'dhcp6-ia-na', lease: v6(1), by: 'RELEASE-REPLY', between })).toEqual(overtaken);
  });

  it('may be lost by a second copy of a DHCPv4 RELEASE, as a capture shows it', () => {
    const between = ({ observations }: SyntheticRun) => {
      const sent = observations.findLast((one) => one.type === 'sent');
      if (sent !== undefined) observations.push({ ...sent, sentAtUs: 10.7 * SECOND, retransmission: 1 });
    };
    const both = (run: SyntheticRun) => {
      between(run);
      answers(second, 10.6 * SECOND)(run);
    };
    expect(returned({ between: both })).toEqual(overtaken);
  });

  it('counts once, however often the client is told of it', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 3 });
    run.ask(0, 1, { server: second }).give(v4(0));
    run.at(10 * SECOND).ask(0, 'RELEASE', { server: second });
    run
      .at(11 * SECOND)
      .lease(0, v4(0), { attempt: 2 })
      .give(v4(0));
    run.ask(0, 'RENEW-ACK', { server: first }).give(v4(0));
    expect(run.case()).toMatchObject({ heldConcurrently: 0, overtakenReturns: 1 });
  });

  it('is nobody’s if the answer comes after another client was given it, and the server gave it before', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 3 });
    run.ask(0, 1, { server: second }).give(v4(0));
    run.at(10 * SECOND).ask(0, 'RELEASE', { server: second });
    const asked = run.at(11 * SECOND).ask(0, 1, { server: first, attempt: 2 });
    run.at(11.1 * SECOND).lease(2, v4(0));
    asked.give(v4(0), { receivedAtUs: 11.5 * SECOND });
    expect(run.case()).toMatchObject({ heldConcurrently: 0, overtakenReturns: 1 });
  });

  it('may be lost by an answer to the first of two copies of a REQUEST', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 3 });
    run.ask(0, 1, { server: second }).give(v4(0));
    run.at(10 * SECOND).ask(0, 'RELEASE', { server: second });
    const asked = run.at(11 * SECOND).ask(0, 1, { server: first, attempt: 2 });
    answers(second, 11.1 * SECOND)(run);
    const sent = run.observations.find((one) => one.type === 'sent' && one.attempt === 2);
    if (sent?.type === 'sent') run.observations.push({ ...sent, sentAtUs: 12 * SECOND, retransmission: 1 });
    asked.give(v4(0), { receivedAtUs: 12.1 * SECOND });
    run.at(12.2 * SECOND).lease(2, v4(0));
    expect(run.case()).toMatchObject({ heldConcurrently: 0, overtakenReturns: 1 });
  });

  it('can be given back once more, and then two messages may come late', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 3 });
    run.ask(0, 1, { server: second }).give(v4(0));
    run.at(10 * SECOND).ask(0, 'RELEASE', { server: second });
    run.at(11 * SECOND).lease(0, v4(0), { attempt: 2 });
    run.at(12 * SECOND).ask(0, 'RELEASE', { server: first });
    answers(second, 12.6 * SECOND)(run);
    run
      .at(14 * SECOND)
      .ask(0, 1, { server: third, attempt: 3 })
      .give(v4(0));
    run.at(15 * SECOND).lease(1, v4(0));
    expect(run.case()).toMatchObject({ heldConcurrently: 0, overtakenReturns: 2 });
  });

  it('is declined once more, and then must be given to no other client', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 3 });
    run.ask(0, 1, { server: second }).give(v4(0));
    run.at(10 * SECOND).ask(0, 'RELEASE', { server: second });
    run.at(11 * SECOND).lease(0, v4(0), { attempt: 2 });
    run.at(12 * SECOND).ask(0, 'DECLINE', { server: first });
    run.at(20 * SECOND).lease(2, v4(0));
    expect(run.case().declines).toEqual({ declined: 1, reused: 1 });
  });

  it('does not shorten a holding that another server gave', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 3 });
    run.ask(0, 1, { server: second }).give(v4(0));
    run.at(10 * SECOND).ask(0, 'RELEASE', { server: second });
    const asked = run.at(11 * SECOND).ask(0, 1, { server: first, attempt: 2 });
    run.ask(0, 'REBIND-ACK', { server: second, attempt: 2 }).give(v4(0));
    asked.give(v4(0), { receivedAtUs: 11.5 * SECOND });
    run.at(12 * SECOND).lease(2, v4(0));
    expect(run.case()).toMatchObject({ heldConcurrently: 1 });
  });

  it('must still not be given to its client while another client holds it', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 3 });
    run.ask(0, 1, { server: second }).give(v4(0));
    run.at(10 * SECOND).ask(0, 'RELEASE', { server: second });
    run.at(11 * SECOND).lease(2, v4(0));
    run.at(12 * SECOND).lease(0, v4(0), { attempt: 2 });
    expect(run.case()).toMatchObject({ heldConcurrently: 1, overtakenReturns: 1 });
  });
});
