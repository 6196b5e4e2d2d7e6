import type { CommandParts } from './lazy-command.js';
import { EXPORT_FORMATS, type ExportFormat } from '../observations/export/text.js';
import { Anonymiser } from '../report/anonymise/anonymiser.js';
import { exportRun } from '../run/export.js';
import { anonymiseOption } from './options/anonymise-option.js';
import { onlyOne } from './options/once-only-option.js';

interface ExportArguments {
  run: string;
  format: ExportFormat;
  out: string | undefined;
  anonymise: boolean;
}

/** `export`: writes every message sent and every answer received, for other programs. */
export const exportCommand: CommandParts<ExportArguments> = {
  builder: (yargs) =>
    yargs
      .positional('run', { type: 'string', demandOption: true, describe: 'the run directory' })
      .option('format', {
        choices: EXPORT_FORMATS,
        coerce: onlyOne<ExportFormat>('--format', 'format'),
        default: 'csv' as const,
        describe: 'what to write',
      })
      .option('out', {
        type: 'string',
        requiresArg: true,
        coerce: onlyOne('--out', 'file'),
        describe: 'a file to make; standard output by default',
      })
      .option('anonymise', anonymiseOption)
      .example('$0 export reports/latest --format jsonl | jq .lease', 'every lease in an answer'),
  handler: async ({ run, format, out, anonymise }) => {
    const cutOff = await exportRun({
      ...{ directory: run, format, to: out ?? process.stdout },
      anonymiser: anonymise ? new Anonymiser() : undefined,
    });
    if (cutOff > 0) process.stderr.write(`The last record of the journal is incomplete (${cutOff} bytes).\n`);
  },
};
