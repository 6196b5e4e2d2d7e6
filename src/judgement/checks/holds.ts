import { inBaseUnit } from '../../scenario/checks/criterion.js';
import type { Criterion } from '../../scenario/checks/stated-check.js';

/** Whether a figure, times in milliseconds, meets a criterion. */
export function holds(criterion: Criterion, figure: number): boolean {
  if (criterion.operator === 'in')
    return inBaseUnit(criterion.from) <= figure && figure <= inBaseUnit(criterion.to);
  const value = inBaseUnit(criterion.value);
  switch (criterion.operator) {
    case '<':
      return figure < value;
    case '<=':
      return figure <= value;
    case '>':
      return figure > value;
    case '>=':
      return figure >= value;
    case '==':
      return figure === value;
    case '!=':
      return figure !== value;
  }
}

/** Whether a figure that does not meet its criterion is too high, and not too low. */
export function isTooMuch(criterion: Criterion, figure: number): boolean {
  if (criterion.operator === 'in') return figure > inBaseUnit(criterion.to);
  const value = inBaseUnit(criterion.value);
  switch (criterion.operator) {
    case '<':
      return figure >= value;
    case '<=':
    case '==':
      return figure > value;
    case '>':
    case '>=':
    case '!=':
      return false;
  }
}
