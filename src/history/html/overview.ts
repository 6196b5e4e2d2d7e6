import { meaningOf } from '../../results/run-outcome.js';
import { LAPSES_AFTER_DAYS, type Trend, type TrendGroup, type TrendRun } from '../trend-schema.js';
import { html, type Markup } from '../../report/html/markup.js';
import { count, plural } from '../../report/words/numbers.js';
import type { Section } from '../../report/html/sections/section.js';
import { SIGNS } from '../../report/html/sections/verdict.js';
import { outcomeMark } from '../../suite/html/light.js';
import { table, type Cell } from '../../report/html/table.js';
import { OVERVIEW_LINES, overviewCell } from './overview-lines.js';
import { groupName, isRed, linkTo, moment, shortText, shownLight } from './parts.js';

/** The first screen: whether any series is red. */
export function trendHeader({ groups, searchedRates }: Trend): Markup {
  const current = groups.filter(({ lapsed }) => !lapsed);
  const red = groups.filter(isRed);
  const open = current.filter((group) => shownLight(lastOf(group)) === 'open');
  const look = red.length > 0 ? 'fail' : open.length > 0 ? 'inconclusive' : 'pass';
  const word = { fail: 'RED', inconclusive: "CAN'T TELL", pass: 'GOOD' }[look];
  const runs = groups.flatMap((group) => group.runs).sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const [first] = runs;
  const last = runs.at(-1);
  const span = first === undefined || last === undefined ? '' : `, ${day(first)} to ${day(last)}`;
  return html`<header class="${look}">
    <p class="verdict">
      <strong><span aria-hidden="true">${SIGNS[look]}</span> ${word}</strong>
    </p>
    <div>
      <h1>${sentence(current, red, open)}</h1>
      <p class="meta">${plural(runs.length, 'run')}${span}${searchedText(searchedRates)}${lapsedText(groups)}</p>
    </div>
  </header>`;
}

function sentence(
  groups: readonly TrendGroup[],
  red: readonly TrendGroup[],
  open: readonly TrendGroup[],
): string {
  if (groups.length === 0) return 'No run was found';
  if (red.length === 0 && open.length > 0)
    return `The newest run can't tell in ${count(open.length)} of ${plural(groups.length, 'series', 'series')}: ${open.map(groupName).join('; ')}. Nothing is red`;
  if (red.length === 0) return `Nothing is red in ${plural(groups.length, 'series', 'series')} of runs`;
  return `${count(red.length)} of ${plural(groups.length, 'series', 'series')} of runs: ${red.map(groupName).join('; ')}`;
}

/** Such as `; 6 more runs are rates that find-limit tried, which form no series`. */
export function searchedText(rates: number): string {
  if (rates === 0) return '';
  const said = rates === 1 ? '1 more run is a rate' : `${count(rates)} more runs are rates`;
  return `; ${said} that find-limit tried, which form no series`;
}

/** Such as `; 2 more series were not run in the last 7 days of this period, 1 of them red`. */
export function lapsedText(groups: readonly TrendGroup[]): string {
  const lapsed = groups.filter((group) => group.lapsed);
  if (lapsed.length === 0) return '';
  const red = lapsed.filter(({ redSince }) => redSince !== null).length;
  const said = `${count(lapsed.length)} more series ${lapsed.length === 1 ? 'was' : 'were'} not run in the last ${LAPSES_AFTER_DAYS} days of this period`;
  return `; ${said}${red === 0 ? '' : `, ${count(red)} of them red`}`;
}

function day({ startedAt }: TrendRun): string {
  return startedAt.slice(0, 10);
}

function lastOf({ runs }: TrendGroup): TrendRun {
  const last = runs.at(-1);
  if (last === undefined) throw new RangeError('a group without a run');
  return last;
}

/** So much of a name leaves room for the figures. */
const CELL_CHARACTERS = 60;

/** A row for each series, with its last run. */
export function overview(groups: readonly TrendGroup[], ids: ReadonlyMap<TrendGroup, string>): Section {
  const hasRed = groups.some(({ redSince }) => redSince !== null);
  const columns = [
    ...['outcome', 'conformance', 'reproduction', 'series', ...(hasRed ? ['red since'] : []), 'last run'].map(
      (head) => ({ head }),
    ),
    { head: 'runs', figures: true },
    ...OVERVIEW_LINES.map(({ overview }) => ({ ...overview, figures: true })),
  ];
  const rows = groups.map((group): Cell[] => {
    const last = lastOf(group);
    const first = group.redSince === null ? undefined : group.runs[group.redSince];
    const { figures } = last;
    const bad = meaningOf(last.outcome).light === 'red';
    return [
      outcomeMark(last.outcome),
      last.verdict ?? '–',
      last.reproduction ?? '–',
      html`<a href="#${ids.get(group) ?? ''}">${shortText(group.name, CELL_CHARACTERS)}</a>${group.settings === '' ? null : html` <small>${shortText(group.settings, 2 * CELL_CHARACTERS)}</small>`}`,
      ...(hasRed ? [first === undefined ? '' : linkTo(first, moment(first))] : []),
      group.lapsed ? html`not run since ${linkTo(last, moment(last))}` : linkTo(last, moment(last)),
      { shown: count(group.runs.length), value: group.runs.length, path: '' },
      ...OVERVIEW_LINES.map((line) => overviewCell(figures, line, bad)),
    ];
  });
  return { id: 'overview', title: 'Overview', content: table({ label: 'Every scenario', columns, rows }) };
}
