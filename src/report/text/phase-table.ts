import { count } from '../words/numbers.js';
import { percent } from '../words/percent.js';
import Table from 'cli-table3';
import { allAttemptsOf } from './all-attempts.js';
import { NO_BORDERS, trimmed } from './borderless.js';
import { COMPARISON_TEXT } from '../words/comparison-words.js';
import { isFirstOfItsName, isOneOfSeveral, phaseLabel } from '../words/phase-label.js';
import type { CaseResult } from '../../results/case.js';
import type { Result } from '../../results/result.js';
import type { Style } from '../../terminal/style.js';

type Comparison = NonNullable<CaseResult['published']>['phases'][number];

/**
 * The least number of terminal columns for the published figures beside the measured ones. Below it they go into a
 * row of their own.
 */
const WIDE = 134;

interface Row {
  of: CaseResult;
  /** Whether this is the first row of its case, which shows the name of the case. */
  isFirst: boolean;
  /**
   * Whether this is the first row of its phase, which shows the name of the phase. A phase may have a row for each
   * lease type.
   */
  isFirstOfPhase: boolean;
  phase: CaseResult['phases'][number];
  comparison: Comparison | undefined;
}

/**
 * The figures of first attempts of every phase over all servers, with the published figures: as a row below each
 * phase in 80 columns, as columns on a wide terminal. All attempts get a row of their own where their figures differ.
 */
export function phaseTable({ cases }: Result, columns: number, style: Style): string {
  const rows = cases.flatMap((one) =>
    one.phases.map((phase, i): Row => {
      const comparison = one.published?.phases.find(({ phase: name }) => name === phase.name);
      const isFirstOfPhase = isFirstOfItsName(phase, i, one.phases);
      return { of: one, isFirst: i === 0, isFirstOfPhase, phase, comparison };
    }),
  );
  return columns >= WIDE ? wide(rows, style) : narrow(rows, style);
}

const HEAD = ['case', 'phase', 'requests', 'leases', 'distinct', 'duplicates', 'dup %', 'app %'];
const ALL = 'all attempts';
const RIGHT = HEAD.map((_, i) => (i < 2 ? 'left' : 'right'));

function narrow(rows: readonly Row[], style: Style): string {
  const table = new Table({
    head: HEAD.map(style.bold),
    colAligns: RIGHT,
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  });
  for (const row of rows) {
    table.push(...narrowRows(row));
    if (row.comparison !== undefined) table.push(publishedBelow(row.comparison, style));
    const all = allAttemptsOf(row.phase);
    if (all === undefined) continue;
    table.push([...(isOneOfSeveral(row.of, row.phase) ? [`  ${ALL}`, ''] : ['', ` ${ALL}`]), ...counts(all)]);
  }
  return trimmed(table);
}

/**
 * The rows of a phase. A phase with several lease types has a row with its name, then a row for each type: name and
 * type together would exceed 80 columns.
 */
function narrowRows(row: Row): string[][] {
  const { of, isFirst, isFirstOfPhase, phase } = row;
  const figures = counts(phase.firstAttempt);
  if (!isOneOfSeveral(of, phase)) return [[isFirst ? of.name : '', phase.name, ...figures]];
  return [
    ...(isFirstOfPhase ? [[isFirst ? of.name : '', phase.name, ...figures.map(() => '')]] : []),
    [` ${phase.leaseType}`, '', ...figures],
  ];
}

function wide(rows: readonly Row[], style: Style): string {
  const isCompared = rows.some(({ comparison }) => comparison !== undefined);
  const table = new Table({
    head: [...HEAD, ...(isCompared ? ['published', ''] : [])].map(style.bold),
    colAligns: [...RIGHT, ...(isCompared ? ['left' as const, 'left' as const] : [])],
    style: { head: [], border: [], compact: true },
  });
  const beside = isCompared ? ['', ''] : [];
  for (const row of rows) {
    const { comparison } = row;
    const { of, isFirst, phase } = row;
    table.push([
      isFirst ? of.name : '',
      phaseLabel(of, phase),
      ...counts(phase.firstAttempt),
      ...(comparison === undefined
        ? beside
        : [publishedShort(comparison.published), painted(comparison.word, style)]),
    ]);
    const all = allAttemptsOf(phase);
    if (all !== undefined) table.push(['', ` ${ALL}`, ...counts(all), ...beside]);
  }
  return trimmed(table);
}

function counts(f: CaseResult['phases'][number]['firstAttempt']): string[] {
  return [
    ...[f.requests, f.responses, f.distinctLeases, f.duplicateLeases].map(count),
    percent(f.duplicatePercent),
    percent(f.appearancePercent),
  ];
}

function publishedBelow({ published, word }: Comparison, style: Style): string[] {
  const { responses, duplicateLeases, duplicatePercent, appearancePercent } = published;
  const cells = [
    ' published',
    COMPARISON_TEXT[word].text,
    '',
    count(responses),
    '',
    count(duplicateLeases),
    responses === 0 ? '–' : percent(duplicatePercent),
    percent(appearancePercent),
  ];
  return cells.map((cell, i) => (i === 1 ? painted(word, style) : style.dim(cell)));
}

/** Such as `119/356, 33%, 99%`. */
function publishedShort(published: Comparison['published']): string {
  const { duplicateLeases, responses, duplicatePercent, appearancePercent } = published;
  const appearance = appearancePercent === null ? '' : `, ${appearancePercent}%`;
  return `${duplicateLeases}/${responses}, ${duplicatePercent}%${appearance}`;
}

function painted(word: Comparison['word'], style: Style): string {
  const { text, colour } = COMPARISON_TEXT[word];
  return style[colour](text);
}
