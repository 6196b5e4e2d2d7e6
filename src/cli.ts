#!/usr/bin/env node
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { analyzeCommand } from './commands/analyze.js';
import { requireAllUnderstood } from './commands/arguments.js';
import { baselineCommand } from './commands/baseline.js';
import { clusterCommand } from './commands/cluster/cluster.js';
import { cleanCommand } from './commands/clean.js';
import { compareCommand } from './commands/compare.js';
import { doctorCommand } from './commands/doctor.js';
import { exportCommand } from './commands/export.js';
import { reportCommand } from './commands/report.js';
import { runCommand } from './commands/run.js';
import { scenariosCommand } from './commands/scenarios.js';
import { EXIT, HarnessError } from './errors.js';
import { failureText } from './terminal/failure.js';
import { TOOL } from './tool.js';

// A reader that goes away (`| head`) is no reason to leave servers behind.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const given = hideBin(process.argv);
try {
  await yargs(given)
    .scriptName(TOOL.name)
    .version(TOOL.version)
    .command(runCommand)
    .command(analyzeCommand)
    .command(compareCommand)
    .command(baselineCommand)
    .command(reportCommand)
    .command(exportCommand)
    .command(scenariosCommand)
    .command(clusterCommand)
    .command(doctorCommand)
    .command(cleanCommand)
    .middleware((argv) => requireAllUnderstood(given, argv))
    .strict()
    .fail((message: string | null, error: Error | undefined) => {
      // What yargs itself objects to comes as a message, or as an error of its own kind.
      if (error !== undefined && error.name !== 'YError') throw error;
      throw new HarnessError('USAGE', message ?? error?.message ?? '', {
        hint: '--help lists commands and options',
      });
    })
    .parseAsync();
} catch (error) {
  process.stderr.write(failureText(error));
  process.exitCode = error instanceof HarnessError ? error.exitCode : EXIT.internal;
}
