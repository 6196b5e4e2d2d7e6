import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { trendLines } from '../report/trend/text.js';
import { trendOf, writeTrendPage } from '../run/history/trend.js';
import { shownPath } from '../run/report-directory.js';
import { styleFor } from '../terminal/colour.js';
import { onlyOne } from './only-one.js';

interface TrendArguments {
  dir: string;
  out: string | undefined;
  json: boolean;
}

/** `trend`: shows the runs of each scenario over time. It changes no stored run. */
export const trendCommand: CommandModule<object, TrendArguments> = {
  command: 'trend [dir]',
  describe: 'the history of runs as a page',
  builder: (yargs) =>
    yargs
      .positional('dir', {
        type: 'string',
        default: 'reports',
        describe: 'the directory with runs and suites in it, however deep',
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
        describe: 'print the history as JSON, and write a page only where --out names one',
      })
      .example('$0 trend', 'every run in reports/, as reports/trend.html')
      .example('$0 trend reports --out history.html', 'the page in another place, from which its links lead')
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
