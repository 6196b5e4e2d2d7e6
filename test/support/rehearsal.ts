import { existsSync } from 'node:fs';
import { commandLine } from '../../src/commands/command-line.js';
import { isPath } from '../../src/scenario/catalogue.js';
import { loadRequested } from '../../src/scenario/requested.js';

type Arguments = Readonly<Record<string, unknown>>;

class UpToHere extends Error {
  constructor(readonly argv: Arguments) {
    super('understood');
  }
}

/**
 * Takes a command line as far as the program does before it begins: it parses and validates the words, and loads the
 * scenarios that they name with all settings. The default scenario stands in for a file that does not exist, such as
 * `./mine.yaml`.
 *
 * Errors: those of the program.
 */
export async function rehearse(words: readonly string[]): Promise<Arguments> {
  const argv = await understood(words);
  const { scenario, set, quick } = argv as { scenario?: string | string[]; set?: string[]; quick?: boolean };
  if (set === undefined) return argv;
  for (const name of [scenario ?? []].flat()) {
    const there = !isPath(name) || existsSync(name);
    loadRequested(there ? name : 'published-galera', { set, quick: quick === true });
  }
  return argv;
}

async function understood(words: readonly string[]): Promise<Arguments> {
  try {
    await commandLine(words)
      .middleware((argv) => {
        throw new UpToHere(argv);
      })
      .parseAsync();
  } catch (error) {
    if (error instanceof UpToHere) return error.argv;
    throw error;
  }
  throw new Error(`not understood as a command: ${words.join(' ')}`);
}
