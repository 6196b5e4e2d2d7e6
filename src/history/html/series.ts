import { meaningOf } from '../../results/run-outcome.js';
import { HISTORY_LINES, type HistoryLine } from '../lines.js';
import { historyValue, type TrendGroup, type TrendRun } from '../trend-schema.js';
import {
  outcomeChart,
  runChart,
  runLegend,
  type RunAxis,
  type RunLine,
} from '../../report/html/charts/runs.js';
import { panel } from '../../report/html/charts/svg.js';
import { html, type Content, type Markup } from '../../report/html/markup.js';
import { plural } from '../../report/words/numbers.js';
import type { Section } from '../../report/html/sections/section.js';
import { lookOf, outcomeMark } from '../../suite/html/light.js';
import { table, type Cell } from '../../report/html/table.js';
import { nightsOf } from './nights.js';
import { groupName, HISTORY_TEXT, linkTo, moment, tookCell, wholeName } from './parts.js';

/** The section of a series: a scenario with the same settings, run by run. */
export function series(group: TrendGroup, id: string): Section {
  return {
    id,
    title: groupName(group),
    content: [
      wholeName(group),
      redText(group),
      nightsOf(group),
      charts(group),
      turns(group),
      runsTable(group),
    ],
  };
}

function redText({ runs, redSince }: TrendGroup): Content {
  const first = redSince === null ? undefined : runs[redSince];
  if (first === undefined || redSince === null) return null;
  const before = runs.slice(0, redSince).findLast(({ outcome }) => meaningOf(outcome).light === 'good');
  const good =
    before === undefined ? ', never good before' : html`; last good ${linkTo(before, moment(before))}`;
  return html`<p class="red-since">
    Red since ${linkTo(first, moment(first))}${first.why === '' ? '' : `: ${first.why}`}${good}
  </p>`;
}

function charts(group: TrendGroup): Content {
  const { runs } = group;
  const lines = [...new Set(runs.flatMap(({ figures }) => figures.map(({ line }) => line)))];
  const axis: RunAxis = {
    dates: runs.map(({ startedAt }) => startedAt.slice(5, 10)),
    changes: runs.flatMap(({ changes }, index) => (changes.length > 0 ? [index] : [])),
  };
  const outcomes = outcomeChart(
    `${groupName(group)}: how each run ended`,
    runs.map(({ outcome }) => lookOf(outcome)),
    axis,
    (run) => titleOf(runs[run], ''),
  );
  const panels =
    lines.length === 0 ? [] : HISTORY_LINES.map((plotted) => plottedPanel(group, plotted, lines, axis));
  return html`<div class="panels">${panel('Outcome', outcomes, outcomeLegend())}${panels}</div>`;
}

function plottedPanel(
  group: TrendGroup,
  { title, key, unit }: HistoryLine,
  names: readonly string[],
  axis: RunAxis,
): Markup {
  const { runs } = group;
  const valueOf = (run: TrendRun | undefined, name: string): number | null => {
    return historyValue(
      run?.figures.find(({ line }) => line === name),
      key,
    );
  };
  const lines = names.map((name): RunLine => ({ name, values: runs.map((run) => valueOf(run, name)) }));
  const drawing = runChart({
    label: `${groupName(group)}: ${title}`,
    lines,
    axis,
    titleOf: (run) =>
      titleOf(
        runs[run],
        names.map((name) => `${name} ${HISTORY_TEXT[unit](valueOf(runs[run], name))}`).join(', '),
      ),
  });
  return panel(title, drawing, runLegend(lines));
}

/** Such as `2026-11-23 05:44, pass: dhcp4 33.3%; Kea 2.2.0 → 2.6.3; run published-galera/20261123T054400Z`. */
function titleOf(run: TrendRun | undefined, values: string): string {
  if (run === undefined) return '';
  const { outcome, why, changes, name } = run;
  const said = [values, why].filter((text) => text !== '').join('; ');
  const changed = changes.length === 0 ? '' : `; ${changes.join(', ')}`;
  return `${moment(run)}, ${outcome}${said === '' ? '' : `: ${said}`}${changed}; run ${name}`;
}

function outcomeLegend(): Markup {
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
    >`;
}

/** The runs at which the series turned red or good, or a version changed; newest first. */
function turns({ runs }: TrendGroup): Content {
  let light: 'good' | 'red' | undefined;
  const told = runs.flatMap((run) => {
    const now = meaningOf(run.outcome).light;
    const turned = now !== 'open' && light !== undefined && now !== light;
    if (now !== 'open') light = now;
    const texts: Content[] = [
      turned
        ? html`<strong class="${lookOf(run.outcome)}">turned ${now}</strong> (${run.outcome}${run.why === '' ? '' : `: ${run.why}`})`
        : null,
      turned && run.changes.length > 0 ? '; ' : null,
      run.changes.join(', '),
    ];
    return turned || run.changes.length > 0 ? [html`<li>${linkTo(run, moment(run))} ${texts}</li>`] : [];
  });
  if (told.length === 0) return null;
  return html`<h3 class="turns">What changed</h3>
    <ul>
      ${told.reverse()}
    </ul>`;
}

function runsTable({ runs }: TrendGroup): Markup {
  const columns = [
    ...['started', 'run', 'outcome', 'conformance', 'reproduction', 'case'].map((head) => ({ head })),
    ...HISTORY_LINES.map(({ head, hint }) => ({
      head,
      figures: true,
      ...(hint === undefined ? {} : { title: hint }),
    })),
    { head: 'took', figures: true },
  ];
  const rows = [...runs].reverse().flatMap((run): Cell[][] => {
    const halves = [run.verdict, run.reproduction].map((half) => half ?? '–');
    const head = [linkTo(run, moment(run)), run.name, outcomeMark(run.outcome), ...halves];
    const took = tookCell(run);
    if (run.figures.length === 0) return [[...head, run.why, ...HISTORY_LINES.map(() => ''), took]];
    return run.figures.map((one) => [
      ...head,
      one.line,
      ...HISTORY_LINES.map(({ key, unit, isViolation }): Cell => {
        const value = historyValue(one, key);
        return {
          shown: HISTORY_TEXT[unit](value),
          value,
          path: '',
          ...(isViolation ? { bad: (value ?? 0) > 0 } : {}),
        };
      }),
      took,
    ]);
  });
  return html`<details>
    <summary>${plural(runs.length, 'run')}, the newest first</summary>
    ${table({ label: 'Every run', columns, rows })}
  </details>`;
}
