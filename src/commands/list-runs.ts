import { join } from 'node:path';
import type { CommandParts } from './lazy-command.js';
import { writeListing } from '../history/listing/read-listing.js';
import { plural } from '../report/words/numbers.js';
import { shownPath } from '../store/report-directory.js';
import { printable } from '../terminal/printable.js';
import { onlyOne } from './options/once-only-option.js';

interface IndexArguments {
  dir: string;
  out: string | undefined;
}

/** `index`: writes a page with everything that a directory holds. It changes no stored run. */
export const indexCommand: CommandParts<IndexArguments> = {
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
        describe: 'the page to write; index.html in the directory by default',
        coerce: onlyOne('--out', 'file'),
      })
      .example('$0 index', 'everything in reports/, as reports/index.html'),
  handler: ({ dir, out }) => {
    const page = out ?? join(dir, 'index.html');
    const { groups, suites, passedOver } = writeListing(dir, page);
    const runs = groups.reduce((all, group) => all + group.runs.length, 0);
    const skipped = passedOver.length === 0 ? '' : `, ${passedOver.length} skipped`;
    process.stdout.write(
      `${plural(runs, 'run')}, ${plural(suites.length, 'suite')}${skipped}\n${printable(shownPath(page))}\n`,
    );
  },
};
