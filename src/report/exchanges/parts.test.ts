import { describe, expect, it } from 'vitest';
import { prefix, SyntheticRun, v4, v6 } from '../../judgement/synthetic.test-support.js';
import { OUTCOMES } from '../../results/outcomes.js';
import { surveyed } from './exchanges.test-support.js';
import { FURTHER } from './further-events.js';
import { partsOf, type Part } from './parts.js';

function partsIn(run: SyntheticRun, most?: number, aPart?: number) {
  const { requests, series, marked } = surveyed(run);
  return [...partsOf(requests, series, marked, most, aPart)];
}

function onlyPart(run: SyntheticRun): Part {
  const [only, ...others] = partsIn(run);
  if (only === undefined || others.length > 0) throw new Error(`${others.length + 1} parts`);
  return only.part;
}

describe('the parts of a timeline', () => {
  it('tell of each request when it began, how long it took, and what came of it', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 9 });
    run.at(5_000_000).ask(7, 0).give(v4(1));
    run.at(6_000_000).ask(8, 1, { attempt: 2 }).nak();
    expect(onlyPart(run)).toMatchObject({
      from: 5_001_000,
      begin: [0, 1_000_000],
      took: [1_000, 1_000],
      outcome: [OUTCOMES.indexOf('lease'), OUTCOMES.indexOf('nak')],
      client: [7, 8],
      attempt: [1, 2],
      leases: ['10.0.0.1'],
      lease: [1, 0],
      reasons: [[1, 'NAK']],
    });
  });

  it('tell timeouts, requests that are still open, and what else came', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 3 });
    run.ask(0, 0).resend().timeout();
    run.ask(1, 0).give(v4(1)).give(v4(2));
    run.ask(2, 0);
    const part = onlyPart(run);
    expect(part.took).toEqual([2_000, 1_000, -1]);
    expect(part.further).toEqual([
      [0, FURTHER.indexOf('sent again'), 1_000, -1],
      [1, FURTHER.indexOf('another answer'), 2_000, part.leases.indexOf('10.0.0.2')],
    ]);
  });

  it('tell an address and a prefix of the same answer', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na-pd', clients: 1 });
    const asked = run.ask(0, 1).give(v6(1), { answerIndex: 0 });
    asked.give(prefix(0x0001_0000, 64), { answerIndex: 0, receivedAtUs: 2_000 });
    const part = onlyPart(run);
    expect(part.leases).toEqual(['2001:db8::1', '2001:db8:1::/64']);
    expect([part.lease, part.second]).toEqual([[1], [[0, 1]]]);
  });

  it('follow each other, and know when their last request ended', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 5 });
    for (let client = 0; client < 5; client++)
      run
        .at(client * 1_000_000)
        .ask(client, 0)
        .give(v4(client));
    const parts = partsIn(run, undefined, 2);
    expect(parts.map(({ ref }) => ref)).toEqual([
      { from: 1_000, until: 1_002_000, last: 1_001_000, requests: 2 },
      { from: 2_001_000, until: 3_002_000, last: 3_001_000, requests: 2 },
      { from: 4_001_000, until: 4_002_000, last: 4_001_000, requests: 1 },
    ]);
    expect(partsIn(run, 3, 2).map(({ ref }) => ref.requests)).toEqual([2, 1]);
  });
});
