import { dirname, resolve } from 'node:path';
import { linkToRun } from '../../store/links.js';
import { replaceOwnPage } from '../../store/own-page.js';
import { TOOL } from '../../tool.js';
import type { Comparisons } from '../comparison.js';
import { comparisonPage } from '../html/comparison-page.js';

/** The page's name beside `comparison.json`. */
export const COMPARISON_PAGE = 'comparison.html';

/** Writes the page of a comparison, with links to the runs whose pages exist. Errors: STORAGE. */
export function writeComparisonPage(page: string, compared: Comparisons): void {
  const from = dirname(resolve(page));
  const linkOf = (directory: string) => linkToRun(from, directory);
  replaceOwnPage(page, comparisonPage(compared, linkOf, `${TOOL.name} ${TOOL.version}`));
}
