import type { Comparisons } from '../compare/model.js';
import { suiteName, suiteWord, type SuiteMember } from '../suite/headline.js';
import type { Suite } from '../suite/suite-result.js';
import { htmlDocument } from './document.js';
import { againstBaseline } from './suite/baseline.js';
import { suiteHeader } from './suite/cards.js';
import { limit } from './suite/limit.js';
import { complaints, figures, ranOn, sideBySide } from './suite/sections.js';

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
