import { describe, expect, it } from 'vitest';
import { foundWhileShort } from '../../../judgement/machine/shortage-text.js';
import type { Check } from '../../../results/check.js';
import { type Outcome, OUTCOMES } from '../../../results/run-outcome.js';
import type { Result } from '../../../results/result.js';
import { nextStep } from './next-step.js';
import { reasonOf } from './reason.js';
import { dhcp4AsPublished, resultOf } from '../../report.test-support.js';

const base = resultOf([dhcp4AsPublished()]);

const check = (
  name: string,
  verdict: Check['verdict'],
  actual = 'something',
  more: Partial<Check> = {},
): Check => ({
  name,
  case: '',
  phase: '',
  expected: 'nothing',
  actual,
  verdict,
  ...more,
});

const having = (outcome: Outcome, checks: Check[], more: Partial<Result> = {}): Result => ({
  ...base,
  outcome,
  checks,
  ...more,
});

const DEATH = 'server dhcp4 server-2 was killed (SIGKILL) after 3.1 s';
const duplicates = check('conformance.heldConcurrently', 'fail', '30', {
  case: 'dhcp4',
  phase: 'REQUEST-ACK',
});
const death = check('run.deaths', 'fail', DEATH);

describe('why a run came to its outcome', () => {
  it.each(OUTCOMES)('has a reason and a next step: %s', (outcome) => {
    const result = having(outcome, [duplicates]);
    expect(reasonOf(result)).not.toBe('');
    expect(nextStep(result)).toMatch(/[.)]$/);
  });

  it('names a death before any other failure', () => {
    expect(reasonOf(having('fail', [duplicates, death]))).toBe(`${DEATH}; and 1 more check fails`);
    expect(reasonOf(having('control held', [duplicates, death]))).toContain(`${DEATH}, conformance.held`);
    const interrupted = check('run.interrupted', 'inconclusive', 'interrupted by SIGINT');
    expect(reasonOf(having('interrupted', [interrupted, death]))).toBe(
      `${DEATH}; then interrupted by SIGINT`,
    );
    expect(nextStep(having('fail', [duplicates, death]))).toContain('logs/');
  });

  it.each(OUTCOMES)('says how long flow control paused the nodes: %s', (outcome) => {
    const paused = (percent: number) =>
      reasonOf(
        having(outcome, [duplicates], {
          accompanying: {
            messages: [],
            nodes: [1, 2].map((n) => ({ node: `node-${n}`, growth: {}, pausedPercent: percent })),
          },
        }),
      );
    expect(paused(93)).toMatch(/; flow control paused node-1, node-2 for 93% of the load$/);
    expect(paused(3)).not.toContain('flow control');
  });

  it('counts failures without the inconclusive checks', () => {
    const open = [check('load.rate', 'inconclusive'), check('load.lateness', 'inconclusive')];
    expect(reasonOf(having('fail', [duplicates, ...open]))).not.toContain('more');
    expect(reasonOf(having('fail', [duplicates, duplicates, duplicates, ...open]))).toContain(
      'and 2 more checks',
    );
    expect(reasonOf(having('inconclusive', open))).toContain('and 1 more check ');
  });

  it('names what kept the machine busy, in few words', () => {
    const machine = {
      cpus: 2,
      busyPercent: 100,
      peakBusyPercent: 100,
      stolenPercent: 0,
      otherPercent: 78,
      usedUpPercent: 100,
      before: null,
    };
    const memory = { peakMiB: 1, judgedPeakMiB: null, growthPercent: null, series: [] };
    const resources = { fromUs: 0, toUs: 1, machine, processes: [], eventLoopPercent: 1, memory };
    const found = foundWhileShort('99% within 141.6 ms', [
      { resource: 'cpu', found: "the machine's CPU: 100%" },
    ]);
    const late = check('load.lateness', 'inconclusive', found.actual, found);
    const drops = check('run.drops', 'inconclusive', '741 at the socket of dhcp4 server-1');
    const reason = reasonOf(having('inconclusive', [drops, late], { resources }));
    expect(reason).toMatch(/found 99% within 141\.6 ms, while other programs used 78% of 2 CPUs; and 1 more/);
    // An earlier version stored only the words.
    const stored = check('load.lateness', 'inconclusive', found.actual);
    expect(reasonOf(having('inconclusive', [stored], { resources }))).toContain(found.actual);
  });

  it('has totals of what was short, and each once', () => {
    const machine = {
      ...{ cpus: 2, busyPercent: 80, peakBusyPercent: 95, stolenPercent: 0, otherPercent: 1 },
      ...{ usedUpPercent: 0.5, before: null },
    };
    const memory = { peakMiB: 1, judgedPeakMiB: null, growthPercent: null, series: [] };
    const resources = { fromUs: 0, toUs: 1, machine, processes: [], eventLoopPercent: 1, memory };
    const nodes = [1, 2].map((n) => ({ node: `node-${n}`, growth: {}, pausedPercent: 43 }));
    const sockets = [1, 2].map((n) => ({
      socket: `kea dhcp4 server-${n}`,
      drops: 5_000 * n,
      sendErrors: null,
    }));
    const short: NonNullable<Result['short']> = [
      { resource: 'cpu', found: "the machine's CPU: 95% busy at its peak; over the load 80% of 2 CPUs busy" },
      { resource: 'sockets', found: 'space in socket buffers: a list of an earlier version' },
      { resource: 'nodes', found: 'the nodes: flow control paused node-1, node-2 for 43% of the load' },
    ];
    const found = foundWhileShort('58% answered', short);
    const more = { resources, short, sockets, accompanying: { messages: [], nodes } };
    const answered = check('load.answered', 'inconclusive', found.actual, found);
    expect(reasonOf(having('inconclusive', [answered], more))).toBe(
      "this run can't tell: expected nothing; found 58% answered; 15,000 datagrams dropped at 2 sockets of the Kea servers; " +
        'flow control paused node-1, node-2 for 43% of the load',
    );
  });

  it('names the failure that a negative control is not made for, and not the intended one', () => {
    const effective = { expectedFailures: ['conformance.heldConcurrently'] };
    const scenario = { ...base.scenario, effective };
    const reason = reasonOf(having('fail', [duplicates, check('audit.stored', 'fail')], { scenario }));
    expect(reason).toContain('audit.stored');
    expect(reason).not.toMatch(/held|more/);
  });

  it('names known causes, each text once', () => {
    const known = (text: string) => ({ known: { cause: 'stale-read', text } });
    const checks = [
      check('audit.oneLease', 'pass', '2', known('a node reads stale')),
      check('audit.stored', 'pass', '2', known('a node reads stale')),
      check('audit.expiry', 'pass', '2', known('something else')),
    ];
    const reason = reasonOf(having('pass', checks, { reproduction: null }));
    expect(reason).toBe('every check holds; known: a node reads stale, and 1 more');
  });

  it('warns of leases that servers may have given to two', () => {
    const [one] = base.cases;
    const cases = [
      { leases: 2, longestOverlapMs: 811.2 },
      { leases: 1, longestOverlapMs: 20 },
    ].map((possiblyHeld) => ({ ...one, possiblyHeld }));
    const reason = reasonOf({ ...having('pass', [], { reproduction: null }), cases } as Result);
    expect(reason).toBe(
      'every check holds; warning: 3 leases were possibly held by two clients, for up to 812 ms',
    );
  });

  it('says what ended a run early, and what mends that', () => {
    const early = check(
      'run.endedEarly',
      'inconclusive',
      "ended early: the journal can't be written (STORAGE)",
    );
    const result = having('could not be run', [early]);
    expect(reasonOf(result)).toContain("journal can't be written");
    expect(nextStep(result)).toContain('--out');
  });
});

