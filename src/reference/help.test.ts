import { describe, expect, it } from 'vitest';
import { helpExamples } from '../../test/support/help-examples.js';
import { rehearse } from '../../test/support/rehearsal.js';
import { EXIT } from '../errors.js';
import { everyHelp } from './help.js';

const { examples, without } = await helpExamples();

describe('--help', () => {
  it('has examples for every command', () => expect(without).toEqual([]));

  it.each(examples)('shows a valid example: $line', async ({ command, words }) => {
    expect(words.slice(0, command.split(' ').length).join(' ')).toBe(command);
    await expect(rehearse(words)).resolves.toBeDefined();
  });

  it.each([80, 72])(
    'breaks no example in %i columns, except where a shell goes on reading',
    async (columns) => {
      const { examples: narrow } = await helpExamples(columns);
      expect(narrow.map(({ line }) => line)).toEqual(examples.map(({ line }) => line));
    },
  );

  it('names every exit code at the top level', async () => {
    const [top] = await everyHelp(1_000);
    for (const code of Object.values(EXIT)) expect(top?.text).toMatch(new RegExp(`\\b${code}\\b`));
  });
});

describe('the rehearsal that checks the examples', () => {
  it.each([
    [['run', '--quik'], 'USAGE'],
    [['run', 'staggerd'], 'SCENARIO'],
    [['run', './mine.yaml', '--set', 'load.arival=poisson'], 'SCENARIO'],
    [['cluster', 'plan', '--flavor', 'galera'], 'USAGE'],
    [['export'], 'USAGE'],
  ])('refuses %j', async (words, code) => {
    await expect(rehearse(words)).rejects.toMatchObject({ code });
  });
});
