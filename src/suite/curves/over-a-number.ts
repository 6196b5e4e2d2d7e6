import { curveChart, curveLegend, type Curve, type CurveAxis } from '../../report/html/charts/curves.js';
import { panel } from '../../report/html/charts/svg.js';
import { html, type Markup } from '../../report/html/markup.js';
import { milliseconds, ratio } from '../../report/words/numbers.js';
import { latencies, rangeOfAll } from './latencies.js';
import { answeredPerServer, linesOf, PICTURED, type PicturedFigure } from './figures.js';
import type { CaseRun, CaseRuns, SideBySideRuns } from './model.js';
import { shownValue, unseenText, withFigures } from './shown.js';

/** Curves over the rate or the number that the runs differ in: one a case, and for latencies one a percentile. */
export function curves(runs: SideBySideRuns): Markup {
  const axis = axisOf(runs);
  const { seen } = withFigures(runs, PICTURED);
  return html`<div class="panels">
      ${runs.over === 'rate' ? answeredInTime(runs, axis) : null}
      ${seen.map((figure) => figurePanel(figure, runs, axis))}
    </div>
    <h3>Latency, ms</h3>
    <div class="panels">${latencyPanels(runs, axis)}</div>
    <p class="note">${noteOf(runs)}</p>`;
}

function axisOf({ over, suite, cases }: SideBySideRuns): CurveAxis {
  const values = [...new Set(cases.flatMap(({ runs }) => runs.map(({ at }) => at)))].sort((a, b) => a - b);
  return over === 'rate'
    ? { unit: 'offered a second, each server', values }
    : { unit: suite, values, isEven: true };
}

/** Of the rate that was meant to be started, the part that may be missing without a line of its own. */
const LEAST_STARTED = 0.99;

/**
 * Offered against answered: what is missing below the line of the offered rate, the servers did not answer in time. What was
 * started has lines only where the harness did not start all, as they would hide the others.
 */
function answeredInTime(runs: SideBySideRuns, axis: CurveAxis): Markup {
  const offered: Curve = { name: 'offered', points: axis.values.map((at) => ({ at, value: at })) };
  const answered = curvesOf(runs.cases, answeredPerServer);
  const isStarted = ({ at, of }: CaseRun) => (of.exchanges?.achievedPerServer ?? at) >= LEAST_STARTED * at;
  const behind = runs.cases.filter((one) => !one.runs.every(isStarted));
  const started = curvesOf(behind, ({ of }) => of.exchanges?.achievedPerServer ?? null).map(
    ({ name, points }): Curve => ({ name: `${name}, started`, points }),
  );
  return figure(
    'Offered, and answered in time',
    'first attempts a second on each server',
    axis,
    [...answered, offered, ...started],
    {
      textOf: (value) => `${ratio(value)} a second`,
    },
  );
}

function figurePanel(pictured: PicturedFigure, runs: SideBySideRuns, axis: CurveAxis): Markup {
  const { title, meaning, unit, valueOf } = pictured;
  const { mostUnanswered: most } = runs;
  const threshold =
    most === undefined || pictured.isLimited !== true ? undefined : { value: most, text: `${most}%` };
  return figure(title, meaning, axis, curvesOf(linesOf(runs, pictured), valueOf), {
    threshold,
    textOf: (value) => shownValue(value, unit),
  });
}

function figure(
  title: string,
  meaning: string,
  axis: CurveAxis,
  those: readonly Curve[],
  {
    threshold,
    textOf,
  }: { threshold?: { value: number; text: string } | undefined; textOf: (value: number) => string },
): Markup {
  const drawing = curveChart({
    label: `${meaning}, over ${axis.unit}`,
    axis,
    curves: those,
    threshold,
    titleOf: (at) =>
      `${at}: ${those.flatMap((curve) => saidAt(curve, at, textOf)).join(', ') || 'not known'}`,
  });
  return panel(title, drawing, legend(those));
}

function saidAt({ name, points }: Curve, at: number, textOf: (value: number) => string): string[] {
  const values = points.flatMap((point) =>
    point.at === at && point.value !== null ? [textOf(point.value)] : [],
  );
  return values.length === 0 ? [] : [`${name} ${values.join(' and ')}`];
}

function curvesOf(lines: readonly CaseRuns[], valueOf: (run: CaseRun) => number | null): Curve[] {
  return lines.map(({ name, runs, highest }) => ({
    name,
    points: runs.map((run) => ({ at: run.at, value: valueOf(run), isOpen: run.isOpen })),
    markedAt: highest,
  }));
}

function latencyPanels(runs: SideBySideRuns, axis: CurveAxis): Markup[] {
  const range = rangeOfAll(runs);
  return runs.cases.flatMap((one) => latencies(one).map((phase) => latencyPanel(one, phase, axis, range)));
}

function latencyPanel(
  { name, highest }: CaseRuns,
  { phase, percentiles }: ReturnType<typeof latencies>[number],
  axis: CurveAxis,
  range: { least: number; most: number },
): Markup {
  const those = percentiles.map(({ name: part, points }, index) => ({
    name: part,
    points,
    markedAt: index === 0 ? highest : undefined,
  }));
  const drawing = curveChart({
    label: `${name} ${phase}: latency in milliseconds, over ${axis.unit}`,
    axis,
    curves: those,
    logarithmic: range,
    titleOf: (at) =>
      `${at}: ${those.flatMap((curve) => saidAt(curve, at, (value) => `${milliseconds(value)} ms`)).join(', ') || 'no answers'}`,
  });
  return panel(`${name} ${phase}`, drawing, legend(those));
}

function legend(those: readonly Curve[]): Markup {
  return curveLegend(those, {
    marked: 'highest rate that held',
    open: "can't tell, or not driven",
  });
}

function noteOf(runs: SideBySideRuns): string {
  const unseen = unseenText(runs, PICTURED);
  const meaning =
    'An exchange is answered in time if DISCOVER or SOLICIT and REQUEST are, with a lease or a refusal. Refusals, offers and latencies are those of all servers together. From the time a message was due to its answer, all attempts; charts of latency have one scale.';
  return unseen === '' ? meaning : `${unseen} ${meaning}`;
}
