import type { Comparisons } from '../../compare/comparison.js';
import { suiteName, suiteWord, type SuiteMember } from '../headline.js';
import type { Suite } from '../../report/suite-result.js';
import { htmlDocument } from '../../report/html/document.js';
import { againstBaseline } from './baseline.js';
import { suiteHeader } from './cards.js';
import { limit } from './limit.js';
import { complaints, figures, ranOn, sideBySide } from './sections.js';

/**
 * `report.html` of a suite: the outcome of each run, its second phase, and a link to its own page.
 *
 * @param generator the program that makes the page, with its version
 * @param compared the comparison with a baseline, if there is one
 */
export function suitePage(
  suite: Suite,
  members: readonly SuiteMember[],
  generator: string,
  compared?: Comparisons,
): string {
  return htmlDocument({
    title: `${suiteWord(suite)} ${suiteName(suite)}`,
    generator,
    head: suiteHeader(suite, members),
    sections: [
      limit(suite),
      complaints(members),
      againstBaseline(compared),
      sideBySide(suite),
      figures(members),
      ranOn(members),
    ].filter((one) => one !== undefined),
  });
}
