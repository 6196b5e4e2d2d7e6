import { html, type Markup } from '../../report/html/markup.js';
import type { Section } from '../../report/html/sections/section.js';
import { table, type Cell } from '../../report/html/table.js';
import { count, plural } from '../../report/words/numbers.js';
import { outcomeMark, shownLook, signOf } from '../../suite/html/light.js';
import { linkTo, moment, shortText, shownLight } from '../html/parts.js';
import { seriesName } from '../names.js';
import type { TrendGroup, TrendRun } from '../trend-schema.js';

/** The most runs of a scenario that its row links to. */
const LINKED = 20;
/** So many characters of a name are shown, and find its rows. */
const FOUND_BY = 80;
/** The most rows that are shown without being asked for. */
const OPEN_UP_TO = 12;

/** A row for each series of runs: how many ended how, and the newest of them with links. */
export function byScenario(groups: readonly TrendGroup[]): Section | undefined {
  if (groups.length === 0) return undefined;
  const columns = [
    { head: 'scenario' },
    { head: 'newest' },
    { head: 'outcome' },
    ...['runs', 'good', 'red', "can't tell"].map((head) => ({ head, figures: true })),
    { head: 'red since' },
    { head: `the newest ${LINKED}, the newest first`, wraps: true },
  ];
  const drawing = table({ label: 'By scenario', columns, rows: groups.map(row) });
  return {
    id: 'scenarios',
    title: 'By scenario and settings',
    content:
      groups.length <= OPEN_UP_TO
        ? drawing
        : html`<details>
            <summary>${plural(groups.length, 'series', 'series')} of runs, with the newest of each</summary>
            ${drawing}
          </details>`,
  };
}

function row(group: TrendGroup): Cell[] {
  const { name, runs, redSince } = group;
  const newest = [...runs].reverse();
  const [last] = newest;
  const first = redSince === null ? undefined : runs[redSince];
  const having = (light: 'good' | 'red' | 'open'): Cell => {
    const number = runs.filter((run) => shownLight(run) === light).length;
    return { shown: count(number), value: number, path: '' };
  };
  return [
    // With scripts the link fills in the filter.
    html`<a href="#everything" data-find="${name.slice(0, FOUND_BY - 1)}">${shortText(seriesName(group), FOUND_BY)}</a>`,
    last === undefined ? '' : linkTo(last, moment(last)),
    last === undefined ? '' : outcomeMark(last.outcome),
    { shown: count(runs.length), value: runs.length, path: '' },
    having('good'),
    having('red'),
    having('open'),
    first === undefined ? '' : linkTo(first, moment(first)),
    html`<span class="strip">${newest.slice(0, LINKED).map(sign)}</span>`,
  ];
}

/** The sign of a run's outcome, as a link to its page. */
function sign(run: TrendRun): Markup {
  const { link, outcome, why } = run;
  const title = `${moment(run)} ${outcome}${why === '' ? '' : `: ${why}`}`;
  const content = html`<span class="${shownLook(outcome)}">${signOf(outcome)}</span>`;
  return link === null
    ? html`<span title="${title}">${content}</span>`
    : html`<a href="${link}" title="${title}" aria-label="${title}">${content}</a>`;
}
