import type { CaseResult } from '../../../results/case.js';
import { byLife, PHASES, type Phase } from '../../../protocol/phases.js';
import { heatChart, heatLegend } from '../charts/heat.js';
import { lineChart, lineLegend, type Line } from '../charts/lines.js';
import { panel } from '../charts/svg.js';
import { spanText, type TimeAxis } from '../charts/time-axis.js';
import { html, type Content, type Markup } from '../markup.js';
import { milliseconds, plural } from '../../words/numbers.js';

type LatencySeries = NonNullable<NonNullable<CaseResult['series']>['latency']>;
type OfPhase = LatencySeries['phases'][number];

/** A bucket with fewer answers has no percentiles to speak of, so it gets dots. */
const ENOUGH = 20;

/**
 * The latency of the phases, and the lateness of starts, over the time of the run: for each case one chart of percentiles,
 * and a heat map of each phase beside it. Null if no times are known.
 */
export function latencyOverTime(cases: readonly CaseResult[], axis: TimeAxis): Markup | null {
  const known = cases.flatMap(({ name, series }) =>
    series?.latency === undefined
      ? []
      : [{ name, latency: { ...series.latency, phases: inOrder(series.latency.phases) } }],
  );
  if (known.length === 0) return null;
  const isFew = known.some(({ latency }) => latency.phases.some(hasFew));
  return html`<h3>Over time</h3>
    ${known.map(
      // Each case begins a row of its own.
      ({ name, latency }) =>
        html`<div class="panels">${percentiles(name, latency, axis)}${heatMaps(name, latency, axis)}</div>`,
    )}
    <p class="note">
      Milliseconds, by the time at which the messages were due.${
        isFew ? ` Dots instead of lines: most seconds have fewer than ${ENOUGH} answers.` : ''
      }
    </p>`;
}

/** A result of a later version may name phases that this one does not know. They come last. */
function inOrder(phases: readonly OfPhase[]): OfPhase[] {
  const known = phases.filter((one) => isPhase(one.name));
  const others = phases.filter((one) => !isPhase(one.name));
  return [...known.sort((one, other) => byLife(one.name as Phase, other.name as Phase)), ...others];
}

function isPhase(name: string): name is Phase {
  return (PHASES as readonly string[]).includes(name);
}

/** Half and 99% of each phase, laid over each other, and the starts that were late. */
function percentiles(name: string, { bucketMs, phases, lateness }: LatencySeries, axis: TimeAxis): Content {
  const lines: Line[] = [
    ...phases.flatMap((phase, colour): Line[] => {
      const common = { colour, asDots: hasFew(phase) };
      return [
        { ...common, name: `${phase.name} 99%`, values: phase.p99, look: 'dotted' },
        { ...common, name: 'half', values: phase.p50, look: 'solid' },
      ];
    }),
    ...(lateness === null
      ? []
      : [{ name: 'starts late, 99%', values: lateness.p99, look: 'dashed' as const }]),
  ];
  const drawing = lineChart({
    label: `${name}: latency of each phase in milliseconds over time`,
    lines,
    axis,
    bucketMs,
    logarithmic: true,
    titleOf: (bucket, fromMs, untilMs) => {
      const texts = phases.flatMap(({ name: phase, p50, p99, max }) =>
        (max[bucket] ?? null) === null
          ? []
          : [`${phase} half within ${ms(p50[bucket])}, 99% ${ms(p99[bucket])}, longest ${ms(max[bucket])}`],
      );
      return `${spanText(fromMs, untilMs)}: ${texts.join('; ') || 'none'}`;
    },
  });
  return panel(name, drawing, lineLegend(lines, axis));
}

function heatMaps(name: string, { bucketMs, bandEndsMs, phases }: LatencySeries, axis: TimeAxis): Content[] {
  const cells = phases.flatMap(({ bands = [] }) =>
    bands.flatMap(([first, ...counts]) =>
      first === undefined ? [] : [{ first, last: first + counts.length - 1 }],
    ),
  );
  if (bandEndsMs === undefined || cells.length === 0) return [];
  const bands = {
    first: Math.min(...cells.map(({ first }) => first)),
    last: Math.max(...cells.map(({ last }) => last)),
  };
  return phases.flatMap((phase) => {
    const { bands: buckets } = phase;
    if (buckets === undefined) return [];
    const most = Math.max(1, ...buckets.flatMap(([, ...counts]) => counts));
    const drawing = heatChart({
      label: `${name} ${phase.name}: how many answers took how many milliseconds, over time`,
      ...{ axis, bucketMs, bandEndsMs, buckets, bands, most },
      titleOf: (bucket, fromMs, untilMs) =>
        `${spanText(fromMs, untilMs)}: ${plural(answersIn(phase, bucket), 'answer')}, the longest after ${ms(phase.max[bucket])}`,
    });
    const answers = buckets.reduce((sum, _, bucket) => sum + answersIn(phase, bucket), 0);
    return [panel(`${name} ${phase.name}, ${plural(answers, 'answer')}`, drawing, heatLegend(most))];
  });
}

/** Whether most buckets that have answers have few. */
function hasFew(phase: OfPhase): boolean {
  const answers = (phase.bands ?? []).map((_, bucket) => answersIn(phase, bucket)).filter((one) => one > 0);
  return answers.filter((one) => one < ENOUGH).length > answers.length / 2;
}

function answersIn({ bands }: OfPhase, bucket: number): number {
  const [, ...counts] = bands?.[bucket] ?? [];
  return counts.reduce((sum, one) => sum + one, 0);
}

function ms(value: number | null | undefined): string {
  return `${milliseconds(value ?? null)} ms`;
}
