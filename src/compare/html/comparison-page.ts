import { htmlDocument } from '../../report/html/document.js';
import { html, type Content } from '../../report/html/markup.js';
import { sectionMarkup, type Section } from '../../report/html/sections/section.js';
import { table } from '../../report/html/table.js';
import { plural } from '../../report/words/numbers.js';
import type { Comparison, Comparisons } from '../comparison.js';
import { gravestFirst, outcomeWord, partialText, wholeOutcome } from '../outcome-words.js';
import { figureParts, type Part } from './figures.js';
import { comparisonHeader, outcomeMark, outcomeSentence, suiteHeader } from './header.js';
import { sidesTable, type LinkOf } from './sides.js';

/**
 * The page of a comparison: the outcome, what was compared with what, each figure before and now, and what differs.
 *
 * @param generator the program that makes the page, with its version
 */
export function comparisonPage(compared: Comparisons, linkOf: LinkOf, generator: string): string {
  const { notes, exitCode } = compared;
  const comparisons = gravestFirst(compared.comparisons);
  const [one, ...others] = comparisons;
  const ofNotes: Section[] =
    notes.length === 0 ? [] : [{ id: 'notes', title: 'Not compared', content: listOf(notes) }];
  if (one !== undefined && others.length === 0 && partialText(compared) === undefined) {
    const [sides, ...parts] = partsOf(one, linkOf);
    return htmlDocument({
      title: `${outcomeWord(one)} ${one.name} against ${one.baseline.name}`,
      generator,
      head: html`${comparisonHeader(one, exitCode)}${sides && sectionMarkup(sides)}`,
      sections: [...parts, ...ofNotes],
    });
  }
  const outcome = wholeOutcome(compared);
  return htmlDocument({
    title: `${outcomeWord(outcome)}: ${plural(comparisons.length, 'run')} compared`,
    generator,
    head: html`${suiteHeader(compared)}${sectionMarkup(overview(comparisons))}`,
    sections: [
      ...comparisons.map((one, index) => ({
        id: idOf(index),
        title: `${one.name}: ${outcomeWord(one)}`,
        content: partsOf(one, linkOf).map(({ title, content }) => html`<h3>${title}</h3>${content}`),
      })),
      ...ofNotes,
    ],
  });
}

function partsOf(one: Comparison, linkOf: LinkOf): Part[] {
  return [
    {
      id: 'compared',
      title: 'What was compared',
      content: [sidesTable(one, linkOf), listOf(reasonsOf(one))],
    },
    ...figureParts(one),
    differences(one),
  ];
}

/** Why not everything was compared. Without figures the reasons repeat the differences, which have a table. */
function reasonsOf({ reasons, differences, figures }: Comparison): string[] {
  const told = new Set(differences.map(({ what, run, baseline }) => `${what} is ${run}, was ${baseline}`));
  return figures.length === 0 ? reasons.filter((reason) => !told.has(reason)) : reasons;
}

function differences({ differences: all, baseline }: Comparison): Part {
  const rows = all.map(({ what, run, baseline }) => [what, run, baseline]);
  return {
    id: 'differences',
    title: 'What differs in settings and environment',
    content:
      rows.length > 0
        ? table({
            label: 'What differs',
            columns: [{ head: 'what' }, { head: 'run', wraps: true }, { head: 'baseline', wraps: true }],
            rows,
          })
        : html`<p>
            ${
              baseline.kind === 'published'
                ? "The article's settings are those of the scenario."
                : 'Nothing that decides what happens in a run: scenario, settings, versions, database settings and CPUs are the same. Seed, time, checks, limits and reports are not compared.'
            }
          </p>`,
  };
}

/** A row for each run of a suite. */
function overview(comparisons: readonly Comparison[]): Section {
  return {
    id: 'runs',
    title: 'Each run',
    content: table({
      label: 'Each run',
      columns: [{ head: 'outcome' }, { head: 'run' }, { head: 'the worst', wraps: true }],
      rows: comparisons.map((one, index) => [
        outcomeMark(one),
        html`<a href="#${idOf(index)}">${one.name}</a>`,
        outcomeSentence(one),
      ]),
    }),
  };
}

function idOf(index: number): string {
  return `run-${index + 1}`;
}

function listOf(items: readonly string[]): Content {
  return items.length === 0
    ? null
    : html`<ul>
        ${items.map((item) => html`<li>${item}</li>`)}
      </ul>`;
}
