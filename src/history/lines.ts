import type { FigureUnit, InHistory } from '../results/registry/figure.js';
import { FIGURES, valueOf, type Figure } from '../results/registry/figures.js';
import type { LeanResult } from './lean-result.js';

/** The lines of the history: which figures of a run it shows, and how. The registry of figures names nearly all. */

export type LeanCase = LeanResult['cases'][number];
export type LeanPhase = LeanCase['phases'][number];

export interface HistoryLine extends Omit<InHistory, 'of'> {
  unit: FigureUnit;
  /** Whether a value above 0 is a violation. */
  isViolation: boolean;
  /** The value for a case and its phases of one lease type; null where the run does not tell it. */
  value: (one: LeanCase, phases: readonly LeanPhase[]) => number | null;
}

export const HISTORY_LINES: readonly HistoryLine[] = [
  ...ofRegistry(),
  {
    key: 'startsPerSecond',
    meaning: 'achieved rate, all servers of the case together',
    title: 'Achieved rate, clients started a second',
    head: 'starts/s',
    hint: 'clients started a second',
    unit: 'ratio',
    isViolation: false,
    value: ({ schedule }) => rateOf(schedule),
  },
];

function ofRegistry(): HistoryLine[] {
  const all = FIGURES.flatMap((figure) => (figure.history ?? []).map((history) => ({ figure, history })));
  const keys = [...new Set(all.map(({ history }) => history.key))];
  return keys.flatMap((key): HistoryLine[] => {
    const parts = all.filter(({ history }) => history.key === key);
    const [first] = parts;
    if (first === undefined) return [];
    return [
      {
        ...first.history,
        unit: first.figure.unit,
        isViolation: first.figure.violation !== undefined && first.figure.unit === 'count',
        value: (one, phases) =>
          sum(parts.map(({ figure, history }) => valueIn(figure, history.of, one, phases))),
      },
    ];
  });
}

function valueIn(
  figure: Figure,
  of: InHistory['of'],
  one: LeanCase,
  phases: readonly LeanPhase[],
): number | null {
  if (figure.of === 'case') return valueOf(figure, one);
  const chosen = phases.filter(({ committing }) => of === 'sum of all' || committing === (of !== 'offering'));
  const values = chosen.map((phase) => valueOf(figure, phase));
  return of === 'offering' || of === 'committing' ? (values[0] ?? null) : sum(values);
}

function sum(values: readonly (number | null)[]): number | null {
  return values.some((value) => value === null)
    ? null
    : values.reduce<number>((all, one) => all + (one ?? 0), 0);
}

/** The achieved rate in starts a second. The first start begins the measured time, so it is not counted. */
function rateOf(schedule: LeanCase['schedule']): number | null {
  if (schedule === null || schedule.durationUs === 0) return null;
  return Math.round(((schedule.starts - 1) / schedule.durationUs) * 1e8) / 100;
}
