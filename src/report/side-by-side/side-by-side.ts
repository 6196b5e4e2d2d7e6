import { changedServers } from '../words/changed-servers.js';
import { valueOf } from '../../results/registry/figures.js';
import type { FigureUnit } from '../../results/registry/figure.js';
import type { CaseResult } from '../../results/case.js';
import type { Result } from '../../results/result.js';
import { meaningOf, type Outcome } from '../../results/run-outcome.js';
import { matches, matchesPhase } from '../../scenario/checks/patterns.js';
import type { RunFigure, Shown } from '../../scenario/suites/show.js';
import { CONFLICTS, grownBy, replicatingNodes } from '../words/conflicts.js';
import { UNKNOWN } from '../words/numbers.js';
import { phaseLabel } from '../words/phase-label.js';
import { spreadOf, type Spread } from './spread.js';

/** The runs of a suite side by side, as `suite.json` holds them. */
export interface SideBySide {
  suite: string;
  /** The names of the runs. */
  columns: string[];
  rows: SideBySideRow[];
  /** Set if the table is shown with a row for each run. */
  runsAreRows?: boolean | undefined;
}

export interface SideBySideRow {
  /** Empty for a figure of the whole run. */
  case: string;
  /** Empty for a figure of the run or of the case. */
  phase: string;
  /** The figure, as the suite names it. */
  figure: string;
  unit: FigureUnit | 'text';
  /** One value for each column. Null if the run has no such figure, or could not be made. */
  values: (number | string | null)[];
  /** Set if the columns are repetitions of one run; null for a value that is no number. */
  spread?: Omit<Spread, 'values'> | null | undefined;
}

/** Builds the table run by run, so that no result is kept in memory. */
export class SideBySideTable {
  readonly #suite: string;
  readonly #show: readonly Shown[];
  readonly #columns: string[] = [];
  readonly #rows = new Map<string, SideBySideRow>();

  readonly #spread: boolean;
  readonly #runsAreRows: boolean;
  /** The columns of runs whose outcome says nothing about the servers. */
  readonly #open = new Set<number>();

  /**
   * @param options.spread whether the columns are repetitions of one run. Then the table gets median and spread
   * @param options.runsAreRows whether the table is shown with a row for each run
   */
  constructor(suite: string, show: readonly Shown[], { spread = false, runsAreRows = false } = {}) {
    this.#suite = suite;
    this.#show = show;
    this.#spread = spread;
    this.#runsAreRows = runsAreRows;
  }

