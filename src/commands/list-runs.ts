import type { CommandParts } from './lazy-command.js';
import { writeListing } from '../history/listing/read-listing.js';
import { passedOverLines } from '../history/text.js';
import { plural } from '../report/words/numbers.js';
import { shownPath } from '../store/report-directory.js';
import { styleFor } from '../terminal/colour.js';
import { printable } from '../terminal/printable.js';
import { listingOptions, listingPath, type ListingArguments } from './options/listing-options.js';

const PAGE = 'index.html';

/** `index`: writes a page with everything that a directory holds. It changes no stored run. */
export const indexCommand: CommandParts<ListingArguments> = {
  builder: (yargs) =>
    listingOptions(yargs, PAGE).example('$0 index', 'everything in reports/, as reports/index.html'),
  handler: (argv) => {
    const page = listingPath(argv, PAGE);
    const { groups, suites, passedOver } = writeListing(argv.dir, page);
    const runs = groups.reduce((all, group) => all + group.runs.length, 0);
    const skipped = passedOver.length === 0 ? '' : `, ${passedOver.length} skipped`;
    const lines = [
      `${plural(runs, 'run')}, ${plural(suites.length, 'suite')}${skipped}`,
      ...passedOverLines(passedOver, styleFor(process.stdout)),
      printable(shownPath(page)),
    ];
    process.stdout.write(lines.join('\n') + '\n');
  },
};
