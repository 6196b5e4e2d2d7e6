import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unfinishedPath } from './unfinished.js';

let directory: string;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'unfinished-'))));
afterEach(() => rmSync(directory, { recursive: true }));

/** The number of a process that has ended. */
const dead = () => spawnSync(process.execPath, ['--version']).pid;

it('what a killed process left half-written is removed, and nothing else', () => {
  const own = ['report.html', `report.html.${process.pid}`, 'report.html.bak', 'other.html.1x'];
  for (const name of [...own, `report.html.${dead()}`]) writeFileSync(join(directory, name), 'text');
  mkdirSync(join(directory, `timeline.${dead()}`));
  writeFileSync(join(directory, `timeline.${dead()}-a`), 'text');
  expect(unfinishedPath(join(directory, 'report.html'))).toBe(join(directory, `report.html.${process.pid}`));
  expect(
    readdirSync(directory)
      .filter((name) => !name.startsWith('timeline'))
      .sort(),
  ).toEqual(own.sort());
  unfinishedPath(join(directory, 'timeline'));
  expect(readdirSync(directory).filter((name) => /^timeline\.\d+$/.test(name))).toEqual([]);
  expect(readdirSync(directory).filter((name) => name.endsWith('-a'))).toHaveLength(1);
});
