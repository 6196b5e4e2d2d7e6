import { printable } from '../../../terminal/printable.js';
import { rowsText } from '../../words/rows.js';
import { holdersTexts, numberedIn, witnessTitle } from '../../words/witness-text.js';
import type { PageInput, WitnessOfCase } from '../input.js';
import { witnessHash } from '../exchanges/link.js';
import { timeAxisOf } from '../faults/axis.js';
import { html, inertJson, type Markup } from '../markup.js';
import { count, plural } from '../../words/numbers.js';
import type { Section } from '../sections/section.js';
import { scrollFrame } from '../table.js';

/** The witnesses in the page itself, for readers without scripts. `witnesses.js` shows the others page by page. */
const IN_THE_TEXT = 25;

const HEADS = ['case', 'kind', 'lease', 'clients, by which server, when', 'rows on the nodes'];

/** The place of the column that links to the timeline of exchanges; `witnesses.js` knows it too. */
const LINKED = 2;

/**
 * A row of the table of witnesses: the case, the kind, the lease, its clients, and its rows on the nodes. All are
 * plain text. The last one is the address of its time in the timeline of exchanges, if there is one.
 */
export type WitnessRow = readonly [string, string, string, string, string, string?];

/** Every witness with its clients. Absent if there are none. */
export function witnesses(input: PageInput): Section | undefined {
  const { witnesses: all, witnessesOmitted } = input;
  const total = all.length + witnessesOmitted;
  if (total === 0) return undefined;
  const zeroUs = timeAxisOf(input.result).zeroMs * 1_000;
  const rows = all.map((one) => witnessRow(one, input, zeroUs));
  const missing = total - rows.length;
  return {
    id: 'witnesses',
    title: plural(total, 'witness', 'witnesses'),
    content: html`<div id="witness-list">
        <p class="controls" hidden>
          <label>Find <input type="search" id="witness-find" placeholder="lease, client, server" /></label>
          <span id="witness-count" role="status"
            >${count(Math.min(rows.length, IN_THE_TEXT))} of ${count(rows.length)}</span
          >
          <button type="button" id="witness-back">← Back</button>
          <button type="button" id="witness-on">On →</button>
        </p>
        ${scrollFrame(
          'Witnesses',
          html`<table class="grouped">
            <thead>
              <tr>
                ${HEADS.map((head) => html`<th scope="col" class="text">${head}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${rows.slice(0, IN_THE_TEXT).map(
                (row) =>
                  html`<tr>
                    ${HEADS.map((head, i) => cell(row[i] ?? '', head, i === LINKED ? row[HEADS.length] : undefined))}
                  </tr> `,
              )}
            </tbody>
          </table>`,
        )}
      </div>
      <p class="note">
        Times in seconds since the run's start.
        ${
          missing === 0
            ? ''
            : html`${count(missing)} more are not on this page. <code>witnesses.jsonl</code> has those that were kept;
              <code>grep LEASE witnesses.jsonl</code> finds one.`
        }
      </p>
      <script type="application/json" id="witness-data">
        ${inertJson(rows)}
      </script>`,
  };
}

function witnessRow(witness: WitnessOfCase, { result, timeline }: PageInput, zeroUs: number): WitnessRow {
  const hash = timeline === undefined ? undefined : witnessHash(witness, zeroUs);
  const { holders, rows, kind } = witness;
  return [
    printable(witness.case),
    kind,
    printable(witnessTitle(witness).slice(kind.length).trimStart()),
    holdersTexts(witness, numberedIn(result), result.faults?.faults).map(printable).join('\n'),
    rows === undefined ? '' : printable(rowsText(rows, holders)).replaceAll('; ', '\n'),
    ...(hash === undefined ? ([] as const) : ([`${timeline}${hash}`] as const)),
  ];
}

function cell(text: string, head: string, address?: string): Markup {
  const content = address === undefined ? text : html`<a href="${address}">${text}</a>`;
  return html`<td class="text lines" data-head="${head}">${content}</td>`;
}
