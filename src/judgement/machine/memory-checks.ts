import { percentBeside } from '../../numbers.js';
import type { Scenario } from '../../scenario/schema.js';
import type { Check } from '../../results/check.js';
import type { CheckName } from '../../results/check-names.js';
import type { MemoryFigures } from '../../results/resources.js';

/**
 * Checks whether the harness kept to its limits of memory. Above the limit, the machine may have been swapping. With
 * steady growth, a longer run would not have ended well.
 */
export function memoryChecks(
  memory: MemoryFigures,
  limits: Pick<Scenario['limits'], 'maxMemoryMiB' | 'maxMemoryGrowthPercent'>,
): Check[] {
  const { maxMemoryGrowthPercent } = limits;
  return [
    memoryPeakCheck(memory, limits),
    ...(maxMemoryGrowthPercent === undefined ? [] : [growth(memory, maxMemoryGrowthPercent)]),
  ];
}

/** Checks the most memory under load and during the judgement. */
export function memoryPeakCheck(
  { peakMiB, judgedPeakMiB }: Pick<MemoryFigures, 'peakMiB' | 'judgedPeakMiB'>,
  { maxMemoryMiB }: Pick<Scenario['limits'], 'maxMemoryMiB'>,
): Check {
  const most = Math.max(peakMiB, judgedPeakMiB ?? 0);
  const judged =
    judgedPeakMiB === null ? '' : `, at most ${Math.ceil(judgedPeakMiB)} MiB by the end of the judgement`;
  return check(
    'run.memory',
    most <= maxMemoryMiB,
    `the harness stays within ${maxMemoryMiB} MiB`,
    `at most ${Math.ceil(peakMiB)} MiB resident under load${judged}`,
  );
}

function growth({ growthPercent }: MemoryFigures, most: number): Check {
  return check(
    'run.memoryGrowth',
    growthPercent !== null && growthPercent <= most,
    `the second half's median is at most ${most}% above the first half's`,
    growthPercent === null
      ? 'the load was too short to tell'
      : `${percentBeside(Math.abs(growthPercent), most)} ${growthPercent < 0 ? 'below' : 'above'}`,
  );
}

function check(name: CheckName, holds: boolean, expected: string, actual: string): Check {
  return { name, case: '', phase: '', expected, actual, verdict: holds ? 'pass' : 'inconclusive' };
}
