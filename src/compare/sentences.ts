import { number } from '../numbers.js';
import { count, milliseconds, plural } from '../report/words/numbers.js';
import { percent } from '../report/words/percent.js';
import type { Comparison, FigureComparison } from './comparison.js';
import { placedFigure } from './figure-words.js';

/**
 * A sentence for each regression: first the verdicts, then the figures, the worst first.
 */
export function regressionSentences({
  verdict,
  reproduction = null,
  figures,
}: Pick<Comparison, 'verdict' | 'reproduction' | 'figures'>): string[] {
  return [
    ...verdictSentences('verdict', verdict),
    ...verdictSentences('reproduction', reproduction),
    ...worstFirst(figures.filter(({ word }) => word === 'regression')).map(figureSentence),
  ];
}

function verdictSentences(what: string, compared: Comparison['verdict'] | null): string[] {
  if (compared?.word !== 'regression') return [];
  const why = compared.reasons.length === 0 ? '' : ` (${compared.reasons.join('; ')})`;
  return [`${what} ${compared.baseline} → ${compared.run}${why}`];
}

/** Whether the figure counts violations, so that one more is worse. */
export function mustNotBe({ unit }: FigureComparison): boolean {
  return unit === 'count';
}

/**
 * Counts of violations first, as one more is wrong on any machine. Then the figures that changed by the most times of
 * what is allowed.
 */
export function worstFirst(figures: readonly FigureComparison[]): FigureComparison[] {
  const rank = (one: FigureComparison) => (mustNotBe(one) ? 1 : 0);
  return [...figures].sort((a, b) => rank(b) - rank(a) || timesAllowed(b) - timesAllowed(a));
}

/** The change for the worse, in times of the allowed change; 0 for a change for the better, or none. */
export function timesAllowed({ change, allowed, worse }: FigureComparison): number {
  if (change === null) return 0;
  const forTheWorse = { more: change, less: -change, either: Math.abs(change) }[worse];
  if (forTheWorse <= 0) return 0;
  // Without an allowed change, the size of the change alone decides.
  return allowed === null || allowed === 0 ? forTheWorse : forTheWorse / allowed;
}

/** Such as `dhcp4 REQUEST-ACK latency p99 12.1 → 48.3 ms (+299%, allowed +50%)`. */
export function figureSentence(one: FigureComparison): string {
  const where = placedFigure(one);
  const [from, to] = [comparedValue(one, 'baseline'), comparedValue(one, 'run')];
  const spread =
    (one.baseline?.values.length ?? 0) > 1 && !mustNotBe(one)
      ? `; medians, the baseline from ${valueText(one.baseline?.min ?? 0, one)} to ${valueText(one.baseline?.max ?? 0, one)}`
      : '';
  return `${where} ${numberText(from, one)} → ${valueText(to, one)} (${changeText(one)}, allowed ${allowedText(one)}${spread})`;
}

/**
 * The value by which a side is compared: the largest count of violations, or else the median. 0 if the side has no
 * value.
 */
export function comparedValue(one: FigureComparison, side: 'run' | 'baseline'): number {
  const spread = one[side];
  return (mustNotBe(one) ? spread?.max : spread?.median) ?? 0;
}

/** Such as `33.3%`, `12.1 ms`, `3`. */
export function valueText(value: number, figure: Pick<FigureComparison, 'unit'>): string {
  const suffix = { count: '', percent: '%', ms: ' ms' }[figure.unit];
  return numberText(value, figure) + suffix;
}

/** A number as every page shows it. Less than 0.05 ms have three decimals, so that they do not read as 0. */
function numberText(value: number, { unit }: Pick<FigureComparison, 'unit'>): string {
  if (unit === 'count') return count(value);
  if (unit === 'percent') return percent(value).slice(0, -1);
  return value !== 0 && Math.abs(value) < 0.05 ? value.toFixed(3) : milliseconds(value);
}

/** Such as `3.4 ms`; for several runs `3.4 ms (2.9–4.1)`. */
export function sideText(one: FigureComparison, side: 'run' | 'baseline'): string {
  const spread = one[side];
  if (spread === null) return '–';
  const value = valueText(comparedValue(one, side), one);
  const bare = (number: number) => valueText(number, one).replace(/[^\d.]+$/, '');
  return spread.min === spread.max || mustNotBe(one)
    ? value
    : `${value} (${bare(spread.min)}–${bare(spread.max)})`;
}

/**
 * The change: such as `+299%` for latency, `-1.2 points` for percentages, `+1` for counts, `=` for none. Empty if the
 * figure is not compared.
 */
export function changeText(one: FigureComparison): string {
  if (one.change === null) return '';
  if (one.change === 0) return '=';
  const baseline = comparedValue(one, 'baseline');
  if (one.unit === 'ms' && baseline !== 0) return percentText(one.change, baseline);
  const points = one.unit === 'percent' ? ' points' : '';
  return `${sign(one.change)}${valueText(Math.abs(one.change), { unit: one.unit }).replace('%', '')}${points}`;
}

/** The allowed change: such as `+50%`, `+5 ms` if the least allowed difference applies, `±3 points`, `none`. */
export function allowedText({ allowed, allowedPercent, worse, unit }: FigureComparison): string {
  if (allowed === null) return '';
  if (allowed === 0) return 'none';
  const way = { more: '+', less: '-', either: '±' }[worse];
  if (allowedPercent !== null) return `${way}${allowedPercent}%`;
  if (unit === 'percent') return `${way}${numberText(allowed, { unit })} points`;
  return `${way}${valueText(allowed, { unit })}`;
}

function percentText(change: number, of: number): string {
  const percent = Math.round((100 * Math.abs(change)) / of);
  return percent === 0 ? '<1%' : `${sign(change)}${number(percent)}%`;
}

function sign(change: number): string {
  return change < 0 ? '-' : '+';
}

/** Such as `165 figures compared, 9 of them better; 2 not compared`. */
export function comparedText(figures: readonly FigureComparison[]): string {
  const of = (wanted: FigureComparison['word']) => figures.filter(({ word }) => word === wanted);
  const better = of('better').length;
  // What neither side has is nothing to compare.
  const open = of('not-compared').filter(({ run, baseline }) => run !== null || baseline !== null).length;
  return (
    plural(figures.length - of('not-compared').length, 'figure') +
    ' compared' +
    (better === 0 ? '' : `, ${count(better)} of them better`) +
    (open === 0 ? '' : `; ${count(open)} not compared`)
  );
}
