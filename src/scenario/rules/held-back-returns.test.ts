import { expect, it } from 'vitest';
import { scenarioSchema } from '../schema.js';
import { findFaultContradictions } from './fault-contradictions.js';

/** The places of the findings for faults in a scenario whose clients return after half a second at the soonest. */
function found(faults: object[], life: object = { releasePerServer: 1 }): string[] {
  const scenario = scenarioSchema.parse({
    name: 'mine',
    description: 'made up',
    cases: ['dhcp4'],
    load: {
      ratePerServer: 10,
      clientsPerServer: 100,
      life: { seconds: 20, renewPerServer: 1, returnDelayMs: [500, 900], ...life },
    },
    faults: faults.map((fault) => ({ between: ['clients', 'servers'], at: 2, undo: 5, ...fault })),
  });
  return findFaultContradictions(scenario).map(({ path }) => path.join('.'));
}

it('a RELEASE may be held back for as long as its client stays away', () => {
  expect(found([{ fault: 'delay', ms: 499 }])).toEqual([]);
  expect(found([{ fault: 'delay', ms: 500 }])).toEqual(['faults.0.ms']);
  expect(found([{ fault: 'reorder', percent: 10, ms: 800 }])).toEqual(['faults.0.ms']);
});

it('delays at the same time add up, and others do not', () => {
  const [delay, reorder] = [
    { fault: 'delay', ms: 300 },
    { fault: 'reorder', percent: 10, ms: 300 },
  ];
  expect(found([delay, reorder])).toEqual(['faults.0.ms', 'faults.1.ms']);
  expect(found([delay, { ...reorder, at: 5, undo: 8 }])).toEqual([]);
});

it('answers, and clients that give nothing back, may be late', () => {
  const answers = { fault: 'delay', ms: 900, between: undefined, from: 'servers', to: 'clients' };
  expect(found([answers])).toEqual([]);
  expect(found([{ fault: 'delay', ms: 900 }], {})).toEqual([]);
});
