import type { CommandParts } from './lazy-command.js';
import { trendLines } from '../history/text.js';
import { trendOf, writeTrendPage } from '../history/stored/trend.js';
import { shownPath } from '../store/report-directory.js';
import { styleFor } from '../terminal/colour.js';
import { printable } from '../terminal/printable.js';
import { listingOptions, listingPath, type ListingArguments } from './options/listing-options.js';

const PAGE = 'trend.html';

interface TrendArguments extends ListingArguments {
  json: boolean;
}

/** `trend`: shows the runs of each scenario over time. It changes no stored run. */
export const trendCommand: CommandParts<TrendArguments> = {
  builder: (yargs) =>
    listingOptions(yargs, PAGE)
      .option('json', {
        type: 'boolean',
        default: false,
        describe: 'print the history as JSON, and write a page only if --out names one',
      })
      .example('$0 trend', 'every run in reports/, as reports/trend.html')
      .example(
        '$0 trend reports --out history.html',
        'the page in another place, with links relative to that place',
      )
      .example('$0 trend reports --json | jq .groups', 'the same for other programs'),
  handler: ({ json, ...argv }) => {
    const page = listingPath(argv, PAGE);
    const trend = trendOf(argv.dir, page);
    if (!json || argv.out !== undefined) writeTrendPage(page, trend);
    const lines = json
      ? [JSON.stringify(trend, null, 2)]
      : [...trendLines(trend, styleFor(process.stdout)), printable(shownPath(page))];
    process.stdout.write(lines.join('\n') + '\n');
  },
};
