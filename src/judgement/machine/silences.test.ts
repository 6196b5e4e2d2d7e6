import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../evidence/evidence.js';
import type { LogMessageCount, ServerEvidence } from '../../evidence/system.js';
import { scenarioSchema } from '../../scenario/schema.js';
import { AuditedRun } from '../audit/audit.test-support.js';
import { resourcesOf } from './resources.test-support.js';
import { NOTHING_WRONG, SyntheticRun, v4 } from '../synthetic.test-support.js';

const scenario = (beyondPool: boolean) => {
  const { limits, load } = scenarioSchema.parse({ name: 'x', description: 'x', load: { beyondPool } });
  return { limits, load };
};

/** Kea logs one failure by several messages. */
const messages = (count: number) =>
  (count === 0 ? [] : ['ALLOC_FAIL', 'ALLOC_FAIL_SUBNET', 'ALLOC_FAIL_CLASSES']).map((one) => ({
    identifier: `ALLOC_ENGINE_V4_${one}`,
    severity: 'WARN',
    count,
    errorCodes: {},
  }));

/** Two of ten clients get no answer. `failures` and `logged` are how many failures each server counts and logs. */
function judged(
  failures: readonly number[],
  beyondPool: boolean,
  more: Partial<Evidence> = {},
  logged: readonly number[] = [],
  besides: (server: number) => readonly LogMessageCount[] = () => [],
) {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 10 });
  for (let client = 0; client < 8; client++) run.lease(client, v4(client));
  for (const client of [8, 9]) run.ask(client, 0).timeout();
  const servers = failures.map((failed, index): ServerEvidence => ({
    name: `dhcp4 server-${index + 1}`,
    node: 'node-1',
    before: { seen: { 'v4-allocation-fail': 100 } },
    after: { seen: { 'v4-allocation-fail': 100 + failed } },
    log: { seen: [...messages(logged[index] ?? 0), ...besides(index)] },
  }));
  const evidence: Evidence = {
    ...NOTHING_WRONG,
    ...more,
    system: { ...new AuditedRun('dhcp4', 1).system, servers },
  };
  return run.judge({ scenario: scenario(beyondPool), evidence });
}

function answered(failures: readonly number[], beyondPool: boolean) {
  const { checks } = judged(failures, beyondPool);
  const check = checks.find(({ name }) => name === 'load.answered');
  return [check?.verdict, check?.actual];
}

