import { describe, expect, it } from 'vitest';
import { commandLine } from './command-line.js';

describe('clean with options that make no sense', () => {
  it.each([
    [['--keep-last', '0'], /--keep-last 0 is no whole number/],
    [['--keep-last', 'many'], /--keep-last many is no number/],
    [['--keep-days', '1.5'], /--keep-days 1\.5 is no whole number/],
    [['--dry-run'], /needs --keep-last or --keep-days/],
    [['--keep-last', '1', '--images'], /can not be combined/],
    [['--keep-last', '1', '--external', 'reports/latest'], /can not be combined/],
  ])('%j is refused', async (words, message) => {
    const parsing = async () => commandLine(['clean', ...words]).parseAsync();
    await expect(parsing()).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(message) as string,
      hint: expect.any(String) as string,
    });
  });
});
