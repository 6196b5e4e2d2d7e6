import { meaningOf } from '../../results/run-outcome.js';
import type { TrendGroup } from '../trend-schema.js';
import { html, type Content } from '../../report/html/markup.js';
import { plural } from '../../report/words/numbers.js';
import type { Section } from '../../report/html/sections/section.js';
import { lookOf } from '../../suite/html/light.js';
import { nightsOf } from './nights.js';
import { dataId, groupName, linkTo, moment, wholeName } from './parts.js';
import { placesOf } from './places.js';
import { runData } from './run-data.js';
import { runsList } from './runs-list.js';
import { charts } from './series-charts.js';

/**
 * With fewer runs than this, a series has no charts: two values say whether something changed, but not what is usual.
 */
export const ENOUGH_FOR_CHARTS = 3;

/**
 * The section of a series: a scenario with the same settings, run by run.
 *
 * @param room how many rows of its runs the document has room for, and whether it has room for its calendar
 */
export function series(group: TrendGroup, id: string, room: { rows: number; calendar: boolean }): Section {
  const isDrawn = group.runs.length >= ENOUGH_FOR_CHARTS;
  const places = isDrawn ? placesOf(group.runs) : [];
  const all = group.runs.map((run) => ({ run })).reverse();
  return {
    id,
    title: groupName(group),
    content: [
      wholeName(group),
      redText(group),
      isDrawn ? [room.calendar && nightsOf(group), charts(group, places, dataId(id))] : null,
      turns(group),
      runsList(all, id, room.rows),
      runData(all, places, id),
    ],
  };
}

/** The runs of all series that have too few of them for a section of their own. Absent if there are none. */
export function shortSeries(groups: readonly TrendGroup[], rows: number): Section | undefined {
  if (groups.length === 0) return undefined;
  const all = groups
    .flatMap((group) => group.runs.map((run) => ({ run, series: groupName(group) })))
    .sort((one, other) => (one.run.startedAt < other.run.startedAt ? 1 : -1));
  return {
    id: SHORT_SERIES,
    title: 'Series of one or two runs',
    content: [
      html`<p>
        ${plural(groups.length, 'series', 'series')}: too few runs for charts. The overview has the newest run of each.
      </p>`,
      runsList(all, SHORT_SERIES, rows),
      runData(all, [], SHORT_SERIES),
    ],
  };
}

export const SHORT_SERIES = 'short-series';

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
