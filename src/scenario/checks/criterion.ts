import { nearest } from '../language/nearest.js';
import type { Figure } from '../../results/registry/figures.js';
import {
  COMPARISONS,
  refuse,
  shown,
  UNITS,
  type Comparison,
  type Criterion,
  type Quantity,
} from './stated-check.js';

/** Operators as other languages write them, and ours. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  '=': '==',
  '===': '==',
  is: '==',
  '=<': '<=',
  '≤': '<=',
  '=>': '>=',
  '≥': '>=',
  '<>': '!=',
  '!==': '!=',
  '≠': '!=',
  between: 'in',
  within: 'in',
};
const OPERATORS = [...COMPARISONS, 'in'];

/** So many digits are enough for every figure, and few enough that a number prints as it was read. */
const MAX_DIGITS = 9;
const MAX_DECIMALS = 6;

/**
 * Reads `OPERATOR VALUE` or `in VALUE..VALUE`.
 *
 * @param offset where the criterion begins in the text of the check
 * @throws CheckSyntaxError
 */
export function parseCriterion(text: string, offset: number, figure: Figure): Criterion {
  const reader = new Reader(text, offset);
  reader.skip(/^\s+/);
  const at = reader.offset;
  const operator = reader.take(/^(?:[<>=!≤≥≠]+|[a-z]+)/i);
  if (operator === '')
    refuse(at, `an operator and a value must follow ${figure.name}`, {
      hint: `operators: ${OPERATORS.join(', ')}`,
    });
  const comparison = COMPARISONS.find((one) => one === operator);
  if (comparison === undefined && operator !== 'in') {
    refuse(at, `there is no operator ${shown(operator)}`, {
      suggestion: OTHER_WORDS[operator.toLowerCase()] ?? nearest(operator, OPERATORS),
      hint: `operators: ${OPERATORS.join(', ')}`,
    });
  }
  return comparison === undefined ? range(reader, figure) : compared(comparison, reader, figure);
}

function compared(operator: Comparison, reader: Reader, figure: Figure): Criterion {
  const value = inUnitOf(figure, number(reader));
  end(reader, 'a range is: in 30..37');
  return { operator, value };
}

function range(reader: Reader, figure: Figure): Criterion {
  const first = number(reader);
  reader.skip(/^\s+/);
  if (!reader.skip(/^\.\./)) refuse(reader.offset, 'a range is two numbers with .. between them', RANGE);
  const second = number(reader);
  end(reader);
  const from = inUnitOf(figure, first.unit === '' ? { ...first, unit: second.unit } : first);
  const to = inUnitOf(figure, second.unit === '' ? { ...second, unit: first.unit } : second);
  if (inBaseUnit(from) > inBaseUnit(to))
    refuse(first.at, 'the range is reversed: its lower bound must come first');
  return { operator: 'in', from, to };
}

const RANGE = { hint: 'such as: in 30..37' };

/** A quantity in the unit of its figure: times in milliseconds. */
export function inBaseUnit({ value, unit }: Quantity): number {
  return unit === 's' ? value * 1000 : value;
}

interface Written {
  readonly value: number;
  readonly unit: string;
  readonly at: number;
  readonly unitAt: number;
}

function number(reader: Reader): Written {
  reader.skip(/^\s+/);
  const at = reader.offset;
  const digits = reader.take(/^[0-9]+(?:\.[0-9]+)?/);
  if (digits === '') {
    if (reader.skip(/^-/)) refuse(at, 'no figure is negative');
    refuse(at, 'a number is missing', { hint: 'such as 95%, 50ms or 240' });
  }
  const [whole = '', decimals = ''] = digits.split('.');
  if (whole.length > MAX_DIGITS || decimals.length > MAX_DECIMALS)
    refuse(at, `the number has more than ${MAX_DIGITS} digits, or more than ${MAX_DECIMALS} decimals`);
  // After a blank, a word counts as a unit only if it resembles one. Any other word should not follow at all.
  const apart = reader.peek(/^\s+([^\s.0-9]+)/);
  if (apart !== undefined && nearestUnit(apart) !== undefined) reader.skip(/^\s+/);
  return { value: Number(digits), unitAt: reader.offset, unit: reader.take(/^[^\s.0-9]+/), at };
}

/** The number in a unit that the figure can be compared in. Refuses any other unit. */
function inUnitOf(figure: Figure, { value, unit, at, unitAt }: Written): Quantity {
  const known = UNITS.find((one) => one === unit);
  if (unit !== '' && known === undefined)
    refuse(unitAt, `there is no unit ${shown(unit)}`, {
      suggestion: nearestUnit(unit),
      hint: 'units: %, ms, s',
    });
  const is = (wanted: string, suggestion?: string): never =>
    refuse(unitAt, `${figure.name} ${wanted}`, { suggestion, hint: `${figure.name}: ${figure.description}` });
  switch (figure.unit) {
    case 'ms':
      if (known === undefined || known === '%')
        return is('is a time: its value needs the unit ms or s', `${value}ms`);
      return { value, unit: known };
    case 'percent':
      if (known === 'ms' || known === 's') is('is a percentage, not a time', `${value}%`);
      return percent(value, at);
    case 'ratio':
      if (known !== undefined) is('is a plain number, without a unit', String(value));
      return { value, unit: '' };
    case 'count':
      if (known === 'ms' || known === 's') is('is a count, not a time', String(value));
      if (known === undefined) return { value, unit: '' };
      if (figure.percentOf === undefined)
        is("is a count without a total, so it can't be compared with a percentage");
      return percent(value, at);
  }
}

function percent(value: number, at: number): Quantity {
  if (value > 100) refuse(at, `${value}% is more than 100%`);
  return { value, unit: '%' };
}

function nearestUnit(unit: string): string | undefined {
  const word = unit.toLowerCase();
  if (word.startsWith('%') || word.startsWith('perc')) return '%';
  if (word.startsWith('m')) return 'ms';
  return word.startsWith('s') ? 's' : undefined;
}

function end(reader: Reader, otherwise = 'state a second check for a second condition'): void {
  reader.skip(/^\s+/);
  const more = reader.take(/^[^]+/);
  if (more !== '')
    refuse(reader.offset - more.length, `${shown(more)} does not belong here`, {
      hint: otherwise,
    });
}

/** The rest of the text, and where it begins. */
class Reader {
  #text: string;
  offset: number;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.offset = offset;
  }

  /** @returns what the pattern matches at the beginning; empty where it does not match */
  take(pattern: RegExp): string {
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#text = this.#text.slice(found.length);
    this.offset += found.length;
    return found;
  }

  /** @returns the pattern's group, without taking it */
  peek(pattern: RegExp): string | undefined {
    return pattern.exec(this.#text)?.[1];
  }

  /** @returns whether anything was skipped */
  skip(pattern: RegExp): boolean {
    return this.take(pattern) !== '';
  }
}
