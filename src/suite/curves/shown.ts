import { number } from '../../numbers.js';
import { percent } from '../../report/words/percent.js';
import type { PicturedFigure } from './figures.js';
import type { SideBySideRuns } from './model.js';

/** A value as charts show it. A median of counts may have a decimal. */
export function shownValue(value: number, unit: PicturedFigure['unit']): string {
  return unit === 'percent' ? percent(value) : number(Math.round(10 * value) / 10);
}

/**
 * The figures that some run has, and of these the ones that are more than 0 somewhere. A picture of nothing but zeros takes
 * the room of one that says more.
 */
export function withFigures(
  { cases }: SideBySideRuns,
  figures: readonly PicturedFigure[],
): { seen: PicturedFigure[]; zero: PicturedFigure[] } {
  const known = figures
    .map((figure) => ({
      figure,
      values: cases.flatMap(({ runs }) => runs.flatMap((run) => figure.valueOf(run) ?? [])),
    }))
    .filter(({ values }) => values.length > 0);
  const isSeen = ({ figure, values }: (typeof known)[number]) =>
    figure.alsoNone === true || values.some((value) => value > 0);
  return {
    seen: known.filter(isSeen).map(({ figure }) => figure),
    zero: known.filter((one) => !isSeen(one)).map(({ figure }) => figure),
  };
}

/** Such as `0 in every run: leases held by two.` Empty where nothing is. */
export function unseenText(runs: SideBySideRuns, figures: readonly PicturedFigure[]): string {
  const { zero } = withFigures(runs, figures);
  return zero.length === 0 ? '' : `0 in every run: ${zero.map(({ meaning }) => meaning).join('; ')}.`;
}
