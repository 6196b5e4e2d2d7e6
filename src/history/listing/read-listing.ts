import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { COMPARISON_PAGE } from '../../compare/stored/comparison-page.js';
import { COMPARISON_FILE } from '../../compare/stored/stored-comparison.js';
import { COMPARISON_SCHEMA_VERSION, comparisonsSchema } from '../../compare/comparison.js';
import { gravestFirst, outcomeLook, partialText, wholeOutcome } from '../../compare/outcome-words.js';
import { isThere } from '../../files/entries.js';
import { readJsonOf } from '../../files/regular-file.js';
import { whyUnread } from '../../files/why-unread.js';
import { linkTo } from '../../store/links.js';
import { replaceOwnPage, titleOfOwnPage } from '../../store/own-page.js';
import { TOOL } from '../../tool.js';
import { groupsOf } from '../groups.js';
import { readHistory } from '../stored/read-history.js';
import type { FoundComparison } from './entries.js';
import { listingPage, type Listing, type OtherPage } from './listing-page.js';

/**
 * Everything below a directory: runs, suites, searches, comparisons, and other pages of this program.
 * Errors: SOURCE where the directory can't be read.
 *
 * @param page where the list will be, for the links on it
 */
export function readListing(directory: string, page: string): Listing {
  const { runs, suites, pages, passedOver } = readHistory(directory, page);
  const from = dirname(resolve(page));
  const damaged: Listing['passedOver'] = [];
  const comparisons = [...runs, ...suites].flatMap((one) => {
    try {
      return comparisonIn(one.directory, from) ?? [];
    } catch (error) {
      const why = `can't be read: ${whyUnread(error)}`;
      damaged.push({ path: join(one.directory, COMPARISON_FILE), why });
      return [];
    }
  });
  return {
    groups: groupsOf(runs),
    suites,
    comparisons,
    pages: pages.flatMap((path) => (path === resolve(page) ? [] : (pageAt(path, from) ?? []))),
    passedOver: [...passedOver, ...damaged],
  };
}

/** Writes the list as a page, and returns it. Errors: SOURCE, STORAGE; USAGE where another file stands there. */
export function writeListing(directory: string, page: string): Listing {
  const listing = readListing(directory, page);
  replaceOwnPage(page, listingPage(listing, `${TOOL.name} ${TOOL.version}`));
  return listing;
}

const { shape } = comparisonsSchema.shape.comparisons.element;
/** The part of `comparison.json` that the list shows. */
const leanComparisons = z.object({
  schemaVersion: z.literal(COMPARISON_SCHEMA_VERSION),
  exitCode: comparisonsSchema.shape.exitCode,
  missing: comparisonsSchema.shape.missing,
  comparisons: z.array(
    z.object({
      name: shape.name,
      outcome: shape.outcome,
      onlyCounts: shape.onlyCounts,
      notAsExpected: shape.notAsExpected,
      regressions: shape.regressions,
      reasons: shape.reasons,
      baseline: shape.baseline.pick({ name: true }),
    }),
  ),
});

/** The comparison that `run --baseline` stored in a directory; of a suite, the worst of its runs. */
function comparisonIn(directory: string, from: string): FoundComparison | undefined {
  const path = join(directory, COMPARISON_FILE);
  if (!isThere(path)) return undefined;
  const page = join(directory, COMPARISON_PAGE);
  const compared = leanComparisons.parse(readJsonOf(path));
  const { comparisons } = compared;
  const link = linkTo(from, isThere(page) ? page : path);
  const { outcome, onlyCounts, notAsExpected } = wholeOutcome(compared);
  const worst = gravestFirst(comparisons)[0];
  const partial = partialText(compared);
  if (partial !== undefined && outcome !== 'regression') return { directory, link, outcome, worst: partial };
  if (worst === undefined) return undefined;
  const { name, regressions, reasons, baseline } = worst;
  const why = outcomeLook(worst) === 'pass' ? undefined : (regressions[0] ?? reasons[0]);
  return {
    directory,
    link,
    ...{ outcome, onlyCounts, notAsExpected },
    worst: [...(comparisons.length > 1 ? [name] : []), why ?? `against ${baseline.name}`].join(': '),
  };
}

/** A page that this program made, by its title. Undefined for any other HTML file, and for one that can't be read. */
function pageAt(path: string, from: string): OtherPage | undefined {
  const title = titleOfOwnPage(path);
  return title === undefined ? undefined : { link: linkTo(from, path), title: unescaped(title) };
}

/** The title as it was before it was escaped, as it is escaped again. */
function unescaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (whole, name: string) => entities[name] ?? whole);
}
