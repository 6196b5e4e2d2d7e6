#!/usr/bin/env node
// First, as it begins to look at the machine.
import './evidence/machine-before.js';
import { exitCodeFor, handleCrashes } from './crash.js';
import { outOfFilesExplained } from './open-files.js';
import { failureText } from './terminal/failure.js';
import { nameInHelp } from './tool.js';

// A closed output pipe (`| head`) must not end the process: it still has to stop the servers that it started.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
handleCrashes();

try {
  // The rest loads here, inside `try`: loading may exceed the number of files that the process may open.
  const { commandLineFor } = await import('./commands/command-line.js');
  await (await commandLineFor(process.argv.slice(2), nameInHelp())).parseAsync();
} catch (thrown) {
  const error = outOfFilesExplained(thrown);
  process.stderr.write(failureText(error));
  process.exitCode = exitCodeFor(error);
}
