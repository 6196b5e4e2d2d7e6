import { expect, test } from 'vitest';
import { commandLine } from '../command-line.js';

const plan = async (...words: string[]): Promise<unknown> =>
  commandLine(['cluster', 'plan', '--flavor', 'percona', '--addresses', 'db1', ...words]).parseAsync();

test('an unsupported Percona release is refused with the reason, not only with the list of choices', async () => {
  await expect(plan('--release', '5.7')).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining('5.7 is past its end of life') as string,
    hint: expect.stringContaining('KEA_CONFORMANCE_PERCONA') as string,
  });
});

test('an unknown release is refused with the choices, and so is a second release', async () => {
  await expect(plan('--release', '9.6')).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringMatching(/^--release can't be 9\.6/) as string,
    hint: expect.stringContaining('it is one of 8.0, 8.4, 9.7') as string,
  });
  await expect(plan('--release', '8.0', '--release', '8.4')).rejects.toMatchObject({
    message: '--release is given 2 times',
  });
});
