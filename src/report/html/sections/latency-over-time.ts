import type { CaseResult } from '../../../results/case.js';
import { lineChart, lineLegend, type Line } from '../charts/lines.js';
import { panel } from '../charts/svg.js';
import { spanText, type TimeAxis } from '../charts/time-axis.js';
import { html, type Content, type Markup } from '../markup.js';
import { milliseconds } from '../numbers.js';

type LatencySeries = NonNullable<NonNullable<CaseResult['series']>['latency']>;
type OverTime = Omit<LatencySeries['phases'][number], 'name'>;

/** The latency of each phase, and the lateness of starts, over the time of the run. Null if no times are known. */
export function latencyOverTime(cases: readonly CaseResult[], axis: TimeAxis): Markup | null {
  const panels = cases.flatMap(({ name, series }) => {
    const latency = series?.latency;
    if (latency === undefined) return [];
    const { bucketMs, phases, lateness } = latency;
    return [
      ...phases.map((phase) => timePanel(`${name} ${phase.name}`, phase, bucketMs, axis)),
      ...(lateness === null ? [] : [timePanel(`${name}: starts late`, lateness, bucketMs, axis)]),
    ];
  });
  if (panels.length === 0) return null;
  return html`<h3>Over time</h3>
    <div class="panels">${panels}</div>
    <p class="note">Milliseconds, by the time at which the messages were due.</p>`;
}

function timePanel(title: string, { p50, p99, max }: OverTime, bucketMs: number, axis: TimeAxis): Content {
  const lines: Line[] = [
    { name: 'longest', values: max, look: 'dashed' },
    { name: '99%', values: p99, look: 'dotted' },
    { name: 'half', values: p50, look: 'solid' },
  ];
  const drawing = lineChart({
    label: `${title}: milliseconds over time`,
    lines,
    axis,
    bucketMs,
    logarithmic: true,
    titleOf: (bucket, fromMs, untilMs) => {
      const span = spanText(fromMs, untilMs);
      if ((max[bucket] ?? null) === null) return `${span}: none`;
      const of = (values: readonly (number | null)[]) => `${milliseconds(values[bucket] ?? null)} ms`;
      return `${span}: half within ${of(p50)}, 99% within ${of(p99)}, longest ${of(max)}`;
    },
  });
  return panel(title, drawing, lineLegend(lines, axis));
}
