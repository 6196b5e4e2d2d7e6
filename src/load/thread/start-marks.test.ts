import { expect, it } from 'vitest';
import type { Sent } from '../../observations/observation.js';
import { StartMarks, startsMemory } from './start-marks.js';

const sent = (client: number, more: Partial<Sent> = {}): Sent => ({
  type: 'sent',
  caseIndex: 0,
  phase: 'DISCOVER-OFFER',
  server: 0,
  client,
  attempt: 1,
  transaction: client,
  intendedAtUs: 0,
  sentAtUs: 100 + client,
  retransmission: 0,
  ...more,
});

it('tells when the first client has started, and when as many have as are named', () => {
  const told: [number, number][] = [];
  const marks = new StartMarks([3, 2], startsMemory(), (exchanges, firstAtUs) =>
    told.push([exchanges, firstAtUs]),
  );
  marks.observed(sent(0));
  // None of these starts a client.
  marks.observed(sent(0, { retransmission: 1 }));
  marks.observed(sent(0, { attempt: 2 }));
  marks.observed(sent(0, { phase: 'REQUEST-ACK' }));
  expect(told).toEqual([[1, 100]]);
  for (const client of [1, 2, 3]) marks.observed(sent(client));
  expect(told).toEqual([
    [1, 100],
    [2, 100],
    [3, 100],
  ]);
});

it('counts what all threads of a load start, and tells each mark once', () => {
  const told: [thread: number, exchanges: number][] = [];
  const memory = startsMemory();
  const threads = [0, 1].map(
    (thread) => new StartMarks([4], memory, (exchanges) => told.push([thread, exchanges])),
  );
  for (const client of [0, 1, 2]) for (const marks of threads) marks.observed(sent(client));
  expect(told).toEqual([
    [0, 1],
    [1, 4],
  ]);
});
