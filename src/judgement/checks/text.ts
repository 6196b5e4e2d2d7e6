import { outOf, shown } from '../../numbers.js';
import type { StatedCheck } from '../../scenario/checks/stated-check.js';
import { printCriterion } from '../../scenario/checks/print.js';
import { holds } from './holds.js';
import { isInPercent, type Reading } from './read.js';

/** `>= 95% of requests`, `in 30..37%`, `< 50ms` */
export function expectedText(check: StatedCheck): string {
  const { percentOf } = check.figure;
  const whole = percentOf !== undefined && isInPercent(check) ? ` of ${percentOf}` : '';
  return printCriterion(check.criterion) + whole;
}

/**
 * `33.6% (120 of 357)`, `33.4%`, `12.5 ms`, `1,240`, `no answers`: as tables show the figure, or with as many decimals as it takes to
 * show whether it meets the criterion.
 */
export function actualText({ criterion, figure }: StatedCheck, reading: Reading): string {
  if (reading.value === null) return reading.why;
  const { value, share } = reading;
  const isSame = (rounded: number) => holds(criterion, rounded) === holds(criterion, value);
  const unit = share === null ? figure.unit : 'percent';
  const text = `${shown(value, unit, isSame)}${SUFFIX[unit]}`;
  return share === null ? text : `${text} (${outOf(share.count, share.of)})`;
}

const SUFFIX = { percent: '%', ms: ' ms', count: '', ratio: '' } as const;
