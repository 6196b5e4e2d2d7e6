import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readHint, whyNot } from './why-not.js';

let directory: string;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'why-not-'))));
afterEach(() => rmSync(directory, { recursive: true }));

it.each<[string, () => unknown]>([
  ['it does not exist', () => readFileSync(join(directory, 'none'))],
  ['it is a directory', () => readFileSync(directory)],
  ['something of that name is there already', () => mkdirSync(directory)],
  ['no space left on device', () => writeFileSync('/dev/full', 'x')],
])('says in plain words: %s', (words, fails) => {
  let why = '';
  try {
    fails();
  } catch (error) {
    why = whyNot(error);
  }
  expect(why).toBe(words);
});

it('a missing permission has an advice of its own, also where it is the cause of another error', () => {
  const forbidden = Object.assign(new Error('EACCES: x'), { code: 'EACCES' });
  for (const error of [forbidden, new Error('x', { cause: forbidden })])
    expect(readHint(error, 'remove it')).toMatch(/chmod u\+r/);
  for (const error of [new Error('it is not JSON'), undefined])
    expect(readHint(error, 'remove it')).toBe('remove it');
});
