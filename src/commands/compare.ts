import type { CommandParts } from './lazy-command.js';
import { comparisonReport } from '../compare/text.js';
import { comparisonMarkdown } from '../compare/markdown.js';
import { compareRuns } from '../compare/stored/compare-runs.js';
import { writeComparisonPage } from '../compare/stored/comparison-page.js';
import { shownPath } from '../store/report-directory.js';
import { summarize } from '../store/step-summary.js';
import { styleFor } from '../terminal/colour.js';
import { printable } from '../terminal/printable.js';
import { onlyOne } from './options/once-only-option.js';
import { runOption } from './options/run-options.js';
import { tolerancesOf } from './options/tolerances-option.js';

interface CompareArguments {
  run: string;
  baseline: string | undefined;
  tolerances: string | undefined;
  anyway: boolean;
  out: string | undefined;
  json: boolean;
  baselines: string;
}

/** `compare`: says whether a run is worse than another. It changes no file of either; a page is written if `--out` names one. */
export const compareCommand: CommandParts<CompareArguments> = {
  builder: (yargs) =>
    yargs
      .positional('run', {
        type: 'string',
        demandOption: true,
        describe: 'a run directory, or a suite of them',
      })
      .positional('baseline', {
        type: 'string',
        describe:
          'what to compare it with: a run directory, a suite, or the file of a baseline; by default the baseline that `baseline set` marked, else the published figures',
      })
      .option('tolerances', runOption('tolerances'))
      .option('anyway', {
        type: 'boolean',
        default: false,
        describe: 'compare even if versions, settings or load differ',
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: 'also write the comparison as a page, such as comparison.html',
        coerce: onlyOne('--out', 'file'),
      })
      .option('json', { type: 'boolean', default: false, describe: 'print the comparison as JSON' })
      .option('baselines', runOption('baselines'))
      .example('$0 compare reports/latest', 'compare the last run with its baseline, or the article')
      .example('$0 compare reports/latest --out comparison.html', 'the same as a page, with charts')
      .example(
        '$0 compare tonight last-night --anyway',
        'compare two runs, whatever has changed between them',
      ),
  handler: ({ tolerances, json, out, ...request }) => {
    const compared = compareRuns({ ...request, tolerances: tolerancesOf(tolerances) });
    if (out !== undefined) writeComparisonPage(out, compared);
    process.stdout.write(
      json
        ? JSON.stringify(compared, null, 2) + '\n'
        : // `columns` is 0 where the terminal does not know its width.
          comparisonReport(compared, {
            columns: process.stdout.columns || 80,
            style: styleFor(process.stdout),
          }),
    );
    if (out !== undefined && !json) process.stdout.write(`\n${printable(shownPath(out))}\n`);
    summarize(
      (limitBytes) => comparisonMarkdown(compared, limitBytes),
      (text) => process.stderr.write(`${text}\n`),
    );
    process.exitCode = compared.exitCode;
  },
};
