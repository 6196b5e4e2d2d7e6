/**
 * How every sentence, table and chart shows a number: the same figure has the same form wherever it stands. A figure that may be
 * unknown has its dash from `report/words/numbers.ts`.
 */

/** How a sentence shows a number: such as `357`, `12,345`. */
export function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 answer is`, `2,000 answers are` */
export function counted(count: number, one: string, more: string): string {
  return `${number(count)} ${count === 1 ? one : more}`;
}

/** `12 of 1,357` */
export function outOf(part: number, whole: number): string {
  return `${number(part)} of ${number(whole)}`;
}

/** What is shown: a count, a percentage, milliseconds, or a ratio or rate. */
export type Unit = 'count' | 'percent' | 'ms' | 'ratio';

/** The decimals of each unit. Those of milliseconds are always there; the others only where they are not 0. */
const DECIMALS: Readonly<Record<Unit, (value: number) => number>> = {
  count: () => 0,
  percent: () => 1,
  ms: (value) => (value >= 100 ? 0 : value >= 1 ? 1 : 2),
  ratio: (value) => (value >= 100 ? 0 : value >= 10 ? 1 : 2),
};

/** More decimals than these say nothing. */
const MOST_DECIMALS = 10;

/**
 * A figure without its unit, such as `33.4`, `1,204`, `0.42`.
 *
 * @param tellsSame whether a rounded value says the same as the value itself, such as about a limit. There are more decimals where
 *   it does not. None above 0 is shown as 0, except for milliseconds, and no percentage below 100 as 100.
 */
export function shown(
  value: number,
  unit: Unit,
  tellsSame: (rounded: number) => boolean = () => true,
): string {
  const usual = DECIMALS[unit](value);
  for (let decimals = usual; decimals < MOST_DECIMALS; decimals++) {
    const rounded = unit === 'percent' ? belowAll(value, decimals) : Number(value.toFixed(decimals));
    if ((rounded !== 0 || value === 0 || unit === 'ms') && tellsSame(rounded))
      return rounded.toLocaleString('en-US', {
        minimumFractionDigits: unit === 'ms' ? usual : 0,
        maximumFractionDigits: decimals,
      });
  }
  return String(value);
}

/** Rounded, but never up to 100. */
function belowAll(percent: number, decimals: number): number {
  const rounded = Number(percent.toFixed(decimals));
  return rounded === 100 && percent < 100 ? Number((100 - 10 ** -decimals).toFixed(decimals)) : rounded;
}

/** Such as `33.4%`, `100%`; never rounds up to 100%. */
export function percentOf(value: number): string {
  return `${shown(value, 'percent')}%`;
}

/** A percentage beside its limit: with more decimals where it would else be on the other side, or at the limit itself. */
export function percentBeside(value: number, limit: number): string {
  const isSameSide = (rounded: number) => Math.sign(rounded - limit) === Math.sign(value - limit);
  return `${shown(value, 'percent', isSameSide)}%`;
}

/** How long something took, such as `4.0 s`. */
export function secondsOf(us: number): string {
  return `${fixed(us / 1e6, 1)} s`;
}

/** A moment of a run to the millisecond, without its unit, such as `0.182`, `4,000.200`. */
export function momentOf(us: number): string {
  return fixed(us / 1e6, 3);
}

function fixed(value: number, decimals: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
