import { html, type Markup } from '../../report/html/markup.js';
import type { Section } from '../../report/html/sections/section.js';
import { SIGNS } from '../../report/html/sections/verdict.js';
import { table, type Cell } from '../../report/html/table.js';
import { plural } from '../../report/words/numbers.js';
import { moment, shortText, tookCell } from '../html/parts.js';
import { OVERVIEW_LINES, overviewCell } from '../html/overview-lines.js';
import type { ListEntry } from './entries.js';

/** The name of an entry with its link, such as `suite all`. A run needs no word for what it is. */
export function nameOf({ kind, name, link }: ListEntry): Markup {
  const shown = shortText(name);
  const linked = link === null ? html`${shown}` : html`<a href="${link}">${shown}</a>`;
  return kind === 'run' ? linked : html`${kind} ${linked}`;
}

/** The longest text of a row; the page that it links to has all of it. */
export const WORST_CHARACTERS = 240;

/** Every entry in a row. `listing.js` adds a filter, and then hides the runs of suites until they are asked for. */
export function everything(entries: readonly ListEntry[]): Section {
  const columns = [
    { head: 'started' },
    ...['outcome', 'what', 'the worst'].map((head) => ({ head, wraps: true })),
    ...OVERVIEW_LINES.map(({ overview }) => ({ ...overview, figures: true })),
    { head: 'took', figures: true },
  ];
  return {
    id: 'everything',
    title: `Everything, the newest first: ${plural(entries.length, 'entry', 'entries')}`,
    content: html`<div class="listing">
      ${controls()} ${table({ label: 'Everything', columns, rows: entries.map(row) })}
    </div>`,
  };
}

function row(entry: ListEntry): Cell[] {
  const { partOf, look, word, worst, figures, startedAt } = entry;
  return [
    moment({ startedAt }),
    html`<span class="${look}">${look === 'neutral' ? '–' : SIGNS[look]} ${word}</span>`,
    partOf === null
      ? nameOf(entry)
      : html`${nameOf(entry)} <small class="in-suite">in ${shortText(partOf)}</small>`,
    shortText(worst, WORST_CHARACTERS),
    ...OVERVIEW_LINES.map((line) =>
      figures.length === 0 ? '' : overviewCell(figures, line, look === 'fail'),
    ),
    entry.seconds === null && entry.kind !== 'run' && entry.kind !== 'comparison'
      ? 'unknown'
      : tookCell(entry),
  ];
}

/** Without scripts there is nothing to control, so they are hidden. */
function controls(): Markup {
  return html`<p class="controls" hidden>
    <label>Find <input type="search" class="find" placeholder="scenario, check, …" /></label>
    <label
      >Outcome
      <select class="outcomes">
        <option value="">all</option>
        <option value="fail">red</option>
        <option value="inconclusive">can't tell</option>
        <option value="pass">good</option>
      </select></label
    >
    <label><input type="checkbox" class="with-members" /> runs of suites too</label>
    <span class="found" role="status"></span>
  </p>`;
}
