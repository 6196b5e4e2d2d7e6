import type { CaseResult } from '../../../results/case.js';
import type { Result } from '../../../results/result.js';
import { lineChart, lineLegend, type Line } from '../charts/lines.js';
import { panel } from '../charts/svg.js';
import { spanText, type TimeAxis } from '../charts/time-axis.js';
import { timeAxisOf } from '../faults/axis.js';
import { html, type Content } from '../markup.js';
import { count } from '../../words/numbers.js';
import type { Section } from './section.js';

type SeriesResult = NonNullable<CaseResult['series']>;

/** The offered and the achieved rate over the time of the run. Absent if no times are known. */
export function rate(result: Result): Section | undefined {
  const { cases } = result;
  const axis = timeAxisOf(result);
  if (cases.every(({ series }) => series === null || series === undefined)) return undefined;
  return {
    id: 'rate',
    title: 'Offered and achieved rate',
    content: [
      html`<div class="panels">${cases.map((one) => casePanel(one, axis))}</div>`,
      html`<p class="note">
        Per second, all servers of the case together. Offered: exchanges due to start. Started: exchanges that
        started. Leases: clients that were given a lease, also in a later attempt after a refusal. Refusals: requests
        that a server refused, such as those that lost a race. The load begins
        and ends within a second, so the first and the last second are not whole.
      </p>`,
    ],
  };
}

function casePanel({ name, series }: CaseResult, axis: TimeAxis): Content {
  if (series === null || series === undefined) return null;
  const seconds = series.bucketMs / 1_000;
  const aSecond = (counts: readonly number[]) => counts.map((one) => one / seconds);
  const lines: Line[] = [
    ...(series.offered === null
      ? []
      : [{ name: 'offered', values: aSecond(series.offered), look: 'dashed' as const }]),
    { name: 'started', values: aSecond(series.started), look: 'solid' },
    { name: 'leases', values: aSecond(series.leases), look: 'dotted' },
    ...(series.refusals?.some((refused) => refused > 0) === true
      ? [{ name: 'refusals', values: aSecond(series.refusals), look: 'alarming' as const }]
      : []),
  ];
  const drawing = lineChart({
    label: `${name}: exchanges offered, started and leased a second`,
    lines,
    axis,
    bucketMs: series.bucketMs,
    titleOf: (bucket, fromMs, untilMs) => `${spanText(fromMs, untilMs)}: ${bucketText(series, bucket)}`,
  });
  return panel(name, drawing, lineLegend(lines, axis));
}

/** Such as `30 offered, 30 started, 28 leases; 75 messages, 74 answers`. */
function bucketText(series: SeriesResult, bucket: number): string {
  const of = (counts: readonly number[]) => count(counts[bucket] ?? 0);
  const offered = series.offered === null ? '' : `${of(series.offered)} offered, `;
  return (
    `${offered}${of(series.started)} started, ${of(series.leases)} leases` +
    `${series.refusals === undefined ? '' : `, ${of(series.refusals)} refusals`}; ` +
    `${of(series.requests)} messages, ${of(series.answers)} answers`
  );
}
