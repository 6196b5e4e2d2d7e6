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

it('keeps the hint of an option that refuses its value', async () => {
  expect(await refusal('run --report htm')).toMatchObject({
    message: '--report knows no "htm"',
    hint: expect.stringMatching(/^did you mean html\? it takes html, /) as string,
  });
});

it.each(['report', 'export', 'analyze'])('%s refuses a second --out', async (command) => {
  expect(await refusal(`${command} nothing --out one --out two`)).toMatchObject({
    message: '--out is given 2 times',
  });
});

describe('a first word that is no command', () => {
  it.each([
    ['fnd-limit', 'there is no command or scenario fnd-limit; did you mean find-limit?'],
    ['indx reports', 'there is no command or scenario indx; did you mean index?'],
  ])('%s: %s', async (words, message) => {
    expect(await refusal(words)).toMatchObject({ code: 'USAGE', message });
  });

  it('is a scenario where there is one of that name, or one that is meant', async () => {
    await expect(commandLineFor(['stress'])).resolves.toBeDefined();
    await expect(commandLineFor(['staggred'])).resolves.toBeDefined();
    await expect(commandLineFor(['./indx.yaml'])).resolves.toBeDefined();
  });
});

describe('a command line that can’t be understood', () => {
  it.each([
    ['run --quik', 'there is no option --quik; did you mean --quick?'],
    ['run --zzzzzz', 'there is no option --zzzzzz'],
    ['--quik', 'there is no option --quik; did you mean --quick?'],
    ['find-limit --form 3', 'there is no option --form; did you mean --from?'],
    ['run --set', '--set needs a value'],
    ['compare', 'compare needs a run'],
    ['report', 'report needs a run'],
    ['index --out', '--out needs a value'],
    ['cluster chek', 'cluster knows no chek; did you mean check?'],
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
