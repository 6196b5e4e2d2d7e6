import type { Comparisons } from '../compare/model.js';
import { suiteName, suiteWord, type SuiteMember } from '../suite/headline.js';
import type { Suite } from '../suite/suite-result.js';
import { htmlDocument } from './document.js';
import { againstBaseline } from './suite/baseline.js';
import { suiteHeader } from './suite/cards.js';
import { limit } from './suite/limit.js';
import { complaints, figures, ranOn, sideBySide } from './suite/sections.js';

/**
 * `report.html` of a suite: each run's outcome and second phase, with a link to its own page.
 *
 * @param generator what makes the page, with its version
 * @param compared where the runs were held against a baseline
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
