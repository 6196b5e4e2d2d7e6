import { HISTORY_LINES, type HistoryLine } from '../lines.js';
import { historyValue, type TrendGroup, type TrendRun } from '../trend-schema.js';
import {
  outcomeChart,
  runChart,
  runLegend,
  type RunAxis,
  type RunLine,
  type RunTips,
} from '../../report/html/charts/runs.js';
import { panel } from '../../report/html/charts/svg.js';
import { html, type Content, type Markup } from '../../report/html/markup.js';
import { LOOKS } from '../../report/html/sections/verdict.js';
import { plural } from '../../report/words/numbers.js';
import { groupName, moment } from './parts.js';
import { foldedOf, lightOfPlace, summaryOf, type Place } from './places.js';
import { valuesText } from './run-data.js';

/** The charts of a series: its outcomes, and a chart of each figure that is not always 0. */
export function charts(group: TrendGroup, places: readonly Place[], id: string): Content {
  const names = linesOf(group);
  const axis: RunAxis = {
    dates: places.map(([{ startedAt }]) => startedAt.slice(isOfOneYear(group) ? 5 : 0, 10)),
    changes: places.flatMap((place, index) =>
      place.some(({ changes }) => changes.length > 0) ? [index] : [],
    ),
    folded: foldedOf(places),
    runs: group.runs.length,
  };
  const last = group.runs.at(-1);
  const tipsOf = (figure: number | null): RunTips => ({
    ...{ id, figure },
    last:
      last === undefined
        ? ''
        : figure === null
          ? `${moment(last)}, ${last.outcome}`
          : valuesText(last, figure),
  });
  const lights = places.map(lightOfPlace);
  const outcomes = outcomeChart(
    `${groupName(group)}: how each run ended`,
    lights.map((light) => light && LOOKS[light]),
    axis,
    tipsOf(null),
  );
  const plotted = names.length === 0 ? [] : HISTORY_LINES.map((line, figure) => ({ line, figure }));
  const [flat, drawn] = [true, false].map((isFlat) =>
    plotted.filter(({ line }) => isAlwaysNothing(group, line) === isFlat),
  );
  return [
    // One for all charts of the series, as they have the same lines.
    html`<p class="legend">${runLegend(names.map((name) => ({ name })))}${outcomeLegend(lights.includes(undefined))}</p>`,
    html`<div class="panels">
      ${panel('Outcome', outcomes)}
      ${drawn?.map(({ line, figure }) => plottedPanel(group, places, line, names, axis, tipsOf(figure)))}
    </div>`,
    flatNote(flat?.map(({ line }) => line) ?? []),
    foldedNote(places, axis.folded),
  ];
}

function isOfOneYear({ runs }: TrendGroup): boolean {
  return new Set(runs.map(({ startedAt }) => startedAt.slice(0, 4))).size < 2;
}

function linesOf({ runs }: TrendGroup): string[] {
  return [...new Set(runs.flatMap(({ figures }) => figures.map(({ line }) => line)))];
}

/** Whether a figure is 0, or not known, in every run. A chart of it would be empty. */
function isAlwaysNothing({ runs }: TrendGroup, { key }: HistoryLine): boolean {
  return runs.every(({ figures }) => figures.every((one) => (historyValue(one, key) ?? 0) === 0));
}

function flatNote(lines: readonly HistoryLine[]): Content {
  return lines.length === 0
    ? null
    : html`<p class="note">0 in every run, or not known: ${lines.map(({ title }) => title).join(' · ')}</p>`;
}

function foldedNote(places: readonly Place[], folded: number): Content {
  const [first] = places;
  if (folded === 0 || first === undefined) return null;
  return html`<p class="note">
    Left of the thick line, a place stands for up to ${plural(first.length, 'run')}: the band reaches from their least to
    their greatest value, the line goes through the middle one, and one red run makes the mark of the place red. Right of
    it, each run has its own place.
  </p>`;
}

function plottedPanel(
  group: TrendGroup,
  places: readonly Place[],
  { title, key }: HistoryLine,
  names: readonly string[],
  axis: RunAxis,
  tips: RunTips,
): Markup {
  const lines = names.map((name): RunLine => {
    const summaries = places.map((place) => summaryOf(place.map((run) => valueOf(run, name, key))));
    return {
      name,
      values: summaries.map((one) => one?.middle ?? null),
      ranges: summaries.slice(0, axis.folded).map((one) => one?.range ?? null),
    };
  });
  const drawing = runChart({ label: `${groupName(group)}: ${title}`, lines, axis, tips });

  return panel(title, drawing);
}

function valueOf({ figures }: TrendRun, name: string, key: string): number | null {
  return historyValue(
    figures.find(({ line }) => line === name),
    key,
  );
}

function outcomeLegend(hasUnmarked: boolean): Markup {
  const key = (look: 'pass' | 'inconclusive' | 'fail', height: number, text: string) =>
    html`<span class="key"
      ><svg viewBox="0 0 14 14" aria-hidden="true">
        <rect class="outcome ${look}" x="4" y="${14 - height}" width="6" height="${height}" /></svg
      >${text}</span
    >`;
  return html`${key('pass', 5, 'good')}${key('inconclusive', 9, "can't tell")}${key('fail', 14, 'red')}
    <span class="key"
      ><svg viewBox="0 0 14 14" aria-hidden="true"><path class="change" d="M7 0V14" /></svg>a version
      changed</span
    >${hasUnmarked ? html`<span class="key">no mark: not held, or skipped</span>` : null}`;
}
