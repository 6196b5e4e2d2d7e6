import { describe, expect, it } from 'vitest';
import { nth, NOTHING_WRONG, SyntheticRun, v4 } from '../../synthetic.test-support.js';

const S = 1_000_000;

/** A scenario with faults of which none was due yet. The load began at 2 s of the run. */
const EVIDENCE = { ...NOTHING_WRONG, faults: { loadBeganAtUs: 2 * S, faults: [], nodeStates: [] } };

/** Clients 0 and 3 belong to server-1, client 1 to server-2. */
const madeUp = (): SyntheticRun => new SyntheticRun({ name: 'dhcp4', clients: 4 });

function servedBy(run: SyntheticRun, server: number) {
  return nth(run.judge({ evidence: EVIDENCE }).faults?.served ?? [], server);
}

describe('the clients that each server served', () => {
  it('are counted second by second, from the beginning of the load', () => {
    const run = madeUp();
    run.at(2 * S).lease(0, v4(1));
    run.at(4.5 * S).lease(3, v4(2));
    run.ask(1, 0).timeout();
    expect(run.judge({ evidence: EVIDENCE }).faults?.served).toEqual([
      { server: 'dhcp4 server-1', bucketMs: 1_000, asked: [1, 0, 1], served: [1, 0, 1] },
      { server: 'dhcp4 server-2', bucketMs: 1_000, asked: [0, 0, 1], served: [0, 0, 0] },
      { server: 'dhcp4 server-3', bucketMs: 1_000, asked: [0, 0, 0], served: [0, 0, 0] },
    ]);
  });

  it('count in the second in which their attempt began', () => {
    const run = madeUp();
    run
      .at(2.9 * S)
      .ask(0, 0)
      .give(v4(1));
    run
      .at(3.1 * S)
      .ask(0, 1)
      .give(v4(1));
    expect(servedBy(run, 0)).toMatchObject({ asked: [1], served: [1] });
  });

  it('do not count where the answer came after they had begun another attempt', () => {
    const run = madeUp();
    run
      .at(2.2 * S)
      .ask(0, 0)
      .give(v4(1));
    const late = run.ask(0, 1);
    run
      .at(3.3 * S)
      .ask(0, 0, { attempt: 2 })
      .give(v4(2));
    late.give(v4(1));
    expect(servedBy(run, 0)).toMatchObject({ asked: [1, 1], served: [0, 0] });
  });

  it('do not count where the answer came after they had given up', () => {
    const run = madeUp();
    run
      .at(2.2 * S)
      .ask(0, 0)
      .give(v4(1));
    run.ask(0, 1).timeout().give(v4(1));
    expect(servedBy(run, 0)).toMatchObject({ asked: [1], served: [0] });
  });

  it('count once, whatever number of answers they got', () => {
    const run = madeUp();
    run
      .at(2.2 * S)
      .lease(0, v4(1))
      .give(v4(1));
    expect(servedBy(run, 0)).toMatchObject({ asked: [1], served: [1] });
  });

  it('of a long run are counted in longer buckets, and none is lost', () => {
    const run = madeUp();
    for (let second = 0; second < 1_000; second++)
      run.at((2 + second) * S).lease(0, v4(1), { attempt: second + 1 });
    const { bucketMs, asked, served } = servedBy(run, 0);
    expect(bucketMs).toBe(16_000);
    expect(asked).toEqual([...Array.from({ length: 62 }, () => 16), 8]);
    expect(served).toEqual(asked);
  });
});
