#!/usr/bin/env node
import { exitCodeFor, handleCrashes } from './crash.js';
import { outOfFilesExplained } from './open-files.js';
import { failureText } from './terminal/failure.js';

// A reader that goes away (`| head`) is no reason to leave servers behind.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
handleCrashes();

try {
  // All the rest is loaded here, as it may be more files than this process may open at once.
  const { commandLine } = await import('./commands/command-line.js');
  await commandLine(process.argv.slice(2)).parseAsync();
} catch (thrown) {
  const error = outOfFilesExplained(thrown);
  process.stderr.write(failureText(error));
  process.exitCode = exitCodeFor(error);
}
