import type { Check } from '../../text/check-rows.js';
import { busySentence, figureWord, premiseWord } from '../../text/reproduction.js';
import type { Result } from '../../../results/result.js';
import { breakable, html, type Content } from '../markup.js';
import { table } from '../table.js';
import { saidOnce } from '../../words/said-once.js';
import { overCases } from './over-cases.js';
import type { Section } from './section.js';
import { SIGNS } from './verdict.js';

/** The reproduction half of the verdict. Absent if the scenario expects no figures. */
export function reproduction(result: Result): Section | undefined {
  const { reproduction: found } = result;
  if (found === null) return undefined;
  const busy = busySentence(result);
  const premises = saidOnce(found.premises);
  return {
    id: 'reproduction',
    title: `Reproduction: ${found.verdict}`,
    content: [
      html`<p>The scenario expects these figures of the experiment. ${sentence(found.reason)} ${busy}</p>`,
      html`<h3>Expected figures</h3>`,
      figuresTable('Expected figures', found.figures),
      premises.rows.length === 0 ? null : [html`<h3>Premises</h3>`, premisesTable('Premises', premises.rows)],
      causesNote(premises.said),
      html`<p class="note">
        A figure says something about the servers only if every premise was kept. The machine's load does not affect
        conformance.
      </p>`,
    ],
  };
}

/** Expected figures, each with its word, such as `outside`. */
export function figuresTable(label: string, rows: readonly Check[]): Content {
  return rowsTable(label, 'figure', rows, figureWord);
}

/** Premises, each with its word, such as `not kept`. */
export function premisesTable(label: string, rows: readonly Check[]): Content {
  return rowsTable(label, 'premise', rows, premiseWord);
}

/** What was taken out of several rows of the tables before it; nothing if nothing was. */
export function causesNote(said: readonly string[]): Content {
  return said.length === 0
    ? null
    : html`<p class="note">Several rows have one cause: ${said.join('; ')}.</p>`;
}

function rowsTable(
  label: string,
  head: string,
  rows: readonly Check[],
  wordOf: (row: Check) => string,
): Content {
  const columns = [
    ...['verdict', head].map((one) => ({ head: one })),
    ...['case', 'phase', 'expected', 'found'].map((one) => ({ head: one, wraps: true })),
  ];
  const cells = overCases(rows).map((row) => [
    html`<span class="${row.verdict}">${SIGNS[row.verdict]} ${wordOf(row)}</span>`,
    html`<code>${breakable(nameOf(row))}</code>`,
    row.case,
    row.phase,
    row.expected,
    row.actual,
  ]);
  return table({ label, columns, rows: cells });
}

/** The name of a figure ends with what is expected of it, which has a column of its own. */
function nameOf({ name, expected }: Check): string {
  return name.endsWith(` ${expected}`) ? name.slice(0, -expected.length - 1) : name;
}

/** Turns a reason into a sentence: with a capital letter and a full stop. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
