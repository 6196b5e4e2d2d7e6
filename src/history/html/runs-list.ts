import { HISTORY_LINES } from '../lines.js';
import { historyValue } from '../trend-schema.js';
import { html, type Content, type Markup } from '../../report/html/markup.js';
import { count, plural } from '../../report/words/numbers.js';
import { outcomeMark } from '../../suite/html/light.js';
import { table } from '../../report/html/table.js';
import { dataId, HISTORY_TEXT, linkTo, moment, tookText, type ListedRun } from './parts.js';

/**
 * A table of runs. The document has the newest of them; `history.js` shows all of them, page by page, from their data.
 *
 * @param all the newest first
 * @param rows how many rows the document has room for; the newest run is always there
 */
export function runsList(all: readonly ListedRun[], id: string, rows: number): Markup {
  const isOfSeveral = all.some(({ series }) => series !== undefined);
  const columns = [
    ...(isOfSeveral ? [{ head: 'series' }] : []),
    // The case comes early: two rows of a run would look the same without it.
    ...['started', 'case', 'run', 'outcome', 'conformance', 'reproduction'].map((head) => ({ head })),
    ...HISTORY_LINES.map(({ head, hint }) => ({
      head,
      figures: true,
      ...(hint === undefined ? {} : { title: hint }),
    })),
    { head: 'took', figures: true },
  ];
  const first = newest(all, rows);
  return html`<details class="runs" data-runs="${dataId(id)}">
    <summary>${plural(all.length, 'run')}, the newest first${rowsText(all)}</summary>
    <p class="controls" hidden>
      <label>Find <input type="search" class="find" placeholder="date, run, case, why" /></label>
      <span class="found" role="status">${count(first.length)} of ${plural(all.length, 'run')}</span>
      <button type="button" class="back">← Back</button>
      <button type="button" class="on">On →</button>
    </p>
    ${table({ label: `Every run${isOfSeveral ? ' of these series' : ''}`, columns, rows: first.flatMap(rowsOf) })}
    ${
      first.length === all.length
        ? null
        : html`<noscript><p class="note">Without scripts, only the newest are here.</p></noscript>`
    }
  </details>`;
}

/** Such as `: 27 rows, one for each case of a run`. Nothing where each run has one row. */
function rowsText(all: readonly ListedRun[]): string {
  const rows = all.reduce((sum, { run }) => sum + Math.max(1, run.figures.length), 0);
  return rows === all.length ? '' : `: ${plural(rows, 'row')}, one for each case of a run`;
}

function newest(all: readonly ListedRun[], rows: number): readonly ListedRun[] {
  let room = rows;
  const last = all.findIndex(({ run }) => {
    room -= Math.max(1, run.figures.length);
    return room < 0;
  });
  return last < 0 ? all : all.slice(0, Math.max(1, last));
}

function rowsOf({ run, series }: ListedRun): Content[][] {
  const halves = [run.verdict, run.reproduction].map((half) => half ?? '–');
  const head = (of: string): Content[] => [
    ...(series === undefined ? [] : [series]),
    ...[linkTo(run, moment(run)), of, run.name, outcomeMark(run.outcome), ...halves],
  ];
  const took = tookText(run);
  if (run.figures.length === 0) return [[...head(run.why), ...HISTORY_LINES.map(() => ''), took]];
  return run.figures.map((one) => [
    ...head(one.line),
    ...HISTORY_LINES.map(({ key, unit, isViolation }): Content => {
      const value = historyValue(one, key);
      const shown = HISTORY_TEXT[unit](value);
      return isViolation && (value ?? 0) > 0 ? html`<span class="bad">${shown}</span>` : shown;
    }),
    took,
  ]);
}