describe('silence for want of a lease', () => {
  it('counts as an answer if clients are beyond the pool, as far as the servers count it', () => {
    expect(answered([1, 0, 1], true)).toEqual([
      'pass',
      '8 of 10 answered and 2 left unanswered because no lease was free (100%)',
    ]);
    expect(answered([1, 0, 0], true)).toEqual([
      'inconclusive',
      '8 of 10 answered and 1 left unanswered because no lease was free (90%)',
    ]);
  });

  it('does not count as an answer if no server counts it, whatever the scenario expects', () => {
    expect(answered([0, 0, 0], true)).toEqual(['inconclusive', '8 of 10 answered (80%)']);
  });

  it('does not count as an answer if every client should find a lease', () => {
    expect(answered([1, 1, 0], false)).toEqual(['inconclusive', '8 of 10 answered (80%)']);
  });

  it('counts as refusing an exchange, and not as leaving it without an answer', () => {
    const exchanges = (failures: readonly number[], beyondPool: boolean) =>
      judged(failures, beyondPool).cases[0]?.exchanges;
    expect(exchanges([1, 0, 1], true)).toMatchObject({ refused: 2, withoutTimelyAnswer: 0 });
    expect(exchanges([1, 0, 0], true)).toMatchObject({ refused: 1, withoutTimelyAnswer: 1 });
    expect(exchanges([1, 1, 0], false)).toMatchObject({ refused: 0, withoutTimelyAnswer: 2 });
  });

  it('is named as the reason if nobody planned it and the servers logged it, whatever else was short', () => {
    const busy = resourcesOf([{}, { others: 2 }]);
    for (const resources of [resourcesOf([{}, {}]), busy, null]) {
      const { checks, short } = judged([0, 0, 0], false, { ...(resources && { resources }) }, [1, 0, 5]);
      const check = checks.find(({ name }) => name === 'load.answered');
      expect(check?.verdict).toBe('inconclusive');
      expect(check?.actual).toMatch(
        /^8 of 10 answered \(80%\); in short supply: free leases in the pool of dhcp4: 2 DISCOVERs /,
      );
      expect(check?.actual).toContain('Kea logged 6 allocation failures');
      expect(check?.actual).not.toContain('unknown');
      expect(short.map(({ resource }) => resource)).toEqual(['pool']);
    }
  });

  it('does not explain the silence of a server that did not log it', () => {
    const resources = resourcesOf([{}, {}]);
    const { short } = judged([0, 0, 0], false, { resources }, [1, 0, 0]);
    expect(short.map(({ resource }) => resource)).toEqual(['pool', 'unknown']);
    expect(short[0]?.found).toContain('1 DISCOVER unanswered, and Kea logged 1 allocation failure');
    expect(short[1]?.found).toContain('server-3 answered');
    expect(judged([0, 0, 0], false, { resources }).short).toMatchObject([{ resource: 'unknown' }]);
  });

  it('is no shortage if the scenario expects it', () => {
    const resources = resourcesOf([{}, {}]);
    expect(judged([1, 0, 1], true, { resources }).short).toEqual([]);
    expect(judged([1, 1, 0], false, { resources }).short).toMatchObject([{ resource: 'unknown' }]);
    // Clients 8 and 9 asked servers 3 and 1.
    const [one] = judged([1, 0, 0], true, { resources }).short;
    expect(one?.found).toContain('server-3 answered');
    expect(one?.found).not.toContain('server-1 answered');
  });
});

/** The log of a server: so many reads, and so many inserts, that failed with error 1213. */
const aborts = (reads: number, inserts = reads) => ({
  identifier: 'ALLOC_ENGINE_V4_ALLOC_ERROR',
  severity: 'ERROR',
  count: reads + inserts,
  errorCodes: { 1213: reads + inserts },
  ...(reads === 0 ? {} : { readErrorCodes: { 1213: reads } }),
});

describe('silence after an abort that the database reported twice', () => {
  const answeredAfter = (reads: readonly number[], more: Partial<Evidence> = {}) => {
    const judgement = judged([0, 0, 0], false, more, [], (index) => [aborts(reads[index] ?? 0, 5)]);
    const check = judgement.checks.find(({ name }) => name === 'load.answered');
    return { judgement, check };
  };

  // Clients 8 and 9 asked servers 3 and 1.
  it('leaves nothing open, counts as known, and leaves its exchange without an answer', () => {
    const { check, judgement } = answeredAfter([1, 0, 3], { resources: resourcesOf([{}, {}]) });
    expect(check).toMatchObject({
      verdict: 'pass',
      actual: '8 of 10 answered and 2 left unanswered as the database reported an abort twice (100%)',
      known: { cause: 'doubled-abort' },
    });
    expect(check?.known?.text).toContain('2 DISCOVERs of dhcp4 unanswered, Kea logged 4 reads that failed');
    expect(judgement.verdict).toBe('pass');
    expect(judgement.short.map(({ resource }) => resource)).toEqual(['database']);
    expect(judgement.cases[0]?.exchanges).toMatchObject({ refused: 0, withoutTimelyAnswer: 2 });
  });

  it('does not explain the silence of a server that logged no failed read', () => {
    const { check } = answeredAfter([1, 1, 0]);
    expect(check).toMatchObject({
      verdict: 'inconclusive',
      actual: expect.stringMatching(
        /^8 of 10 answered and 1 left unanswered as the database reported an abort twice \(90%\)/,
      ) as string,
    });
    expect(check?.known).toBeUndefined();
  });

  it('is not the reason if only inserts lost a race', () => {
    expect(answeredAfter([0, 0, 0]).check).toMatchObject({
      verdict: 'inconclusive',
      actual: '8 of 10 answered (80%)',
    });
  });
});
