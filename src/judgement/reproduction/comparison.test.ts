import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../../scenario/schema.js';
import type { JudgeInput } from '../judge.js';
import { LIMITS, nth, prefix, SyntheticRun, v4, v6 } from '../synthetic.test-support.js';

const tolerance = {
  dhcp4: { duplicatePercent: [30, 37], appearancePercent: [85, 100] },
  'dhcp6-ia-na': { duplicatePercent: [30, 37], appearancePercent: [80, 100] },
} satisfies NonNullable<JudgeInput['scenario']['published']>['tolerance'];
const GALERA: JudgeInput['scenario'] = { limits: LIMITS, published: { table: 'galera', tolerance } };

function words(run: SyntheticRun, scenario = GALERA) {
  return run.case({ scenario }).published?.phases.map(({ phase, word }) => [phase, word]);
}

/** As in the article: every offer goes to three clients, and every lease to one. */
function asPublished(name: 'dhcp4' | 'dhcp6-ia-na', lease = name === 'dhcp4' ? v4 : v6) {
  const run = new SyntheticRun({ name, clients: 357 });
  for (let client = 0; client < 357; client++) {
    run.lease(client, lease(Math.floor(client / 3)), { given: lease(0x1000 + client) });
  }
  return run;
}

describe('beside the published figures', () => {
  it('the second phase of dhcp4 cannot be compared: the article has no answers', () => {
    expect(words(asPublished('dhcp4'))).toEqual([
      ['DISCOVER-OFFER', 'reproduced'],
      ['REQUEST-ACK', 'not-comparable'],
    ]);
  });

  it('both phases of dhcp6 are reproduced', () => {
    expect(words(asPublished('dhcp6-ia-na'))).toEqual([
      ['SOLICIT-ADVERTISE', 'reproduced'],
      ['REQUEST-REPLY', 'reproduced'],
    ]);
  });

  it('neither phase can be compared behind a proxy, as servers are not pinned to nodes there', () => {
    const { kea, cluster } = scenarioSchema.parse({
      name: 'mine',
      description: 'made up',
      kea: { proxy: 'haproxy' },
    });
    const judged = asPublished('dhcp6-ia-na').case({ scenario: { ...GALERA, kea, cluster } });
    expect(judged.published?.phases.map(({ word }) => word)).toEqual(['not-comparable', 'not-comparable']);
    expect(judged.published?.phases[0]?.reasons.join()).toContain('through haproxy');
  });

  it('a first phase out of tolerance is not reproduced, and the refusals that lift it are named', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na', clients: 360 });
    for (let client = 0; client < 360; client++) {
      const asked = run.ask(client, 0);
      if (client % 4 === 0) asked.refuse(2);
      else asked.give(v6(Math.floor(client / 3)));
    }
    const first = nth(run.case({ scenario: GALERA }).published?.phases ?? [], 0);
    expect(first.word).toBe('not-reproduced');
    expect(first.reasons[0]).toContain('44.4%');
    expect(first.reasons[1]).toContain('90 of 360 SOLICITs were refused (NoAddrsAvail 90)');
    expect(first.reasons[1]).toContain('120/360, 33%');
  });

  describe('the share of requests without a lease', () => {
    const percona: JudgeInput['scenario'] = {
      limits: LIMITS,
      published: { table: 'percona', tolerance: { 'dhcp6-ia-pd': { duplicatePercent: [30, 50] } } },
    };
    /** Of 357 SOLICITs the last `refused` are refused. The others are offered one lease for each three clients. */
    const judged = (refused: number) => {
      const run = new SyntheticRun({ name: 'dhcp6-ia-pd', clients: 357 });
      for (let client = 0; client < 357; client++) {
        const asked = run.ask(client, 0);
        if (client < 357 - refused) asked.give(prefix(Math.floor(client / 3), 64));
        else asked.refuse(6);
      }
      const { cases, reproduction } = run.judge({ scenario: percona });
      return { first: nth(cases[0]?.published?.phases ?? [], 0), reproduction };
    };

    it('is judged apart: the article has 126 of 357, which turns a third into 49%', () => {
      const { first, reproduction } = judged(0);
      expect(first.word).toBe('partly-reproduced');
      expect(first.reasons).toEqual([
        'as published: duplicates, 33.3% of the answers; not as published: the share of SOLICITs that got no lease, ' +
          '0 of 357 (0%) where the article has 126 of 357 (35%)',
      ]);
      expect(reproduction).toMatchObject({
        verdict: 'reproduced',
        reason: expect.stringMatching(
          /; only partly as published: dhcp6-ia-pd SOLICIT-ADVERTISE, where .*, but 0% of the requests got no lease \(published: 35%\)$/,
        ) as string,
      });
    });

    it('is as published if as many were refused', () => {
      const { first, reproduction } = judged(126);
      expect(first.word).toBe('reproduced');
      expect(reproduction?.reason).not.toContain('partly');
    });
  });

  it('requests without an answer are named, and left out of the comparison', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 357 });
    for (let client = 0; client < 357; client++) {
      if (client % 3 === 0 && client < 45) run.ask(client, 0).timeout();
      else run.ask(client, 0).give(v4(Math.floor(client / 3)));
    }
    const first = nth(run.case({ scenario: GALERA }).published?.phases ?? [], 0);
    expect(first).toMatchObject({
      word: 'reproduced',
      reasons: ['15 of 357 DISCOVERs got no answer; the comparison covers the answered ones'],
    });
  });

  it('refused REQUESTs are named, with how many of those clients got a lease later', () => {
    const run = asPublished('dhcp6-ia-na');
    run.layout.clients += 2;
    for (const client of [357, 358]) {
      run.ask(client, 0).give(v6(client));
      run.ask(client, 1).refuse(2);
    }
    run.lease(358, v6(0x3000), { attempt: 2 });
    const second = nth(run.case({ scenario: GALERA }).published?.phases ?? [], 1);
    expect(second.word).toBe('reproduced');
    expect(second.reasons[0]).toBe(
      '2 of 359 first REQUESTs were refused (NoAddrsAvail 2); 1 of these 2 clients got a lease in a later attempt',
    );
  });

  it('a second phase with duplicates is not reproduced', () => {
    const run = asPublished('dhcp6-ia-na');
    run.ask(3, 1, { attempt: 2 }).give(v6(0x1000));
    expect(words(run)?.[1]).toEqual(['REQUEST-REPLY', 'not-reproduced']);
  });

  it('another experiment can not be compared, and is not judged by the tolerances', () => {
    const none = new SyntheticRun({ name: 'dhcp4', clients: 30 });
    for (let client = 0; client < 30; client++) none.lease(client, v4(client));
    const load = scenarioSchema.parse({ name: 'x', description: 'x' }).load;
    const judged = (run: SyntheticRun, arrival: typeof load.arrival) => {
      const scenario = { ...GALERA, load: { ...load, arrival } };
      return {
        reproduction: run.judge({ scenario }).reproduction?.verdict,
        phases: run.case({ scenario }).published?.phases ?? [],
      };
    };
    expect(judged(none, 'aligned')).toMatchObject({
      reproduction: 'not reproduced',
      phases: [{ word: 'not-reproduced' }, {}],
    });
    const { reproduction, phases } = judged(none, 'poisson');
    expect(reproduction).toBe("can't tell");
    expect(phases.map(({ word, reasons }) => [word, reasons[0]])).toEqual([
      ['not-comparable', 'this run is another experiment: its requests arrive poisson, not aligned'],
      ['not-comparable', 'this run is another experiment: its requests arrive poisson, not aligned'],
    ]);
    const two = new SyntheticRun({ name: 'dhcp4', clients: 30, servers: ['server-1', 'server-2'] });
    for (let client = 0; client < 30; client++) two.lease(client, v4(client));
    expect(judged(two, 'aligned')).toMatchObject({
      reproduction: "can't tell",
      phases: [{ word: 'not-comparable' }, {}],
    });
    expect(judged(two, 'staggered').phases[0]?.reasons[0]).toBe(
      'this run is another experiment: its requests arrive staggered, not aligned, and it has 2 servers for the case, not 3',
    );
    const { cluster } = scenarioSchema.parse({ name: 'x', description: 'x' });
    const sharing = { ...GALERA, cluster, servers: [{ node: 1 }, { node: 1 }, { node: 2 }] };
    expect(none.judge({ scenario: sharing }).cases[0]?.published?.phases[0]?.reasons[0]).toBe(
      'this run is another experiment: its 3 servers use 2 nodes',
    );
  });

  it('nothing can be compared without answers, without a tolerance, or with a table the scenario does not name', () => {
    const silent = new SyntheticRun({ name: 'dhcp6-ia-na', clients: 1 });
    silent.ask(0, 0).timeout();
    expect(words(silent)?.map(([, word]) => word)).toEqual(['not-comparable', 'not-comparable']);
    const untold: JudgeInput['scenario'] = { limits: LIMITS, published: { table: 'percona', tolerance: {} } };
    expect(words(asPublished('dhcp4'), untold)?.[0]).toEqual(['DISCOVER-OFFER', 'not-comparable']);
    expect(asPublished('dhcp4').case().published).toBeNull();
  });
});
