import { join } from 'node:path';
import type { Argv } from 'yargs';
import { onlyOne } from './once-only-option.js';

/** What `index` and `trend` have in common: a directory that is searched, and a page that is written about it. */

export interface ListingArguments {
  dir: string;
  out: string | undefined;
}

/** @param page the name of the page, where no other is named */
export function listingOptions(yargs: Argv, page: string): Argv<ListingArguments> {
  return yargs
    .positional('dir', {
      type: 'string',
      default: 'reports',
      describe: 'the directory to search for runs and suites, with its subdirectories',
    })
    .option('out', {
      type: 'string',
      requiresArg: true,
      describe: `the page to write; ${page} in the directory by default`,
      coerce: onlyOne('--out', 'file'),
    });
}

/** The path of the page. */
export function listingPath({ dir, out }: ListingArguments, page: string): string {
  return out ?? join(dir, page);
}
