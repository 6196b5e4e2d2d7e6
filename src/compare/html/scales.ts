import {
  countAxis,
  millisecondsAxis,
  percentAxis,
  type BesideAxis,
  type Pair,
  type Reading,
} from '../../report/html/charts/beside.js';
import type { FigureComparison } from '../comparison.js';
import { figureWords } from '../figure-words.js';
import { allowedText, changeText, comparedValue, sideText } from '../sentences.js';

type Unit = FigureComparison['unit'];

/** The units in the order of their charts, and the titles of these. */
export const UNIT_TITLES: Readonly<Record<Unit, string>> = {
  count: 'Counts of what must not happen',
  percent: 'Percentages',
  ms: 'Latency',
};
export const UNITS = Object.keys(UNIT_TITLES) as Unit[];

/** One axis for all figures of a unit, so that the charts of a page can be compared. */
export function axesOf(figures: readonly FigureComparison[]): Readonly<Record<Unit, BesideAxis>> {
  const values = (unit: Unit) =>
    figures
      .filter((one) => one.unit === unit)
      .flatMap((one) => {
        const limit = one.baseline === null ? [] : [comparedValue(one, 'baseline') + (one.allowed ?? 0)];
        const spreads = [one.run, one.baseline].flatMap((spread) => (spread ? [spread.min, spread.max] : []));
        return [...spreads, ...limit];
      });
  return {
    count: countAxis(Math.max(1, ...values('count'))),
    // A limit above 100% needs no room: no percentage of a part exceeds it.
    percent: percentAxis(
      Math.max(
        ...figures.flatMap((one) =>
          one.unit === 'percent' ? [one.run?.max ?? 0, one.baseline?.max ?? 0] : [0],
        ),
        0,
      ),
    ),
    ms: millisecondsAxis(values('ms')),
  };
}

/** A figure as a row of a chart. */
export function pairOf(one: FigureComparison): Pair {
  const [now, before] = [readingOf(one, 'run'), readingOf(one, 'baseline')];
  const allowed = allowedText(one);
  return {
    label: figureWords(one),
    about: [one.case, one.phase].filter((word) => word !== '').join(' '),
    said: `${sideText(one, 'baseline')} → ${sideText(one, 'run')}`,
    change: [changeText(one).replace(/^=$/, 'no change'), allowed === '' ? '' : `allowed ${allowed}`]
      .filter((text) => text !== '')
      .join(', '),
    now,
    before,
    allowed: before === null ? undefined : allowedRange(one, before.value),
    isWorse: one.word === 'regression',
  };
}

function readingOf(one: FigureComparison, side: 'run' | 'baseline'): Reading | null {
  const spread = one[side];
  return spread === null ? null : { value: comparedValue(one, side), from: spread.min, to: spread.max };
}

/** Percentages of a part end at 100. */
function allowedRange(
  { allowed, worse, unit }: FigureComparison,
  from: number,
): readonly [number, number] | undefined {
  if (allowed === null || allowed === 0) return undefined;
  const most = unit === 'percent' ? Math.max(100, from) : Infinity;
  const low = worse === 'more' ? from : Math.max(0, from - allowed);
  const high = worse === 'less' ? from : Math.min(most, from + allowed);
  return [low, high];
}
