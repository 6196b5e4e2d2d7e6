import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyResult, compare } from './compare.test-support.js';
import type { Comparison } from './comparison.js';
import { tolerancesSchema } from './tolerances.js';

const worse = ({ figures }: Comparison) => figures.filter(({ word }) => word === 'regression');

describe('any results', () => {
  it('compared with themselves are no regression', () => {
    fc.assert(
      fc.property(anyResult, (one) => {
        expect(compare(one, one)).toMatchObject({ outcome: 'no-regression', regressions: [] });
      }),
    );
  });

  it('that got worse are not worse when run and baseline are swapped, unless any change counts as worse', () => {
    fc.assert(
      fc.property(anyResult, anyResult, (one, other) => {
        const back = compare(other, one).figures;
        for (const { worse: way, case: caseName, phase, figure } of worse(compare(one, other))) {
          const same = back.find(
            (its) => its.case === caseName && its.phase === phase && its.figure === figure,
          );
          // The reverse comparison may be `within`: a share of the better value may exceed the share that the worse
          // value allows.
          expect(way === 'either' ? ['regression'] : ['better', 'within']).toContain(same?.word);
        }
      }),
    );
  });

  it('with one more violation are a regression', () => {
    fc.assert(
      fc.property(anyResult, fc.integer({ min: 1, max: 9 }), (one, more) => {
        const held = structuredClone(one);
        for (const each of held.cases) each.heldConcurrently += more;
        expect(worse(compare(held, one)).map(({ figure }) => figure)).toEqual(['heldConcurrently']);
        expect(worse(compare(one, held))).toEqual([]);
      }),
    );
  });

  it('that equal one of the baseline runs are no regression', () => {
    fc.assert(
      fc.property(fc.array(anyResult, { minLength: 1, maxLength: 6 }), fc.nat(), (all, index) => {
        const one = all[index % all.length];
        expect(one && worse(compare(one, all))).toEqual([]);
      }),
    );
  });

  it('have no more regressions with wider tolerances', () => {
    const wide = tolerancesSchema.parse({
      firstPhase: { duplicatePercent: 50, appearancePercent: 50 },
      answeredPercent: 50,
      clientsWithLeasePercent: 50,
      latency: { p50: { percent: 500, ms: 500 }, p99: { percent: 500, ms: 500 } },
      ratePercent: 50,
    });
    fc.assert(
      fc.property(anyResult, anyResult, (one, other) => {
        const narrow = new Set(worse(compare(one, other)).map(({ phase, figure }) => `${phase} ${figure}`));
        for (const { phase, figure } of worse(compare(one, other, wide)))
          expect(narrow).toContain(`${phase} ${figure}`);
      }),
    );
  });
});