  /**
   * Adds a run to the table.
   *
   * @param name the name of its column. The column may already hold a run of another case
   * @param outcome how the run ended, for the figure `verdict`
   * @param result undefined for a run that could not be made
   * @param onlyCase the case to which the figures of the run are assigned, if runs of other cases share the column
   */
  add(name: string, outcome: Outcome, result: Result | undefined, onlyCase = ''): void {
    if (!this.#columns.includes(name)) this.#columns.push(name);
    const column = this.#columns.indexOf(name);
    if (meaningOf(outcome).light === 'open') this.#open.add(column);
    for (const [place, shown] of this.#show.entries()) {
      if (shown.of === 'run') {
        const row = this.#row(place, {
          case: onlyCase,
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

  /** The table: figures of the runs first, then case by case, each in the order of the suite. */
  get table(): SideBySide {
    const rows = [...this.#rows.entries()].map(([key, row]) => ({ key, row }));
    const cases = [...new Set(rows.map(({ row }) => row.case))];
    const rank = (row: SideBySideRow): number => (row.case === '' ? -1 : cases.indexOf(row.case));
    return {
      suite: this.#suite,
      columns: [...this.#columns],
      ...(this.#runsAreRows ? { runsAreRows: true } : {}),
      rows: rows
        .sort((a, b) => rank(a.row) - rank(b.row) || parseInt(a.key) - parseInt(b.key))
        .map(({ row }) => ({ ...row, values: this.#columns.map((_, column) => row.values[column] ?? null) }))
        .map((row) => (this.#spread ? { ...row, spread: spreadIn(row, this.#open) } : row)),
    };
  }

  #row(place: number, head: Omit<SideBySideRow, 'values'>): SideBySideRow {
    const key = `${place} ${head.case} ${head.phase}`;
    const row = this.#rows.get(key) ?? { ...head, values: [] };
    this.#rows.set(key, row);
    return row;
  }
}

/** The spread over the runs that can tell. A comparison uses the same runs. */
function spreadIn({ values, unit }: SideBySideRow, open: ReadonlySet<number>): SideBySideRow['spread'] {
  if (unit === 'text') return null;
  const known = values.map((value, column) =>
    typeof value === 'number' && !open.has(column) ? value : null,
  );
  const spread = spreadOf(known);
  if (spread === undefined) return null;
  const { median, min, max, quartiles } = spread;
  return { median, min, max, quartiles };
}

type Subject = Extract<Shown, { of: 'case' }>['subject'];

/** The value of a figure in each phase that the subject matches. One value if it is a figure of the case. */
function ofCase(one: CaseResult, subject: Subject): { phase: string; value: number | null }[] {
  if (!matches(subject.case, one.name)) return [];
  const value = (place: object) => valueOf(subject.figure, place, subject.scope ?? undefined);
  if (subject.figure.of === 'case') return [{ phase: '', value: value(one) }];
  const names = [...new Set(one.phases.map(({ name }) => name))];
  return one.phases
    .filter(({ name, committing }) =>
      matchesPhase(subject.phase, { name, index: names.indexOf(name), committing }),
    )
    .map((phase) => ({ phase: phaseLabel(one, phase), value: value(phase) }));
}

function ofRun(
  { environment, accompanying, short = [], resources, scenario }: Result,
  figure: Exclude<RunFigure, 'verdict'>,
): number | string | null {
  switch (figure) {
    case 'kea':
      if (environment === null) return null;
      return `${environment.kea.version}${changedServers({ scenario }).length === 0 ? '' : ', changed'}`;
    case 'database':
      return environment?.database.version ?? null;
    case 'galera':
      return environment?.database.wsrepProvider || null;
    case 'allocator':
      return environment?.kea.allocator ?? null;
    case 'threads':
      return environment?.kea.threads ?? null;
    case 'certificationFailures': {
      const { nodes = [], notCounted = [] } = accompanying ?? {};
      if (notCounted.length > 0) return null;
      const counted = nodes.flatMap(({ growth }) => growth['wsrep_local_cert_failures'] ?? []);
      return counted.length === 0 ? null : counted.reduce((sum, one) => sum + one, 0);
    }
    case 'conflictsPerNode':
      return conflictsPerNode(accompanying);
    case 'short':
      return [...new Set(short.map(({ resource }) => resource))].join(', ') || null;
    case 'cpuPercent':
      return resources?.machine?.busyPercent ?? null;
    case 'memoryMiB':
      return resources
        ? Math.ceil(Math.max(resources.memory.peakMiB, resources.memory.judgedPeakMiB ?? 0))
        : null;
  }
}

/**
 * Certification failures and aborts by replication of each node, such as `12+3 – 20+4`. Null if the nodes do not
 * replicate.
 */
function conflictsPerNode(accompanying: Result['accompanying']): string | null {
  const each = replicatingNodes({ accompanying }).map((one) =>
    one.growth === null
      ? UNKNOWN
      : Object.keys(CONFLICTS)
          .map((counter) => grownBy(one, counter))
          .join('+'),
  );
  return each.length === 0 ? null : each.join(' ');
}

const UNITS: Partial<Record<RunFigure, SideBySideRow['unit']>> = {
  threads: 'count',
  certificationFailures: 'count',
  memoryMiB: 'count',
  cpuPercent: 'percent',
};

function unitOf(figure: RunFigure): SideBySideRow['unit'] {
  return UNITS[figure] ?? 'text';
}
