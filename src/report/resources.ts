import { useText } from '../analysis/use-text.js';
import type { Result } from './result.js';
import { wrap } from './wrap.js';

/** What the load took of the machine, and what of it ran short. */
export function resourceSentences({ resources, short = [] }: Pick<Result, 'resources' | 'short'>): string[] {
  if (resources === null || resources === undefined) return [];
  const { memory } = resources;
  const judged = memory.judgedPeakMiB === null ? '' : `, ${Math.ceil(memory.judgedPeakMiB)} MiB until judged`;
  return [
    useText(resources),
    `the harness had at most ${Math.ceil(memory.peakMiB)} MiB resident under load${judged}`,
    ...short.map(({ resource, found }) => (resource === 'unknown' ? found : `short was ${found}`)),
  ];
}

export function resourceLines(result: Result, columns: number): string[] {
  return resourceSentences(result).flatMap((text) => wrap(text, columns - 2, 2, '- '));
}
