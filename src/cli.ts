#!/usr/bin/env node
import { hideBin } from 'yargs/helpers';
import { commandLine } from './commands/command-line.js';
import { EXIT, HarnessError } from './errors.js';
import { failureText } from './terminal/failure.js';

// A reader that goes away (`| head`) is no reason to leave servers behind.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  await commandLine(hideBin(process.argv)).parseAsync();
} catch (error) {
  process.stderr.write(failureText(error));
  process.exitCode = error instanceof HarnessError ? error.exitCode : EXIT.internal;
}
