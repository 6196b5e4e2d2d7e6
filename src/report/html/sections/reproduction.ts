import type { Check } from '../../text/check-rows.js';
import { busySentence, figureWord, premiseWord } from '../../text/reproduction.js';
import type { Result } from '../../../results/result.js';
import { html, type Content } from '../markup.js';
import { table } from '../table.js';
import { overCases } from './over-cases.js';
import type { Section } from './section.js';
import { SIGNS } from './verdict.js';

/** The reproduction half of the verdict. Absent if the scenario expects no figures. */
export function reproduction(result: Result): Section | undefined {
  const { reproduction: found } = result;
  if (found === null) return undefined;
  const busy = busySentence(result);
  return {
    id: 'reproduction',
    title: `Reproduction: ${found.verdict}`,
    content: [
      html`<p>The scenario expects these figures of the experiment. ${sentence(found.reason)} ${busy}</p>`,
      rowsTable('Expected figures', 'figure', found.figures, figureWord),
      found.premises.length === 0 ? null : rowsTable('Premises', 'premise', found.premises, premiseWord),
      html`<p class="note">
        A figure says something about the servers only if every premise was kept. The machine's load does not affect
        conformance.
      </p>`,
    ],
  };
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
    html`<code>${nameOf(row)}</code>`,
    row.case,
    row.phase,
    row.expected,
    row.actual,
  ]);
  return [html`<h3>${label}</h3>`, table({ label, columns, rows: cells })];
}

/** The name of a figure ends with what is expected of it, which has a column of its own. */
function nameOf({ name, expected }: Check): string {
  return name.endsWith(` ${expected}`) ? name.slice(0, -expected.length - 1) : name;
}

/** Turns a reason into a sentence: with a capital letter and a full stop. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
