import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SyntheticRun, v4 } from '../../judgement/synthetic.test-support.js';
import { OUTCOMES } from '../../results/outcomes.js';
import { PHASES } from '../../protocol/phases.js';
import type { Counted } from './bins.js';
import { surveyed, type Surveyed } from './exchanges.test-support.js';

/** The sum over all bins of one phase. */
function sumOf({ series, bins }: Surveyed, phase: string, what: Counted, server?: number): number {
  return bins.series
    .filter((_, place) => {
      const its = series.all[place];
      return its !== undefined && PHASES[its.phase] === phase && (server ?? its.server) === its.server;
    })
    .reduce((sum, counts) => sum + (counts[what] ?? []).reduce((all, one) => all + one, 0), 0);
}

/** What may become of a request. */
const FATES = [
  'lease',
  'shared',
  'nak',
  'refuse',
  'timeout',
  'late',
  'lateNak',
  'malformed',
  'extra',
  'open',
] as const;

function runOf(fates: readonly (readonly [fate: (typeof FATES)[number], pauseMs: number])[]): SyntheticRun {
  const run = new SyntheticRun({ name: 'dhcp4', clients: Math.max(1, fates.length) });
  let nowUs = 0;
  fates.forEach(([fate, pauseMs], client) => {
    run.at((nowUs += pauseMs * 1_000));
    const asked = run.ask(client, client % 2 === 0 ? 0 : 1);
    const own = v4(1_000 + client);
    const fateOf = {
      lease: () => asked.resend().give(own),
      shared: () => asked.give(v4(1)),
      nak: () => asked.nak(),
      refuse: () => asked.refuse(),
      timeout: () => asked.timeout(),
      late: () => asked.timeout().give(own),
      lateNak: () => asked.timeout().nak(),
      malformed: () => asked.malformed(),
      extra: () => asked.give(own).give(v4(5_000 + client)),
      open: () => asked,
    };
    fateOf[fate]();
    nowUs += 10_000;
  });
  return run;
}

describe('the bins of a timeline', () => {
  it('add up to the outcomes of the judgement, phase by phase and server by server', () => {
    const fates = fc.array(fc.tuple(fc.constantFrom(...FATES), fc.integer({ min: 0, max: 40_000 })), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(fates, (all) => {
        const found = surveyed(runOf(all));
        for (const { name, outcomes, perServer, extraAnswers } of found.judged.phases) {
          for (const outcome of OUTCOMES) {
            expect(sumOf(found, name, outcome), `${name} ${outcome}`).toBe(outcomes[outcome]);
            perServer.forEach((one, server) =>
              expect(sumOf(found, name, outcome, server)).toBe(one.outcomes[outcome]),
            );
          }
          expect(sumOf(found, name, 'further')).toBe(extraAnswers + outcomes.malformed);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('count a request where it was first sent, in at most 600 bins of a round length', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    run.at(0).ask(0, 0).give(v4(1));
    run.at(100_000_000).ask(1, 0).give(v4(2));
    const { bins } = surveyed(run);
    expect(bins.binUs).toBe(200_000);
    expect(bins.length).toBe(501);
    expect(bins.series.map(({ lease }) => lease?.findIndex((one) => one > 0))).toEqual([0, 500]);
  });

  it('tell leases of several clients, messages sent again, and answers to nothing', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 3 });
    run.ask(0, 0).give(v4(1));
    run.ask(1, 0).resend().resend().give(v4(1));
    run.ask(2, 0).give(v4(2), { kind: 'unmatched' });
    const found = surveyed(run);
    expect(sumOf(found, 'DISCOVER-OFFER', 'shared')).toBe(2);
    expect(sumOf(found, 'DISCOVER-OFFER', 'again')).toBe(2);
    expect(sumOf(found, 'DISCOVER-OFFER', 'unmatched')).toBe(1);
    expect(sumOf(found, 'DISCOVER-OFFER', 'timeout')).toBe(1);
  });

  it('mark the requests that witnesses name', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 3 });
    for (const client of [0, 1, 2]) run.lease(client, v4(client), { given: v4(Math.min(1, client)) });
    const found = surveyed(run);
    expect(found.judged.heldConcurrently).toBe(1);
    expect(sumOf(found, 'REQUEST-ACK', 'witnessed')).toBe(2);
    expect(sumOf(found, 'DISCOVER-OFFER', 'witnessed')).toBe(0);
  });

  it('are one empty bin for a run without requests', () => {
    const { bins, requests } = surveyed(new SyntheticRun({ name: 'dhcp4', clients: 1 }));
    expect(requests.count).toBe(0);
    expect(bins).toMatchObject({ length: 1, series: [] });
  });
});
