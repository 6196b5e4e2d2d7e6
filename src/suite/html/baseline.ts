import { outcomeWord } from '../../compare/outcome-words.js';
import type { Comparison, Comparisons } from '../../compare/comparison.js';
import { html, type Markup } from '../../report/html/markup.js';
import type { Section } from '../../report/html/sections/section.js';

/**
 * What got worse in each run, and what could not be compared. Absent if no baseline was compared.
 *
 * @param page the link to the comparison's own page, if there is one
 */
export function againstBaseline(
  compared: Comparisons | undefined,
  page: string | undefined,
): Section | undefined {
  if (compared === undefined) return undefined;
  const { comparisons, notes } = compared;
  return {
    id: 'baseline',
    title: 'Against the baseline',
    content: [
      page === undefined ? null : html`<p><a href="${page}">Every figure before and now</a></p>`,
      comparisons.map(said),
      listOf(notes.map((note) => `${note}, so it is not compared`)),
    ],
  };
}

function said(one: Comparison): Markup {
  const { name, baseline, regressions, reasons } = one;
  return html`<div class="run">
    <h3>${name}: ${outcomeWord(one)}</h3>
    ${listOf([...regressions, ...reasons])}
    <p class="note">against ${baseline.name}</p>
  </div>`;
}

function listOf(items: readonly string[]): Markup | null {
  return items.length === 0
    ? null
    : html`<ul>
        ${items.map((item) => html`<li>${item}</li>`)}
      </ul>`;
}
