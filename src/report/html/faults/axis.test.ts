import { expect, it } from 'vitest';
import type { Result } from '../../../results/result.js';
import { scenarioSchema } from '../../../scenario/schema.js';
import { faultedResult, FROZEN, KILLED, NOT_DUE } from '../../faults.test-support.js';
import { dhcp4AsPublished, resultOf } from '../../report.test-support.js';
import { SINCE_START } from '../charts/time-axis.js';
import { reportPage } from '../page.js';
import { timeAxisOf } from './axis.js';

it('a run without faults counts from its start', () => {
  expect(timeAxisOf(resultOf([dhcp4AsPublished()]))).toEqual(SINCE_START);
});

it('a run with faults counts from the beginning of its load, and ends with the last thing to show', () => {
  expect(timeAxisOf(faultedResult())).toMatchObject({
    unit: 'seconds of the load',
    zeroMs: 2_000,
    lengthMs: 20_000,
  });
  const undoneLater = { ...KILLED, undoneAtUs: 33_000_000 };
  expect(timeAxisOf(faultedResult([undoneLater])).lengthMs).toBe(31_000);
});

it('the faults have the numbers of the scenario and stand in the order of their beginnings', () => {
  const { faults } = timeAxisOf(faultedResult([NOT_DUE, FROZEN, KILLED]));
  expect(faults.map(({ number, label }) => [number, label])).toEqual([
    [3, 'node-2 killed'],
    [2, 'dhcp4 server-3 frozen'],
  ]);
  expect(faults[0]?.parts).toEqual([
    { look: 'changing', fromMs: 5_000, untilMs: 5_100 },
    { look: 'in-place', fromMs: 5_100, untilMs: 12_000 },
    { look: 'changing', fromMs: 12_000, untilMs: 15_000 },
  ]);
});

it('marks the stages of the load, the ends of servers and the states of nodes', () => {
  const result = faultedResult();
  const load = { stages: [2, 3].map((seconds) => ({ ratePerServer: 5, seconds })) };
  const effective = scenarioSchema.parse({ name: 'stages', description: 'made up', load });
  const state = { node: 'node-2', status: 'Primary', state: 'Synced', size: 3 };
  const faults = {
    ...result.faults,
    ended: [{ server: 'dhcp4 server-2', atMs: 9_000, how: 'exit code 0', fault: 0 }],
    nodes: [
      { ...state, atMs: 0 },
      // Another node left: that is no state of this one.
      { ...state, atMs: 1_000, size: 2 },
      { ...state, atMs: 7_000, status: 'silent', state: '', size: null },
    ],
  };
  const told = { ...result, scenario: { ...result.scenario, effective }, faults } as Result;
  expect(timeAxisOf(told).moments.map(({ kind, atMs }) => [kind, atMs])).toEqual([
    ['stage', 2_000],
    ['state', 7_000],
    ['ended', 9_000],
  ]);
});

it('marks when clients begin to renew their leases and to give them back', () => {
  const result = resultOf([dhcp4AsPublished()]);
  const load = { ratePerServer: 20, clientsPerServer: 60, life: { seconds: 15, renewPerServer: 1 } };
  const effective = scenarioSchema.parse({ name: 'life', description: 'made up', load });
  const told = { ...result, scenario: { ...result.scenario, effective } } as Result;
  expect(timeAxisOf(told).moments).toMatchObject([{ kind: 'stage', atMs: 3_000 }]);
});

it('all charts over time of the page show the faults', () => {
  const html = reportPage({ result: faultedResult(), witnesses: [], witnessesOmitted: 0 });
  const overTime = [...html.matchAll(/<svg viewBox="0 0 360[^>]*>[^]*?<\/svg>/g)].filter(([svg]) =>
    svg.includes('seconds of the load'),
  );
  // The rate, the latency of both phases, and how late clients started.
  expect(overTime).toHaveLength(4);
  for (const [svg] of overTime) expect(svg).toMatch(/class="fault-label"[^>]*>node-2 killed</);
  expect(html).not.toContain('seconds since the start');
});

it('marks when a second client gets a lease that another one holds, several at once as one', () => {
  const result = resultOf([dhcp4AsPublished()]);
  const holders = (...times: number[]) =>
    times.map((ms, client) => ({
      ...{ client, server: 'server-1', lease: '' },
      ...{ fromUs: ms * 1_000, untilUs: null },
    }));
  const witness = (lease: string, ...times: number[]) => ({
    ...{ kind: 'held-concurrently' as const, phase: null, otherLease: null },
    ...{ lease, holders: holders(...times) },
  });
  const witnesses = [
    witness('192.0.2.1', 500, 400),
    witness('192.0.2.2', 510, 505, 900),
    witness('192.0.2.3', 7, 2_000),
  ];
  const cases = result.cases.map((one) => ({ ...one, witnesses }));
  expect(timeAxisOf({ ...result, cases }).moments).toEqual([
    { kind: 'conflict', atMs: 500, label: 'a second client gets 192.0.2.1 and 1 more' },
    { kind: 'conflict', atMs: 2_000, label: 'a second client gets 192.0.2.3' },
  ]);
  // Who was given a lease is no conflict where nobody else had it.
  const others = cases.map((one) => ({
    ...one,
    witnesses: [{ ...witness('192.0.2.1', 1), kind: 'wrong-client' as const }],
  }));
  expect(timeAxisOf({ ...result, cases: others }).moments).toEqual([]);
});
