import { outOf } from '../../observations/counted.js';
import type { Criterion, StatedCheck } from '../../scenario/checks/stated-check.js';
import { printCriterion } from '../../scenario/checks/print.js';
import { holds } from './holds.js';
import { isInPercent, type Reading } from './read.js';

/** `>= 95% of requests`, `in 30..37%`, `< 50ms` */
export function expectedText(check: StatedCheck): string {
  const { percentOf } = check.figure;
  const whole = percentOf !== undefined && isInPercent(check) ? ` of ${percentOf}` : '';
  return printCriterion(check.criterion) + whole;
}

/** `33.61% (120 of 357)`, `33.43%`, `12.5 ms`, `240`, `no answers` */
export function actualText({ criterion, figure }: StatedCheck, reading: Reading): string {
  if (reading.value === null) return reading.why;
  const { value, share } = reading;
  const number = numberText(value, criterion);
  if (share !== null) return `${number}% (${outOf(share.count, share.of)})`;
  switch (figure.unit) {
    case 'percent':
      return `${number}%`;
    case 'ms':
      return `${number} ms`;
    case 'count':
    case 'ratio':
      return number;
  }
}

/** The number with two decimals, or with as many as it takes to show whether it meets the criterion. */
function numberText(value: number, criterion: Criterion): string {
  for (let decimals = 2; decimals < 10; decimals++) {
    const rounded = Number(value.toFixed(decimals));
    if (holds(criterion, rounded) === holds(criterion, value)) return String(rounded);
  }
  return String(value);
}
