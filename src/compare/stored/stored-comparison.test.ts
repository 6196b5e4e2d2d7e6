import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { COMPARISON_FILE, storedComparison } from './stored-comparison.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'comparison-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

it('a stored comparison is read if there is one, and refused if it is damaged', () => {
  const write = (text: string) => writeFileSync(join(directory, COMPARISON_FILE), text);
  expect(storedComparison(directory)).toBeUndefined();
  const empty = { schemaVersion: 1, exitCode: 0, comparisons: [], notes: [] };
  write(JSON.stringify(empty));
  expect(storedComparison(directory)).toEqual(empty);
  for (const bad of ['{', '{"schemaVersion": 2}']) {
    write(bad);
    expect(() => storedComparison(directory)).toThrow(expect.objectContaining({ code: 'SOURCE' }));
  }
});
