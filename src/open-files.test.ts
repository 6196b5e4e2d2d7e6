import { execFileSync } from 'node:child_process';
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

it('a package that Node could not look into for want of files is no missing package', () => {
  const script = (packageName: string) => `
    const { outOfFilesExplained } = await import(${JSON.stringify(new URL('../dist/open-files.js', import.meta.url).href)});
    const message = "Cannot find package '${process.cwd()}/node_modules/${packageName}/index.js' imported from x";
    const { code } = outOfFilesExplained(Object.assign(new Error(message), { code: 'ERR_MODULE_NOT_FOUND' }));
    process.stdout.write(code);`;
  const told = (files: number, packageName: string) =>
    execFileSync(
      'prlimit',
      [`--nofile=${files}`, process.execPath, '--input-type=module', '--eval', script(packageName)],
      { encoding: 'utf8' },
    );
  expect(told(100, 'yargs')).toBe('PREREQUISITE');
  expect(told(100, 'no-such-package')).toBe('ERR_MODULE_NOT_FOUND');
  expect(told(4096, 'yargs')).toBe('ERR_MODULE_NOT_FOUND');
});
