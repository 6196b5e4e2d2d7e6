import { besideTexts, holdersTexts, numberedIn, witnessTitle } from '../../words/witness-text.js';
import { count, plural } from '../../words/numbers.js';
import { rowsByNode } from '../../words/rows.js';
import { witnessesUnder } from '../../../results/witness.js';
import type { Result } from '../../../results/result.js';
import type { PageInput, WitnessOfCase } from '../input.js';
import { html, type Markup } from '../markup.js';
import { DRAWN_PER_CHECK } from './shown.js';
import { swimLanes, swimLegend } from './swim-lanes.js';

/** The first witnesses of each check that does not hold, drawn. Null where there are none. */
export function underChecks(input: PageInput): Markup | null {
  const broken = input.result.checks.filter(({ verdict }) => verdict !== 'pass');
  const parts = broken.map((check) => underCheck(check, input)).filter((one) => one !== null);
  return parts.length === 0 ? null : html`${swimLegend()}${parts}`;
}

function underCheck(check: Result['checks'][number], input: PageInput): Markup | null {
  const all = witnessesUnder(check, input.witnesses);
  if (all.length === 0) return null;
  const [first, ...others] = all.slice(0, DRAWN_PER_CHECK).map((witness) => drawing(witness, input));
  const place = [check.case, check.phase].filter((text) => text !== '').join(' ');
  const rest = all.length - DRAWN_PER_CHECK;
  return html`<h3><code>${check.name}</code> ${place}</h3>
    ${first}
    ${
      others.length === 0
        ? null
        : html`<details>
            <summary>${plural(all.length - 1, 'more witness', 'more witnesses')}</summary>
            ${others}
            ${rest > 0 ? html`<p class="note">${count(rest)} more are in the <a href="#witnesses">list of all witnesses</a>.</p>` : null}
          </details>`
    }`;
}

function drawing(witness: WitnessOfCase, input: PageInput): Markup {
  const { result } = input;
  const numbered = numberedIn(result);
  const lanes = swimLanes(witness, input);
  const texts =
    lanes === undefined
      ? holdersTexts(witness, numbered, result.faults?.faults)
      : besideTexts(witness, result.faults?.faults);
  const rows = rowsByNode(witness.rows ?? [], witness.holders);
  return html`<figure class="panel witness">
    <figcaption>${witnessTitle(witness)}</figcaption>
    ${lanes ?? null} ${texts.map((text) => html`<p>${text}</p>`)}
    ${
      rows.length === 0
        ? null
        : html`<dl>
            ${rows.map(({ text, nodes }) => html`<dt>row on ${nodes.join(', ')}</dt><dd>${text}</dd>`)}
          </dl>`
    }
  </figure>`;
}
