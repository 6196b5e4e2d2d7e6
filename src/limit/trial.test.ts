import { describe, expect, it } from 'vitest';
import { resourcesOf } from '../judgement/machine/resources.test-support.js';
import { SyntheticRun, v4, v6 } from '../judgement/synthetic.test-support.js';
import type { Evidence } from '../evidence/evidence.js';
import { resultOf } from '../report/report.test-support.js';
import { limitOf, type LimitFacts } from './answer.js';
import { trialOf } from './trial.js';

/** A run of forty clients. The first `silent` of them get no answer to their DISCOVER. */
function run(silent: number, name = 'dhcp4'): SyntheticRun {
  const made = new SyntheticRun({ name, clients: 40 });
  for (let client = 0; client < 40; client++) {
    made.at(client * 50_000);
    if (client < silent) made.ask(client, 0).timeout();
    else made.lease(client, name === 'dhcp4' ? v4(client) : v6(client));
  }
  return made;
}

const BUSY = { harness: 0.3, servers: 1, nodes: 0.65, others: 0.03, eventLoop: 0.3 };

function trial(runs: readonly SyntheticRun[], evidence: Partial<Evidence> = {}) {
  const offered = runs.map(({ layout }) => ({
    case: layout.name,
    plannedStarts: 40,
    plannedDurationUs: 1_950_000,
  }));
  const resources = resourcesOf([BUSY, BUSY, BUSY]);
  return trialOf('40', 40, 2.5, resultOf(runs, { evidence: { offered, resources, ...evidence } }));
}

describe('a rate', () => {
  it.each([
    [0, 'held', '0% without a timely answer'],
    [1, 'held', '2.5% without a timely answer'],
    [2, 'exceeded', '5% without a timely answer'],
  ])('with %i of 40 exchanges without an answer: %s', (silent, outcome, why) => {
    expect(trial([run(silent)])).toMatchObject({ outcome, why, withoutTimelyAnswerPercent: 2.5 * silent });
  });

  it('can not be told where other programs used up the machine, and is exceeded where the run itself did', () => {
    const taken = { ...BUSY, servers: 0.5, nodes: 0.5, others: 0.68 };
    const resources = resourcesOf([taken, taken, taken]);
    expect(trial([run(2)], { resources })).toMatchObject({ outcome: "can't tell", busy: true });
    expect(trial([run(2)], { resources }).why).toMatch(
      /^5% without .*, while others than this run used 34% of 2 CPUs/,
    );
    expect(trial([run(0)], { resources }).outcome).toBe('held');
    expect(trial([run(2)]).outcome).toBe('exceeded');
  });

  it('that holds says why a check of its run can not tell', () => {
    const drops = [
      { socket: 'kea dhcp4 server-2', drops: 7 },
      { socket: 'kea dhcp4 server-3', drops: 1163 },
    ];
    const lossy = trial([run(0)], { drops });
    expect(lossy).toMatchObject({
      outcome: 'held',
      open: '1,170 datagrams dropped at 2 sockets of the Kea servers',
    });
    expect(lossy.short.map(({ resource }) => resource)).toContain('sockets');
    expect(trial([run(0)])).not.toHaveProperty('open');
    expect(trial([run(2)], { drops })).not.toHaveProperty('open');
  });

  it('must hold in every case', () => {
    const worst = trial([run(0), run(4, 'dhcp6-ia-na')]);
    expect(worst).toMatchObject({ outcome: 'exceeded', why: '10% without a timely answer in dhcp6-ia-na' });
    expect(worst.short.map(({ resource }) => resource)).toEqual(['cpu']);
  });

  it('that the harness did not reach says nothing about the servers, answered or not', () => {
    const offered = [{ case: 'dhcp4', plannedStarts: 80, plannedDurationUs: 1_950_000 }];
    for (const silent of [0, 10]) {
      expect(trial([run(silent)], { offered })).toMatchObject({ outcome: 'not driven' });
    }
    const drops = [{ socket: 'harness dhcp4 server-1', drops: 3 }];
    expect(trial([run(10)], { drops }).why).toBe(
      '3 datagrams dropped at the socket of the harness for dhcp4 server-1',
    );
  });

  it('that was started late is not driven if answers are missing; it holds if none are', () => {
    const late = (silent: number) => {
      const made = new SyntheticRun({ name: 'dhcp4', clients: 40 });
      for (let client = 0; client < 40; client++) {
        made.at(60_000 + client * 50_000);
        const asked = made.ask(client, 0, { intendedUs: client * 50_000 });
        if (client < silent) asked.timeout();
        else {
          asked.give(v4(client));
          made.ask(client, 1).give(v4(client));
        }
      }
      return made;
    };
    expect(trial([late(0)]).outcome).toBe('held');
    expect(trial([late(10)])).toMatchObject({ outcome: 'not driven' });
  });

  it('names every violation of conformance, and no check of the scenario', () => {
    const made = run(0);
    made.ask(1, 1).give(v4(2));
    expect(trial([made]).violations).toEqual([
      expect.stringMatching(/^conformance\.heldConcurrently dhcp4 1/),
    ]);
  });
});

describe('the answer', () => {
  const facts: Omit<LimitFacts, 'trials'> = {
    cases: ['dhcp4'],
    serversPerCase: 3,
    arrival: 'poisson',
    seconds: 20,
    maxWithoutTimelyAnswerPercent: 2.5,
    resolutionPercent: 10,
  };
  const at = (ratePerServer: number, one: ReturnType<typeof trial>) => ({ ...one, ratePerServer });

  it('names the highest rate that held, and the outcome of the next', () => {
    const { highestPerServer, nextPerServer, answer } = limitOf({
      ...facts,
      trials: [at(10, trial([run(0)])), at(20, trial([run(8)])), at(14.1, trial([run(1)]))],
    });
    expect([highestPerServer, nextPerServer]).toEqual([14.1, 20]);
    expect(answer[0]).toMatch(
      /^The highest rate .* is 14\.1 a second on each server \(3 servers of dhcp4, poisson, 20 s/,
    );
    expect(answer[1]).toMatch(
      /^At 20 a second: 20% without a timely answer; in short supply: the machine's CPU: 99% of 2/,
    );
  });

  it('does not blame the servers for a rate that was not driven, and says if no rate held', () => {
    const offered = [{ case: 'dhcp4', plannedStarts: 80, plannedDurationUs: 1_950_000 }];
    const { highestPerServer, answer } = limitOf({
      ...facts,
      trials: [at(10, trial([run(0)], { offered }))],
    });
    expect(highestPerServer).toBeNull();
    expect(answer[0]).toMatch(/^No rate was found/);
    expect(answer[1]).toMatch(
      /^At 10 a second the harness did not drive the load as planned, so this says nothing about the servers/,
    );
    expect(limitOf({ ...facts, trials: [] }).answer).toEqual(['No rate was tried.']);
  });

  it('says if no higher rate was tried', () => {
    expect(limitOf({ ...facts, trials: [at(10, trial([run(0)]))] }).answer[1]).toBe(
      'No higher rate was tried.',
    );
  });
});
