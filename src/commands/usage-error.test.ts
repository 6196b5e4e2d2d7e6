import { describe, expect, it } from 'vitest';
import { HarnessError } from '../errors.js';
import { ownCommand } from '../tool.js';
import { commandLineFor } from './command-line.js';

async function refusal(words: string): Promise<HarnessError> {
  try {
    await (await commandLineFor(words.split(' '))).parseAsync();
  } catch (error) {
    if (error instanceof HarnessError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('a command line that can’t be understood', () => {
  it.each([
    ['run --quik', 'there is no option --quik; did you mean --quick?'],
    ['run --zzzzzz', 'there is no option --zzzzzz'],
    ['--quik', 'there is no option --quik; did you mean --quick?'],
    ['find-limit --form 3', 'there is no option --form; did you mean --from?'],
    ['run --set', '--set needs a value'],
    ['compare', 'compare needs a run'],
    ['report', 'report needs a run'],
    ['completion zhs', "shell can't be zhs; did you mean zsh?"],
  ])('%s: %s', async (words, message) => {
    const error = await refusal(words);
    expect(error).toMatchObject({ code: 'USAGE', message });
    expect(error.hint).toContain(
      ownCommand(words.replace(/ ?-.*/, '') || 'run')
        .split(' ')
        .slice(0, 2)
        .join(' '),
    );
  });
});
