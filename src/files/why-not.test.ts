import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { whyNot } from './why-not.js';

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
