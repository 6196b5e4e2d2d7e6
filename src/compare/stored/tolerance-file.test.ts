import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_TOLERANCES } from '../tolerances.js';
import { readTolerances } from './tolerance-file.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tolerances-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function fileOf(text: string): string {
  const file = join(directory, 'tolerances.yaml');
  writeFileSync(file, text);
  return file;
}

describe('a file of tolerances', () => {
  it('changes what it states and leaves the rest as it is', () => {
    const stated = readTolerances(fileOf('answeredPercent: 5\nlatency:\n  p99: { percent: 200 }\n'));
    expect(stated).toEqual({
      ...DEFAULT_TOLERANCES,
      answeredPercent: 5,
      latency: { p50: { percent: 50, ms: 5 }, p90: { percent: 50, ms: 10 }, p99: { percent: 200, ms: 20 } },
    });
  });

  it.each([
    ['latency:\n  p95: { ms: 3 }\n', '2:3: latency.p95 is not a key here; did you mean p90?'],
    ['answeredPercent: 101\n', '1:18: answeredPercent must be at most 100, but is 101'],
    ['latency:\n  p99: 5\n', '2:8: latency.p99 must be a mapping of keys to values, but is 5'],
    [
      'latency: { p50: { percent: fast } }\n',
      '1:28: latency.p50.percent must be a number, but is the text "fast"',
    ],
    ['- a\n', '1:1: the file must be a mapping of keys to values, but is a list of 1'],
    ['', '1:1: the file must be a mapping of keys to values, but is empty'],
    ['answeredPercent: [1\n', '2:1: this is not valid YAML'],
  ])('%j is refused with its place', (text, said) => {
    const file = fileOf(text);
    expect(() => readTolerances(file)).toThrow(
      expect.objectContaining({
        exitCode: 64,
        message: expect.stringContaining(`${file}:${said}`) as string,
      }),
    );
  });

  it('that is not text is refused without its bytes', () => {
    const file = fileOf('');
    writeFileSync(file, Buffer.from([0x89, 0x50, 0xff, 0xfe, 0x00, 0x1b]));
    expect(() => readTolerances(file)).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: `--tolerances ${file} can't be read: it is not UTF-8 text`,
      }),
    );
  });

  it.each(['missing.yaml', '.'])('%s is refused', (name) => {
    expect(() => readTolerances(join(directory, name))).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});
