import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HarnessError } from '../errors.js';
import { DEFAULT_TOLERANCES } from '../compare/tolerances.js';
import { loadScenario } from '../scenario/load.js';
import { failureText } from '../terminal/failure.js';
import { releaseLeasesOf } from '../run/clean/clean-external.js';
import { markBaseline } from '../compare/stored/baselines.js';
import { compareRuns } from '../compare/stored/compare-runs.js';
import { exportRun } from '../run/export.js';
import { trendOf } from '../history/stored/trend.js';
import { reportRuns } from '../run/report-runs.js';

const CAPTURE = readFileSync(fileURLToPath(new URL('../run/analyze/field/k-tworuns.pcap', import.meta.url)));

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'file-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const COMMANDS: Readonly<Record<string, (path: string) => unknown>> = {
  report: (path) =>
    reportRuns({ directories: [path], formats: ['html'], inconclusive: 'skip', out: undefined }),
  export: (path) => exportRun({ directory: path, format: 'csv', to: join(directory, 'out.csv') }),
  trend: (path) => trendOf(path, join(directory, 'trend.html')),
  compare: (path) =>
    compareRuns({
      ...{ run: path, baseline: undefined, baselines: directory, anyway: false },
      tolerances: DEFAULT_TOLERANCES,
    }),
  'baseline set': (path) => markBaseline(path, join(directory, 'baselines'), new Date()),
  'clean --external': (path) => releaseLeasesOf(path),
};

async function refusal(command: string, path: string): Promise<HarnessError> {
  try {
    await COMMANDS[command]?.(path);
  } catch (error) {
    if (error instanceof HarnessError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe.each(Object.keys(COMMANDS))('%s', (command) => {
  it.each([
    ["it's a capture.pcap", CAPTURE],
    ['perfdhcp.out', Buffer.from('***Rate statistics***\n')],
  ])('of %j says that it is a file, and what judges it', async (name, bytes) => {
    const path = join(directory, name);
    writeFileSync(path, bytes);
    const { code, message, hint } = await refusal(command, path);
    expect(code).toBe('SOURCE');
    expect(message).toMatch(/ is a file, (?:not a run directory|but neither a run directory)/);
    expect(message).not.toContain(`${path}/`);
    expect(hint).toContain('analyze ');
    expect(hint).not.toMatch(/remove|again/);
    if (name.includes("'")) expect(hint).toContain(`'${path.replace("'", String.raw`'\''`)}'`);
    expect(readFileSync(path)).toEqual(bytes);
  });
});

describe('a comparison', () => {
  it('with JSON that is no baseline gives no advice to remove the file', async () => {
    const path = join(directory, 'package.json');
    writeFileSync(path, '{}');
    const { message, hint } = await refusal('compare', path);
    expect(message).toContain("can't be read as a baseline");
    expect(hint).toBe('name a run directory, a suite of them, or the file of a baseline');
  });
});

describe('a scenario', () => {
  it('that is a capture leads to analyze', () => {
    const path = join(directory, 'a.pcap');
    writeFileSync(path, CAPTURE);
    try {
      loadScenario(path);
      expect.unreachable();
    } catch (error) {
      expect(failureText(error)).toContain('analyze FILE');
    }
  });
});
