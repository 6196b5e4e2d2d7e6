import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unfinishedPath } from './unfinished.js';

const HOURS_AGO = new Date(Date.now() - 2 * 3_600_000);
/** No process has this start time. */
const DEAD = `${process.pid}-0`;

let directory: string;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'unfinished-'))));
afterEach(() => rmSync(directory, { recursive: true }));

function aged(name: string): string {
  utimesSync(join(directory, name), HOURS_AGO, HOURS_AGO);
  return name;
}

function file(name: string): string {
  writeFileSync(join(directory, name), 'text');
  return name;
}

const entries = () => readdirSync(directory).sort();

it('what a killed process left half-written is removed after an hour, and nothing else', () => {
  const own = basename(unfinishedPath(join(directory, 'report.html')));
  const kept = [
    aged(file(own)),
    aged(file('report.html.20261128')),
    aged(file(`.other.html.unfinished-${DEAD}`)),
    file(`.report.html.unfinished-${DEAD}1`),
  ];
  aged(file(`.report.html.unfinished-${DEAD}`));
  unfinishedPath(join(directory, 'report.html'));
  expect(entries()).toEqual(kept.sort());
});

it('a directory is removed with all that is in it', () => {
  mkdirSync(join(directory, `.timeline.unfinished-${DEAD}`));
  file(`.timeline.unfinished-${DEAD}/0001.js`);
  aged(`.timeline.unfinished-${DEAD}`);
  unfinishedPath(join(directory, 'timeline'));
  expect(entries()).toEqual([]);
});
