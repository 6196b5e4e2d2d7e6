import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Anonymiser } from '../../report/anonymise/anonymiser.js';
import { REPORT_FORMATS } from '../../scenario/report-names.js';
import { exportRun } from '../export.js';
import { reportRuns } from '../report-runs.js';
import { storedResult } from '../../store/stored-result.js';
import { STORED } from '../../store/stored-run.js';
import { storeRun } from '../../store/stored-run.test-support.js';

let path: string;
let run: string;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'acme-headquarters-'));
  run = join(path, 'run');
  // All clients are given one address.
  storeRun(run, 30, { name: 'acme', lease: () => 100 });
  const witnesses = storedResult(run).cases.flatMap((one) =>
    one.witnesses.map((witness) => JSON.stringify({ ...witness, case: one.name })),
  );
  expect(witnesses.length).toBeGreaterThan(0);
  writeFileSync(join(run, STORED.witnesses), witnesses.map((line) => `${line}\n`).join(''));
});
afterEach(() => rmSync(path, { recursive: true }));

const report = (out: string | undefined, anonymiser?: Anonymiser) =>
  reportRuns({ directories: [run], formats: REPORT_FORMATS, inconclusive: 'skip', out, anonymiser });

const REVEALING = /10\.0\.0\.\d|acme/;

it('anonymised reports have no address, path or name in them, and the same figures', () => {
  const plain = report(join(path, 'plain'));
  expect(plain.files.filter((file) => REVEALING.test(readFileSync(file, 'utf8')))).toEqual(plain.files);

  const { files, runs } = report(join(path, 'out'), new Anonymiser());
  expect(files).toHaveLength(REPORT_FORMATS.length);
  const parts = readdirSync(join(path, 'out', 'timeline')).map((name) => join(path, 'out', 'timeline', name));
  expect(parts).toHaveLength(1);
  for (const file of [...files, ...parts]) {
    const text = readFileSync(file, 'utf8');
    expect(REVEALING.exec(text)?.[0], file).toBeUndefined();
    expect(text, file).toMatch(/\b240\.0\.\d+\.\d+\b/);
  }
  expect(existsSync(join(run, 'report.html'))).toBe(false);
  expect(runs[0]).toMatchObject({ runDirectory: '', result: { verdict: storedResult(run).verdict } });
  expect(runs[0]?.result.cases.map(({ heldConcurrently }) => heldConcurrently)).toEqual(
    storedResult(run).cases.map(({ heldConcurrently }) => heldConcurrently),
  );
});

it('anonymised reports go to a directory of their own', () => {
  expect(() => report(undefined, new Anonymiser())).toThrow(expect.objectContaining({ code: 'USAGE' }));
});

it('an anonymised export has other leases, and as many clients', async () => {
  const [plain, other] = [join(path, 'plain.csv'), join(path, 'other.csv')];
  await exportRun({ directory: run, format: 'csv', to: plain });
  await exportRun({ directory: run, format: 'csv', to: other, anonymiser: new Anonymiser() });
  const leases = (file: string) => readFileSync(file, 'utf8').match(/\b\d+\.\d+\.\d+\.\d+\b/g) ?? [];
  expect(leases(other)).toHaveLength(leases(plain).length);
  expect(new Set(leases(other)).size).toBe(new Set(leases(plain)).size);
  expect(readFileSync(other, 'utf8')).not.toMatch(REVEALING);
});