describe('what to do next', () => {
  const premise = (name: string): Partial<Result> => ({
    reproduction: {
      verdict: "can't tell",
      reason: 'why',
      figures: [],
      premises: [check(name, 'inconclusive')],
    },
  });

  it('is to leave out the comparison if the experiment is another than the published one', () => {
    expect(nextStep(having('not comparable', [], premise('premise.topology')))).toContain(
      '--set published=null',
    );
    expect(nextStep(having('not comparable', [], premise('premise.cpu')))).not.toContain('published=null');
  });

  it('is a quieter machine, a lower rate or a retry if something was short', () => {
    const open = [check('load.rate', 'inconclusive')];
    const short = [{ resource: 'cpu' as const, found: "the machine's CPU" }];
    expect(nextStep(having('inconclusive', open, { short }))).toContain('--retry-inconclusive');
    // A journal that was cut is no matter of the machine.
    const cut = [check('source.complete', 'inconclusive'), ...open];
    expect(nextStep(having('inconclusive', cut, { short }))).toMatch(
      /^Look here: The check names what is missing/,
    );
    expect(nextStep(having('inconclusive', [check('audit.made', 'inconclusive')]))).not.toContain('--retry');
  });

  it.each([
    [{ otherPercent: 30 }, true],
    [{ before: { busyPercent: 60, stolenPercent: 0 } }, true],
    [{ stolenPercent: 12 }, true],
    [{}, false],
    [{ usedUpPercent: 80 }, false],
  ])('asks for a quieter machine only where others used it: %j', (more, isOfOthers) => {
    const machine = {
      ...{ cpus: 2, busyPercent: 90, peakBusyPercent: 99, stolenPercent: 0, otherPercent: 1 },
      ...{ usedUpPercent: 1, before: { busyPercent: 0, stolenPercent: 0 } },
      ...more,
    };
    const memory = { peakMiB: 1, judgedPeakMiB: null, growthPercent: null, series: [] };
    const resources = { fromUs: 0, toUs: 1, machine, processes: [], eventLoopPercent: 1, memory };
    const short = [{ resource: 'cpu' as const, found: "the machine's CPU" }];
    const next = nextStep(having('inconclusive', [check('load.rate', 'inconclusive')], { short, resources }));
    expect(next.includes('quieter')).toBe(isOfOthers);
    expect(next.includes('--retry')).toBe(isOfOthers);
    expect(next).toContain('ratePerServer=N');
  });

  it.each([
    [{ arrival: 'aligned' }, '--set load.ratePerServer=N'],
    [{ arrival: 'aligned', stages: [{ ratePerServer: 50 }] }, '--set load.stages.0.ratePerServer=N'],
    [{ arrival: 'aligned', stages: [{}, {}] }, 'load.stages'],
    [{ arrival: 'avalanche' }, '--set load.clientsPerServer=N'],
  ])('names the setting that lowers the load: %j', (load, setting) => {
    const short = [{ resource: 'cpu' as const, found: "the machine's CPU" }];
    const scenario = { ...base.scenario, effective: { load } };
    const result = having('inconclusive', [check('load.rate', 'inconclusive')], { short, scenario });
    expect(nextStep(result).match(/`([^`]*load\.[^`]*)`/)?.[1]).toBe(setting);
  });
});
