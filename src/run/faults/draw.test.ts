import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultKind } from '../../faults/index.js';
import { targetOf, type FaultySystem } from '../../scenario/fault-plan.js';
import { scenarioSchema } from '../../scenario/schema.js';
import type { RandomFaults } from '../../scenario/schema/faults.js';
import { drawFaults } from './draw.js';

const SYSTEM: FaultySystem = scenarioSchema.parse({
  name: 'small',
  description: 'Three nodes and three servers',
  cluster: { nodes: 3 },
  load: { ratePerServer: 10, clientsPerServer: 100 },
});

/** What the rules of a scenario let through: all of them fit into their span. */
const request = fc
  .record({
    count: fc.integer({ min: 1, max: 20 }),
    from: fc.integer({ min: 0, max: 100 }),
    shortest: fc.integer({ min: 1, max: 5 }),
    more: fc.integer({ min: 0, max: 5 }),
    spare: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ count, from, shortest, more, spare }): RandomFaults => {
    const longest = shortest + more;
    return { count, between: [from, from + count * longest + spare], lasting: [shortest, longest] };
  });

describe('faults that are drawn at random', () => {
  it('stay within their bounds, one after the other, and can be done to their targets', () => {
    fc.assert(
      fc.property(request, fc.integer({ min: 0, max: 0xffff_ffff }), (random, seed) => {
        const drawn = drawFaults(random, SYSTEM, seed);
        expect(drawn).toHaveLength(random.count);
        let before = random.between[0];
        for (const { fault, on, at, undo } of drawn) {
          expect(faultKind(fault).of).toContain(targetOf(on).kind);
          const [began, ended] = [Number(at), Number(undo)];
          // Moments are whole milliseconds.
          expect(began).toBeGreaterThanOrEqual(before - 0.001);
          expect(ended - began).toBeGreaterThanOrEqual(random.lasting[0] - 0.001);
          expect(ended - began).toBeLessThanOrEqual(random.lasting[1] + 0.001);
          before = ended;
        }
        expect(before).toBeLessThanOrEqual(random.between[1] + 0.001);
      }),
    );
  });

  it('are the same for the same seed, and others for another', () => {
    const random: RandomFaults = { count: 5, between: [0, 60], lasting: [1, 4] };
    expect(drawFaults(random, SYSTEM, 7)).toEqual(drawFaults(random, SYSTEM, 7));
    expect(drawFaults(random, SYSTEM, 7)).not.toEqual(drawFaults(random, SYSTEM, 8));
  });

  it('come from the kinds and targets that are named', () => {
    const random: RandomFaults = {
      count: 10,
      between: [0, 60],
      lasting: [1, 4],
      faults: ['freeze', 'isolate'],
      on: ['node-3', 'dhcp4 server-1'],
    };
    const drawn = drawFaults(random, SYSTEM, 1).map(({ fault, on }) => `${fault} ${on}`);
    expect(new Set(drawn)).toEqual(new Set(['freeze node-3', 'freeze dhcp4 server-1', 'isolate node-3']));
  });
});
