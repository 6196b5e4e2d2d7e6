import type { CaseResult, Result } from '../../result.js';
import {
  percentileChart,
  percentileLegend,
  rangeOf,
  type PercentileRow,
  type Range,
} from '../charts/percentiles.js';
import { panel } from '../charts/svg.js';
import { phasePath, type PhaseResult } from '../input.js';
import { html, type Markup } from '../markup.js';
import { count, milliseconds, plural } from '../numbers.js';
import { table, type Cell } from '../table.js';
import type { Section } from './section.js';

type Latency = NonNullable<PhaseResult['latencyMs']>;

/** Latency of every phase; absent where a source of others tells no times. */
export function latency({ cases }: Result): Section | undefined {
  if (cases.every(({ phases }) => phases.every(({ latencyMs }) => latencyMs === null))) return undefined;
  const range = rangeOf(cases.flatMap(percentileRows));
  return {
    id: 'latency',
    title: 'Latency',
    content: [
      html`<div class="panels">${cases.map((one) => casePanel(one, range))}</div>`,
      html`<p class="note">
        From the time a message was due to its answer, all attempts. Timeouts have no latency: their number
        stands beside.
      </p>`,
      html`<details>
        <summary>Percentiles by phase and server</summary>
        ${latencyTable(cases)}
      </details>`,
    ],
  };
}

/** An address and a prefix of one message are answered together. */
function phasesOnce({ phases }: CaseResult): { phase: PhaseResult; index: number }[] {
  return phases
    .map((phase, index) => ({ phase, index }))
    .filter(({ phase }, i) => phases.findIndex(({ name }) => name === phase.name) === i);
}

function percentileRows(one: CaseResult): PercentileRow[] {
  return phasesOnce(one).flatMap(({ phase: { name, latencyMs } }) => {
    if (latencyMs === null) return [];
    const { p50, p90, p99, max, timeouts } = latencyMs;
    if (p50 === null || p90 === null || p99 === null || max === null) return [];
    const label = timeouts === 0 ? name : `${name}, ${plural(timeouts, 'timeout')}`;
    return [{ label, p50, p90, p99, max }];
  });
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
    ...['p50 ms', 'p90 ms', 'p99 ms', 'longest ms', 'answered', 'timeouts'].map((head) => ({
      head,
      figures: true,
    })),
  ];
  const rows = cases.flatMap((one, caseIndex) =>
    phasesOnce(one).flatMap(({ phase, index }) => {
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
  );
  return table({ label: 'Latency by phase and server', columns, rows });
}

function cells(latency: Latency | null, path: string): Cell[] {
  const ms = (name: 'p50' | 'p90' | 'p99' | 'max') => {
    const value = latency?.[name] ?? null;
    return { shown: milliseconds(value), value, path: latency === null ? '' : `${path}.${name}` };
  };
  const number = (name: 'answered' | 'timeouts') => {
    const value = latency?.[name] ?? null;
    return { shown: count(value), value, path: latency === null ? '' : `${path}.${name}` };
  };
  return [ms('p50'), ms('p90'), ms('p99'), ms('max'), number('answered'), number('timeouts')];
}
