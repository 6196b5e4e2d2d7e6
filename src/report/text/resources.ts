import { percent, useText } from '../../judgement/machine/use-text.js';
import type { Result } from '../../results/result.js';
import { wrap } from '../words/wrap.js';

/** Sentences on what the load used of the machine, and what ran short. */
export function resourceSentences({ resources, short = [] }: Pick<Result, 'resources' | 'short'>): string[] {
  if (resources === null || resources === undefined) return [];
  const { memory } = resources;
  const judged =
    memory.judgedPeakMiB === null
      ? ''
      : `, and at most ${Math.ceil(memory.judgedPeakMiB)} MiB by the end of the judgement`;
  return [
    useText(resources),
    ...(resources.machine === null ? [] : machineSentences(resources.machine)),
    `the harness had at most ${Math.ceil(memory.peakMiB)} MiB resident under load${judged}`,
    ...short.map(({ resource, found }) => (resource === 'unknown' ? found : `in short supply: ${found}`)),
  ];
}

type Machine = NonNullable<NonNullable<Result['resources']>['machine']>;

/** Sentences on the CPU that other programs and the host took, and on the load of the machine before the run. */
function machineSentences({ cpus, otherPercent, stolenPercent, usedUpPercent, before }: Machine): string[] {
  const of = `of ${cpus} CPUs`;
  const others =
    otherPercent === null
      ? 'the CPU use of other programs is not known'
      : `other programs used ${percent(otherPercent)} ${of}`;
  const host =
    stolenPercent === null ? '' : `, and the host of this machine withheld ${percent(stolenPercent)}`;
  return [
    others + host,
    `all CPUs were busy for ${percent(usedUpPercent)} of the time of the load`,
    ...(before === null
      ? []
      : [
          `before the run started anything, ${percent(before.busyPercent)} ${of} were busy` +
            (before.stolenPercent < 0.5 ? '' : ` (${percent(before.stolenPercent)} withheld by the host)`),
        ]),
  ];
}

export function resourceLines(result: Result, columns: number): string[] {
  return resourceSentences(result).flatMap((text) => wrap(text, columns - 2, 2, '- '));
}
