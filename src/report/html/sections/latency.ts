import type { CaseResult } from '../../../results/case.js';
import type { Result } from '../../../results/result.js';
import type { PhaseResult } from '../../../results/phase.js';
import {
  percentileChart,
  percentileLegend,
  rangeOf,
  type PercentileRow,
  type Range,
} from '../charts/percentiles.js';
import { panel } from '../charts/svg.js';
import { timeAxisOf } from '../faults/axis.js';
import { isFirstOfItsName } from '../../words/phase-label.js';
import { phasePath } from '../input.js';
import { html, type Markup } from '../markup.js';
import { missedText } from '../../words/answered.js';
import { count, milliseconds } from '../../words/numbers.js';
import { table, type Cell } from '../table.js';
import { latencyOverTime } from './latency-over-time.js';
import type { Section } from './section.js';

type Latency = NonNullable<PhaseResult['latencyMs']>;
type Percentiles = Omit<Latency, 'answered' | 'timeouts'>;

/** The latency of every phase. Absent if the source has no times. */
export function latency(result: Result): Section | undefined {
  const { cases } = result;
  if (cases.every(({ phases }) => phases.every(({ latencyMs }) => latencyMs === null))) return undefined;
  const range = rangeOf(cases.flatMap(percentileRows));
  return {
    id: 'latency',
    title: 'Latency',
    content: [
      html`<div class="panels">${cases.map((one) => casePanel(one, range))}</div>`,
      html`<p class="note">
        From the time a message was due to its answer, all attempts; it includes the lateness of starts, which is
        shown as a row of its own. Late answers are among them. Unanswered requests have no latency; a line below the label counts
        them. The longest is exact, the others at most 0.1% too long.
      </p>`,
      latencyOverTime(cases, timeAxisOf(result)),
      html`<details>
        <summary>Percentiles by phase and server</summary>
        ${latencyTable(cases)}
      </details>`,
    ],
  };
}

/**
 * The phases of a case, each once. A phase that leases addresses and prefixes has two rows, which share one answer
 * and its latency.
 */
function phasesOnce({ phases }: CaseResult): { phase: PhaseResult; index: number }[] {
  return phases
    .map((phase, index) => ({ phase, index }))
    .filter(({ phase, index }) => isFirstOfItsName(phase, index, phases));
}

function percentileRows(one: CaseResult): PercentileRow[] {
  const lateness = one.schedule?.latenessMs;
  return [
    ...phasesOnce(one).flatMap(({ phase }) =>
      phase.latencyMs === null ? [] : percentileRow(phase.name, phase.latencyMs, missedText(phase)),
    ),
    ...(lateness === undefined ? [] : percentileRow('starts late', lateness)),
  ];
}

function percentileRow(label: string, { p50, p90, p99, p999, max }: Percentiles, note = ''): PercentileRow[] {
  if (p50 === null || p90 === null || p99 === null || max === null) return [];
  return [
    {
      label,
      ...(note === '' ? {} : { note }),
      p50,
      p90,
      p99,
      ...(typeof p999 === 'number' ? { p999 } : {}),
      max,
    },
  ];
}

function casePanel(one: CaseResult, range: Range): Markup {
  const rows = percentileRows(one);
  const drawing =
    rows.length === 0
      ? html`<p>No answers, no latency.</p>`
      : percentileChart(`${one.name}: latency in milliseconds`, rows, range);
  return panel(one.name, drawing, rows.length === 0 ? undefined : percentileLegend());
}

function latencyTable(cases: readonly CaseResult[]): Markup {
  const columns = [
    ...['case', 'phase', 'server'].map((head) => ({ head })),
    ...['p50 ms', 'p90 ms', 'p99 ms', 'p99.9 ms', 'longest ms', 'answered'].map((head) => ({
      head,
      figures: true,
    })),
  ];
  const rows = cases.flatMap((one, caseIndex) => [
    ...phasesOnce(one).flatMap(({ phase, index }) => {
      const path = phasePath(caseIndex, index);
      const all = cells(phase.latencyMs, `${path}.latencyMs`);
      return [
        [one.name, phase.name, 'all', ...all],
        ...phase.perServer.map(({ name, latencyMs }, i) => [
          one.name,
          phase.name,
          name,
          ...cells(latencyMs, `${path}.perServer.${i}.latencyMs`),
        ]),
      ];
    }),
    ...latenessRow(one, `cases.${caseIndex}.schedule`),
  ]);
  return table({ label: 'Latency by phase and server', columns, rows });
}

function latenessRow({ name, schedule }: CaseResult, path: string): Cell[][] {
  if (schedule?.latenessMs === undefined) return [];
  const { starts, latenessMs } = schedule;
  const made: Cell = { shown: count(starts), value: starts, path: `${path}.starts` };
  return [[name, 'starts late', 'all', ...percentileCells(latenessMs, `${path}.latenessMs`), made]];
}

function percentileCells(percentiles: Percentiles | null, path: string): Cell[] {
  return (['p50', 'p90', 'p99', 'p999', 'max'] as const).map((name) => {
    const value = percentiles?.[name];
    if (value === undefined) return milliseconds(null);
    return { shown: milliseconds(value), value, path: `${path}.${name}` };
  });
}

function cells(latency: Latency | null, path: string): Cell[] {
  const value = latency?.answered ?? null;
  const answered = { shown: count(value), value, path: latency === null ? '' : `${path}.answered` };
  return [...percentileCells(latency, path), answered];
}
