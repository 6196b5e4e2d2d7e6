import type { Comparisons } from '../../compare/comparison.js';
import { partialText } from '../../compare/outcome-words.js';
import { suiteName, suiteWord, type SuiteMember } from '../headline.js';
import type { Suite } from '../../report/suite-result.js';
import { htmlDocument } from '../../report/html/document.js';
import { againstBaseline } from './baseline.js';
import { html } from '../../report/html/markup.js';
import { sectionMarkup } from '../../report/html/sections/section.js';
import { runCards, suiteHeader } from './cards.js';
import { runsSideBySide } from '../curves/model.js';
import { pictures } from '../curves/section.js';
import { limit } from './limit.js';
import { complaints, figures, ranOn } from './sections.js';
import { sideBySide } from './side-by-side.js';

/**
 * `report.html` of a suite: the outcome of each run, its second phase, and a link to its own page.
 *
 * @param generator the program that makes the page, with its version
 * @param compared the comparison with a baseline, if there is one
 * @param comparisonPage the link to the page of that comparison, if there is one
 */
export function suitePage(
  suite: Suite,
  members: readonly SuiteMember[],
  generator: string,
  compared?: Comparisons,
  comparisonPage?: string,
): string {
  const runs = runsSideBySide(suite, members);
  const drawn = runs === undefined ? undefined : pictures(runs);
  const beside = sideBySide(suite, runs?.over);
  // A suite with a row for each run is a table first. Its cards say less of what it is about.
  const isTableFirst = suite.tables.some(({ runsAreRows }) => runsAreRows === true);
  return htmlDocument({
    title: `${suiteWord(suite)} ${suiteName(suite)}`,
    generator,
    head: html`${suiteHeader(suite, members, compared && partialText(compared))}${drawn && sectionMarkup(drawn)}${isTableFirst && beside ? sectionMarkup(beside) : null}${runCards(suite, members)}`,
    sections: [
      limit(suite),
      complaints(members),
      againstBaseline(compared, comparisonPage),
      isTableFirst ? undefined : beside,
      figures(members),
      ranOn(suite, members),
    ].filter((one) => one !== undefined),
  });
}
