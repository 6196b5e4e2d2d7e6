import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../../scenario/schema.js';
import type { Check } from '../../results/check.js';
import { resourcesOf, type Second } from '../machine/resources.test-support.js';
import { LIMITS, NOTHING_WRONG, SyntheticRun, v4 } from '../synthetic.test-support.js';

const LOAD = scenarioSchema.parse({ name: 'x', description: 'x' }).load;
const QUIET: Second = { harness: 0.1, servers: 0.2, nodes: 0.3 };

interface Circumstances {
  /** How many clients are offered a lease of their own. The others are offered one lease for each three clients. */
  apart?: number;
  /** From the sending of a message to its answer. */
  answerMs?: number;
  /** How late each start is. */
  lateMs?: number;
  seconds?: readonly Second[];
  drops?: number;
  load?: Partial<typeof LOAD>;
  servers?: readonly string[];
}

/**
 * Thirty clients at three servers, in a round of three every 100 ms. The experiment is to show a third of duplicates.
 */
function judged(circumstances: Circumstances = {}) {
  const {
    apart = 0,
    answerMs = 1,
    lateMs = 0,
    drops = 0,
    load = {},
    seconds = [QUIET, QUIET, QUIET, QUIET],
  } = circumstances;
  const servers = circumstances.servers ?? ['server-1', 'server-2', 'server-3'];
  const run = new SyntheticRun({ name: 'dhcp4', clients: 30, servers: [...servers] });
  for (let client = 0; client < 30; client++) {
    const dueUs = Math.floor(client / 3) * 100_000;
    const offered = client < apart ? 100 + client : Math.floor(client / 3);
    run.at(dueUs + lateMs * 1_000);
    const asked = run.ask(client, 0, { intendedUs: dueUs });
    run.at(dueUs + (lateMs + answerMs) * 1_000);
    asked.give(v4(offered));
    run.ask(client, 1).give(v4(1_000 + client));
  }
  return run.judge({
    scenario: {
      limits: LIMITS,
      load: { ...LOAD, ratePerServer: 10, arrival: 'aligned', ...load },
      published: { table: 'galera', tolerance: { dhcp4: { duplicatePercent: [30, 37] } } },
    },
    evidence: {
      ...NOTHING_WRONG,
      resources: resourcesOf(seconds),
      drops: drops === 0 ? [] : [{ socket: 'kea dhcp4 server-1', drops }],
    },
  });
}

const broken = (premises: readonly Check[] = []) =>
  premises.filter(({ verdict }) => verdict !== 'pass').map(({ name }) => name);

/** Other programs use all that the run leaves of two CPUs. */
const CROWDED = Array<Second>(4).fill({ ...QUIET, others: 1.4 });
/** A busy loop on one of two CPUs. */
const SHARED = Array<Second>(4).fill({ ...QUIET, others: 1 });

