import type { CommandParts } from './lazy-command.js';
import type { InconclusiveAs } from '../report/junit/junit.js';
import { Anonymiser } from '../report/anonymise/anonymiser.js';
import { printLastLines } from '../run/print-run.js';
import { shownPath } from '../store/report-directory.js';
import { reportRuns } from '../run/report-runs.js';
import { DEFAULT_REPORTS, type ReportFormat } from '../scenario/report-names.js';
import { anonymiseOption } from './options/anonymise-option.js';
import { onlyOne } from './options/once-only-option.js';
import { printable } from '../terminal/printable.js';
import { runOption } from './options/run-options.js';

interface ReportArguments {
  run: string[];
  report: ReportFormat[] | undefined;
  out: string | undefined;
  inconclusive: InconclusiveAs;
  anonymise: boolean;
}

/** `report`: writes the reports of stored runs. */
export const reportCommand: CommandParts<ReportArguments> = {
  builder: (yargs) =>
    yargs
      .positional('run', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'run directories, or suites of them',
      })
      .option('report', runOption('report'))
      .option('inconclusive', runOption('inconclusive'))
      .option('out', {
        type: 'string',
        requiresArg: true,
        coerce: onlyOne('--out', 'directory'),
        describe: 'a directory to make; the run directory by default',
      })
      .option('anonymise', anonymiseOption)
      .example('$0 report reports/latest', 'its page, junit.xml and summary.md')
      .example('$0 report reports/latest --report csv --out leases', 'every lease as a table')
      .example('$0 report reports/latest --anonymise --out to-share', 'reports for others to read'),
  handler: ({ run, report, out, inconclusive, anonymise }) => {
    const formats = report ?? DEFAULT_REPORTS;
    const { files, runs } = reportRuns({
      ...{ directories: run, formats, inconclusive, out },
      anonymiser: anonymise ? new Anonymiser() : undefined,
    });
    process.stdout.write(files.map((path) => `${printable(shownPath(path))}\n`).join(''));
    for (const one of runs) {
      process.stdout.write('\n');
      printLastLines(one);
    }
  },
};
