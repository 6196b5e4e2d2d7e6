import { figureAt, pathOf } from '../analysis/checks/read.js';
import type { FigureUnit } from '../scenario/checks/figures.js';
import { matches, matchesPhase } from '../scenario/checks/patterns.js';
import type { RunFigure, Shown } from '../scenario/suites/show.js';
import { phaseLabel } from './phase-label.js';
import type { CaseResult, Result } from './result.js';

/** The runs of a suite beside each other, as `suite.json` has them. */
export interface SideBySide {
  suite: string;
  /** The runs, by name. */
  columns: string[];
  rows: SideBySideRow[];
}

export interface SideBySideRow {
  /** Empty for a figure of the whole run. */
  case: string;
  /** Empty for one of the run or of the case. */
  phase: string;
  /** As the suite names it. */
  figure: string;
  unit: FigureUnit | 'text';
  /** In the order of the columns; null where a run has no such figure, or could not be made. */
  values: (number | string | null)[];
}

/** Gathers the figures run by run, so that no result need be kept. */
export class SideBySideTable {
  readonly #suite: string;
  readonly #show: readonly Shown[];
  readonly #columns: string[] = [];
  readonly #rows = new Map<string, SideBySideRow>();

  constructor(suite: string, show: readonly Shown[]) {
    this.#suite = suite;
    this.#show = show;
  }

  /**
   * @param outcome how the run ended, for `verdict`
   * @param result undefined for a run that could not be made
   */
  add(name: string, outcome: string, result: Result | undefined): void {
    const column = this.#columns.push(name) - 1;
    for (const [place, shown] of this.#show.entries()) {
      if (shown.of === 'run') {
        const row = this.#row(place, {
          case: '',
          phase: '',
          figure: shown.label,
          unit: unitOf(shown.figure),
        });
        row.values[column] =
          shown.figure === 'verdict' ? outcome : ((result && ofRun(result, shown.figure)) ?? null);
        continue;
      }
      const { subject, label } = shown;
      for (const one of result?.cases ?? []) {
        for (const { phase, value } of ofCase(one, subject)) {
          const { unit } = subject.figure;
          this.#row(place, { case: one.name, phase, figure: label, unit }).values[column] = value;
        }
      }
    }
  }

  /** Figures of the runs first, then case by case, each in the order of the suite. */
  get table(): SideBySide {
    const rows = [...this.#rows.entries()].map(([key, row]) => ({ key, row }));
    const cases = [...new Set(rows.map(({ row }) => row.case))];
    const rank = (row: SideBySideRow): number => (row.case === '' ? -1 : cases.indexOf(row.case));
    return {
      suite: this.#suite,
      columns: [...this.#columns],
      rows: rows
        .sort((a, b) => rank(a.row) - rank(b.row) || parseInt(a.key) - parseInt(b.key))
        .map(({ row }) => ({ ...row, values: this.#columns.map((_, column) => row.values[column] ?? null) })),
    };
  }

  #row(place: number, head: Omit<SideBySideRow, 'values'>): SideBySideRow {
    const key = `${place} ${head.case} ${head.phase}`;
    const row = this.#rows.get(key) ?? { ...head, values: [] };
    this.#rows.set(key, row);
    return row;
  }
}

type Subject = Extract<Shown, { of: 'case' }>['subject'];

/** The figure in each phase that it is about; once for one of the case. */
function ofCase(one: CaseResult, subject: Subject): { phase: string; value: number | null }[] {
  if (!matches(subject.case, one.name)) return [];
  const path = pathOf(subject.figure, subject);
  if (subject.figure.of === 'case') return [{ phase: '', value: figureAt(one, path) }];
  const names = [...new Set(one.phases.map(({ name }) => name))];
  return one.phases
    .filter(({ name, committing }) =>
      matchesPhase(subject.phase, { name, index: names.indexOf(name), committing }),
    )
    .map((phase) => ({ phase: phaseLabel(one, phase), value: figureAt(phase, path) }));
}

function ofRun(
  { environment, accompanying }: Result,
  figure: Exclude<RunFigure, 'verdict'>,
): number | string | null {
  switch (figure) {
    case 'kea':
      return environment?.kea.version ?? null;
    case 'database':
      return environment?.database.version ?? null;
    case 'allocator':
      return environment?.kea.allocator ?? null;
    case 'threads':
      return environment?.kea.threads ?? null;
    case 'certificationFailures': {
      const counted =
        accompanying?.nodes.flatMap(({ growth }) => growth['wsrep_local_cert_failures'] ?? []) ?? [];
      return counted.length === 0 ? null : counted.reduce((sum, one) => sum + one, 0);
    }
  }
}

function unitOf(figure: RunFigure): SideBySideRow['unit'] {
  return figure === 'threads' || figure === 'certificationFailures' ? 'count' : 'text';
}
