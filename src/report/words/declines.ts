import { counted, number } from '../../numbers.js';
import type { CaseResult } from '../../results/case.js';
import { seconds } from './seconds.js';

/**
 * Such as `37 leases were declined, none given again in probation`. Empty if no client declined. If the probation
 * period is unknown, the text says whether and how soon a declined lease was given again.
 */
export function declineText({ declines }: Pick<CaseResult, 'declines'>): string {
  const { declined = 0, reused = null, again } = declines ?? {};
  if (declined === 0) return '';
  const said = `${counted(declined, 'lease was', 'leases were')} declined`;
  if (reused !== null) return `${said}, ${reusedText(reused)} in probation`;
  return again === undefined ? said : `${said}; ${againText(again)}`;
}

type Again = NonNullable<NonNullable<CaseResult['declines']>['again']>;

function againText({ count, soonestMs }: Again): string {
  const what =
    count === 1 ? '1 declined lease was given again' : `${number(count)} answers gave a declined lease again`;
  return `${what}, the first ${seconds(soonestMs)} later`;
}

function reusedText(reused: number): string {
  if (reused === 0) return 'none given again';
  return reused === 1 ? '1 answer gave one again' : `${number(reused)} answers gave one again`;
}
