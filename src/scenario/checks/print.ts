import type { Criterion, Quantity, StatedCheck } from './stated-check.js';

/** Prints a check in full, with case and phase. {@link parseCheck} reads the text as the same check. */
export function printCheck({ case: name, phase, scope, figure, criterion }: StatedCheck): string {
  const parts = [name, ...(figure.of === 'case' ? [] : [phase]), scope === 'allAttempts' ? scope : ''];
  return `${[...parts, figure.name].filter((part) => part !== '').join('.')} ${printCriterion(criterion)}`;
}

/** Such as `>= 95%` or `in 30..37%`. */
export function printCriterion(criterion: Criterion): string {
  if (criterion.operator !== 'in') return `${criterion.operator} ${printQuantity(criterion.value)}`;
  const { from, to } = criterion;
  const low = from.unit === to.unit ? String(from.value) : printQuantity(from);
  return `in ${low}..${printQuantity(to)}`;
}

function printQuantity({ value, unit }: Quantity): string {
  return `${value}${unit}`;
}
