import { join } from 'node:path';
import type { CommandParts } from './lazy-command.js';
import { trendLines } from '../history/text.js';
import { trendOf, writeTrendPage } from '../history/stored/trend.js';
import { shownPath } from '../store/report-directory.js';
import { styleFor } from '../terminal/colour.js';
import { onlyOne } from './options/once-only-option.js';

interface TrendArguments {
  dir: string;
  out: string | undefined;
  json: boolean;
}

/** `trend`: shows the runs of each scenario over time. It changes no stored run. */
export const trendCommand: CommandParts<TrendArguments> = {
  builder: (yargs) =>
    yargs
      .positional('dir', {
        type: 'string',
        default: 'reports',
        describe: 'the directory to search for runs and suites, with its subdirectories',
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: 'the page to write; trend.html in the directory by default',
        coerce: onlyOne('--out', 'file'),
      })
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
  handler: ({ dir, out, json }) => {
    const page = out ?? join(dir, 'trend.html');
    const trend = trendOf(dir, page);
    if (!json || out !== undefined) writeTrendPage(page, trend);
    const lines = json
      ? [JSON.stringify(trend, null, 2)]
      : [...trendLines(trend, styleFor(process.stdout)), shownPath(page)];
    process.stdout.write(lines.join('\n') + '\n');
  },
};
