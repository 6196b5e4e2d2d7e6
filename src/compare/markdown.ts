import { SIGNS, within } from '../report/markdown/markdown.js';
import { escapedMarkdown, folded, markdownTable } from '../report/markdown/markdown-text.js';
import type { Comparison, Comparisons } from './comparison.js';
import { placedFigure } from './figure-words.js';
import { OUTCOME_WORDS, outcomeLook, outcomeWord, partialText } from './outcome-words.js';
import { allowedText, changeText, sideText } from './sentences.js';

/**
 * The comparison for the summary of a CI job: what got worse, then a folded table of every figure.
 *
 * @param limitBytes the maximum size
 */
export function comparisonMarkdown(compared: Comparisons, limitBytes: number): string {
  const { comparisons, notes } = compared;
  const partial = partialText(compared);
  return within(limitBytes, [
    ...comparisons.map(said),
    ...(partial === undefined
      ? []
      : [`## ${SIGNS.inconclusive} ${OUTCOME_WORDS['not-comparable']}: ${partial}`]),
    ...(notes.length === 0 ? [] : [listOf(notes)]),
    ...comparisons.map(table),
  ]);
}

function said(one: Comparison): string {
  const { name, regressions, reasons, baseline } = one;
  const head = `## ${SIGNS[outcomeLook(one)]} ${outcomeWord(one)} ${escapedMarkdown(`${name}, against ${baseline.name}`)}`;
  const why = [...regressions, ...reasons];
  return why.length === 0 ? head : `${head}\n\n${listOf(why)}`;
}

function table({ name, figures }: Comparison): string {
  const rows = figures.map((one) => [
    placedFigure(one),
    sideText(one, 'baseline'),
    sideText(one, 'run'),
    changeText(one),
    allowedText(one),
    one.word,
  ]);
  const heads = ['', 'baseline', 'run', 'change', 'allowed', ''];
  return folded(`${name}: every figure compared`, markdownTable(heads, rows));
}

function listOf(items: readonly string[]): string {
  return items.map((item) => `- ${escapedMarkdown(item)}`).join('\n');
}