describe('the reproduction half of a verdict', () => {
  it('is reproduced where the figures are as expected and every premise was kept', () => {
    const { verdict, reproduction } = judged();
    expect(verdict).toBe('pass');
    expect(reproduction).toMatchObject({ verdict: 'reproduced' });
    expect(broken(reproduction?.premises)).toEqual([]);
    expect(reproduction?.premises.map(({ name }) => name)).toEqual([
      'premise.cpu',
      'premise.drops',
      'premise.measured',
      'premise.starts',
      'premise.answers',
      'premise.topology',
    ]);
  });

  it('is not reproduced if a figure is outside although every premise was kept; conformance still passes', () => {
    const { verdict, reproduction, cases } = judged({ apart: 30 });
    expect(verdict).toBe('pass');
    expect(reproduction?.verdict).toBe('not reproduced');
    expect(reproduction?.figures.map(({ verdict: word }) => word)).toEqual(['fail']);
    expect(cases[0]?.published?.phases[0]?.word).toBe('not-reproduced');
  });

  it.each<[string, Circumstances, string]>([
    ['no CPU was left', { seconds: CROWDED }, 'premise.cpu'],
    ['starts were late', { lateMs: 60 }, 'premise.starts'],
    ['answers were late on a shared machine', { seconds: SHARED, answerMs: 150 }, 'premise.answers'],
    [
      'offers came after their collection on a shared machine',
      { seconds: SHARED, answerMs: 30, load: { collectOffersMs: 20 } },
      'premise.answers',
    ],
    ['datagrams were dropped', { drops: 1 }, 'premise.drops'],
    ['the servers are two', { servers: ['server-1', 'server-2'] }, 'premise.topology'],
    ['the requests arrive otherwise', { load: { arrival: 'poisson' } }, 'premise.topology'],
  ])("can't tell where %s, whatever the figures", (_, circumstances, premise) => {
    for (const apart of [0, 30]) {
      const { reproduction, cases } = judged({ ...circumstances, apart });
      expect(reproduction?.verdict).toBe("can't tell");
      expect(broken(reproduction?.premises)).toContain(premise);
      expect(cases[0]?.published?.phases[0]?.word).toBe('not-comparable');
    }
  });

  it('is not reproduced on an idle machine where the servers answer late', () => {
    const late = { answerMs: 150 };
    expect(judged({ ...late, apart: 30 }).reproduction?.verdict).toBe('not reproduced');
    expect(broken(judged(late).reproduction?.premises)).toEqual([]);
  });

  it('says in a sentence what kept the machine busy', () => {
    expect(judged({ seconds: CROWDED }).reproduction?.reason).toMatch(/other programs used 70% of 2 CPUs/);
    const stolen = judged({ seconds: Array<Second>(4).fill({ ...QUIET, stolen: 1.4 }) }).reproduction;
    expect(stolen?.reason).toMatch(/the host of this machine withheld 70% of 2 CPUs/);
    const own = judged({
      seconds: Array<Second>(4).fill({ harness: 0.5, servers: 0.5, nodes: 1 }),
    }).reproduction;
    expect(own?.reason).toMatch(/the run's own nodes, servers and clients used 100% of 2 CPUs/);
  });

  it('is null for a scenario that expects no figures', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 3 });
    run.lease(0, v4(1));
    expect(run.judge().reproduction).toBeNull();
    const tableAlone = { limits: LIMITS, published: { table: 'galera' as const, tolerance: {} } };
    expect(run.judge({ scenario: tableAlone }).reproduction).toBeNull();
  });

  it('judges expected figures of any experiment', () => {
    const expecting = (figure: string) => {
      const run = new SyntheticRun({ name: 'dhcp4', clients: 3, servers: ['server-1'] });
      for (let client = 0; client < 3; client++) run.lease(client, v4(1), { given: v4(10 + client) });
      return run.judge({ scenario: { limits: LIMITS, expectedFigures: [figure] } });
    };
    expect(expecting('first.duplicatePercent >= 30%').reproduction?.verdict).toBe('reproduced');
    const { verdict, reproduction } = expecting('first.duplicatePercent <= 2%');
    expect([verdict, reproduction?.verdict]).toEqual(['pass', 'not reproduced']);
  });
});

describe('a stated check of conformance, on a machine that fell short', () => {
  const stated = (check: string, seconds: readonly Second[]) => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 6 });
    for (let client = 0; client < 3; client++) run.lease(client, v4(client));
    run.at(2_500_000).ask(4, 1).give(v4(1));
    for (let client = 0; client < 3; client++) run.ask(client, 0, { attempt: 2 }).timeout();
    const { checks } = run.judge({
      scenario: { limits: { ...LIMITS, minAnsweredPercent: 0 }, checks: [check] },
      evidence: { ...NOTHING_WRONG, resources: resourcesOf(seconds) },
    });
    return checks.find(({ name }) => name === check)?.verdict;
  };

  it.each([
    ['clientsWithLease >= 95%', 'fail', 'inconclusive'],
    ['committing.p99 < 0.1ms', 'fail', 'inconclusive'],
    // What must never happen fails on any machine.
    ['heldConcurrently == 0', 'fail', 'fail'],
    ['committing.allAttempts.duplicateLeases == 0', 'fail', 'fail'],
    ['heldConcurrently >= 2', 'fail', 'inconclusive'],
  ])('%s: %s on an idle machine, %s on a crowded one', (check, idle, crowded) => {
    expect(stated(check, Array<Second>(4).fill(QUIET))).toBe(idle);
    expect(stated(check, CROWDED)).toBe(crowded);
  });
});
