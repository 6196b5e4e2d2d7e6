import { FIGURES } from '../results/registry/figures.js';
import type { Result } from '../results/result.js';
import type { FigureComparison } from './comparison.js';
import type { Measured } from './measured.js';

/**
 * Where a comparison could not have found a regression, although its figures are alike. A figure that a later version
 * added is no gap: a baseline of an earlier version still compares.
 */

/** Figures that a run has by chance, such as those of refused clients that were served later. */
const BY_CHANCE: ReadonlySet<string> = new Set(
  FIGURES.filter(({ compared = [] }) => compared.some(({ onlyWith }) => onlyWith !== undefined)).map(
    ({ name }) => name,
  ),
);

/**
 * @param isKnown whether a run of each side can tell
 * @param isMeasured whether percentages, latency and rate were compared
 */
export function gapsOf(
  run: Measured,
  baseline: Measured,
  figures: readonly FigureComparison[],
  isKnown: boolean,
  isMeasured: boolean,
): string[] {
  const same = sameRuns(run, baseline);
  if (!isKnown) return same;
  const [here, there] = [partsOf(run.results), partsOf(baseline.results)];
  // Without a reproduction that was told, none is lost.
  const isTold = baseline.results.some(
    ({ reproduction }) => reproduction !== null && reproduction.verdict !== "can't tell",
  );
  const inRun = [
    ...lackedParts(here, there, ({ kind }) => kind !== 'reproduction' || isTold),
    ...lackedFigures(figures, here, isMeasured),
  ].map((what) => `the run has ${what}, which the baseline has`);
  // A scenario may have come to expect figures since, and an earlier version has no audit of the nodes.
  const isOlder = baseline.results.every(({ audit }) => audit === undefined);
  const isNew = ({ kind, of }: Part) => kind === 'reproduction' || (kind === 'audit' && of === '' && isOlder);
  const inBaseline = lackedParts(there, here, (part) => !isNew(part)).map(
    (what) => `the baseline has ${what}, which the run has`,
  );
  return [
    ...same,
    ...new Set(inRun),
    ...inBaseline,
    ...uncounted(figures),
    ...(isAnswered(run) || isAnswered(baseline) ? [] : ['no client was answered, neither now nor then']),
  ];
}

/** A run that is compared with itself is never worse. */
function sameRuns(run: Measured, baseline: Measured): string[] {
  const known = new Set(baseline.results.map(identityOf));
  const same = run.results.filter((one) => known.has(identityOf(one)));
  if (same.length === 0) return [];
  if (same.length < run.results.length)
    return [`${same.length} of ${run.results.length} runs are in the baseline too`];
  return [
    run.results.length === 1 && baseline.results.length === 1
      ? 'the run and the baseline are the same run'
      : 'the baseline was made of the same run',
  ];
}

function identityOf({ startedAt, finishedAt, scenario, cases }: Result): string {
  // A log without times has no start, so its figures have to tell it from another.
  return JSON.stringify(
    startedAt === null
      ? cases.map(({ phases }) => phases)
      : [scenario.name, scenario.seed, startedAt, finishedAt],
  );
}

interface Part {
  kind: 'case' | 'audit' | 'attempts' | 'reproduction';
  /** The case, where it is part of one. */
  of: string;
  /** What it is in words, after `no`. */
  what: string;
}

/** What the figures of a side come from. */
function partsOf(results: readonly Result[]): Part[] {
  return results.flatMap((result): Part[] => [
    ...(result.audit ? [{ kind: 'audit', of: '', what: 'audit of the nodes' } as const] : []),
    ...result.cases.flatMap(({ name, audit, phases }): Part[] => [
      { kind: 'case', of: name, what: `case ${name}` },
      ...(audit === null ? [] : [{ kind: 'audit', of: name, what: `audit of ${name}` } as const]),
      ...phases
        .filter(({ allAttempts }) => allAttempts !== null)
        .map((phase): Part => ({
          kind: 'attempts',
          of: name,
          what: `count of all attempts of ${name} ${phase.name}`,
        })),
    ]),
    ...(result.reproduction === null
      ? []
      : [{ kind: 'reproduction', of: '', what: 'reproduction' } as const]),
  ]);
}

/** What the other side has and this one lacks. The parts of a case that is lacking are not named. */
function lackedParts(
  own: readonly Part[],
  other: readonly Part[],
  counts: (part: Part) => boolean,
): string[] {
  const had = new Set(own.map(({ what }) => what));
  const lacked = other.filter((part) => counts(part) && !had.has(part.what));
  const cases = new Set(lacked.filter(({ kind }) => kind === 'case').map(({ of }) => of));
  const told = lacked.filter(({ kind, of }) => kind === 'case' || !cases.has(of));
  return [...new Set(told.map(({ what }) => `no ${what}`))];
}

/** Figures of the baseline that the run lacks: counts on any machine, the others where they were compared. */
function lackedFigures(
  figures: readonly FigureComparison[],
  parts: readonly Part[],
  isMeasured: boolean,
): string[] {
  const cases = new Set(parts.filter(({ kind }) => kind === 'case').map(({ of }) => of));
  return figures
    .filter(({ run, baseline }) => run === null && baseline !== null)
    .filter((one) => cases.has(one.case) && !BY_CHANCE.has(one.figure) && !isOfPart(one))
    .filter(({ unit }) => unit === 'count' || isMeasured)
    .map(({ case: name, phase, figure, unit }) => {
      const place = [name, phase].join(' ').trim();
      return unit === 'ms' ? `no answers of ${place}` : `no ${figure} of ${place}`;
    });
}

/** Whether the figure is missing because a part is, which is named by itself. */
function isOfPart({ figure }: FigureComparison): boolean {
  return figure.startsWith('audit.') || figure.startsWith('allAttempts.') || figure === 'answered';
}

/** Violations that only the run counts. Nobody knows whether there were as many in the baseline. */
function uncounted(figures: readonly FigureComparison[]): string[] {
  return figures
    .filter(({ unit, run, baseline }) => unit === 'count' && baseline === null && (run?.max ?? 0) > 0)
    .map(
      ({ case: name, phase, figure, run }) =>
        `the baseline has no ${[name, phase, figure].join(' ').replace(/ +/g, ' ').trim()}, of which the run has ${run?.max ?? 0}`,
    );
}

/** Whether any client was answered with a lease. */
function isAnswered({ results }: Measured): boolean {
  return results.some(({ cases }) =>
    cases.some(({ phases }) => phases.some(({ firstAttempt }) => firstAttempt.responses > 0)),
  );
}
