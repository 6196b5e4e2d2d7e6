import { suiteName, suiteWord, type SuiteMember } from '../suite/headline.js';
import type { Suite } from '../suite/suite-result.js';
import { htmlDocument } from './document.js';
import { suiteHeader } from './suite/cards.js';
import { limit } from './suite/limit.js';
import { complaints, figures, ranOn, sideBySide } from './suite/sections.js';

/**
 * `report.html` of a suite: each run's outcome and second phase, with a link to its own page.
 *
 * @param generator what makes the page, with its version
 */
export function suitePage(suite: Suite, members: readonly SuiteMember[], generator: string): string {
  return htmlDocument({
    title: `${suiteWord(suite)} ${suiteName(suite)}`,
    generator,
    head: suiteHeader(suite, members),
    sections: [limit(suite), complaints(members), sideBySide(suite), figures(members), ranOn(members)].filter(
      (one) => one !== undefined,
    ),
  });
}
