import { describe, expect, it } from 'vitest';
import { memoryChecks } from './memory-checks.js';
import { resourcesOf } from './resources.test-support.js';
import type { MemoryFigures } from '../../results/resources.js';
import { LIMITS, NOTHING_WRONG, SyntheticRun, v4 } from '../synthetic.test-support.js';

const memory = (more: Partial<MemoryFigures>): MemoryFigures => ({
  peakMiB: 100,
  judgedPeakMiB: null,
  growthPercent: null,
  series: [],
  ...more,
});

describe('the memory of the harness', () => {
  it.each([
    [{ peakMiB: 600 }, 600, 'pass', 'at most 600 MiB resident under load'],
    [{ peakMiB: 600.1 }, 600, 'inconclusive', 'at most 601 MiB resident under load'],
    [
      { judgedPeakMiB: 700 },
      600,
      'inconclusive',
      'at most 100 MiB resident under load, at most 700 MiB by the end of the judgement',
    ],
    [
      { judgedPeakMiB: 700 },
      700,
      'pass',
      'at most 100 MiB resident under load, at most 700 MiB by the end of the judgement',
    ],
  ])('%j within %i MiB: %s', (figures, maxMemoryMiB, verdict, actual) => {
    expect(memoryChecks(memory(figures), { maxMemoryMiB })).toMatchObject([
      { name: 'run.memory', verdict, actual },
    ]);
  });

  it.each([
    [10, 'pass', '10% above'],
    [10.1, 'inconclusive', '10.1% above'],
    [-30, 'pass', '30% below'],
    [null, 'inconclusive', 'the load was too short to tell'],
  ])('grown by %s: %s', (growthPercent, verdict, actual) => {
    const limits = { maxMemoryMiB: 600, maxMemoryGrowthPercent: 10 };
    expect(memoryChecks(memory({ growthPercent }), limits)[1]).toMatchObject({
      name: 'run.memoryGrowth',
      verdict,
      actual,
    });
  });

  it('is part of the verdict of a run that measured it', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
    run.lease(0, v4(0));
    const verdict = (peakMiB: number) =>
      run.judge({
        scenario: { limits: LIMITS },
        evidence: { ...NOTHING_WRONG, resources: resourcesOf([{}], { peakBytes: peakMiB * 2 ** 20 }) },
      }).verdict;
    expect([verdict(600), verdict(601)]).toEqual(['pass', 'inconclusive']);
  });
});
