import { expect, it } from 'vitest';
import { HarnessError } from './errors.js';
import { outOfFilesExplained } from './open-files.js';

it.each(['EMFILE', 'ENFILE'])('explains how to raise the limit on open files (%s)', (code) => {
  const error = Object.assign(new Error('open'), { code });
  const explained = outOfFilesExplained(error);
  expect(explained).toMatchObject({ code: 'PREREQUISITE', exitCode: 69, cause: error });
  expect((explained as HarnessError).hint).toContain('ulimit -n');
});

it('returns any other error unchanged', () => {
  for (const error of [
    Object.assign(new Error('open'), { code: 'ENOENT' }),
    new HarnessError('STORAGE', 'full'),
    'EMFILE',
    undefined,
  ]) {
    expect(outOfFilesExplained(error)).toBe(error);
  }
});
