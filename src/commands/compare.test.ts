import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { storeRun } from '../store/stored-run.test-support.js';
import { compareCommand } from './compare.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'compare-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

it('writes a regression to the summary of a CI job', async () => {
  const [run, baseline] = [join(directory, 'worse'), join(directory, 'one')];
  storeRun(baseline, 12);
  storeRun(run, 12, { lease: () => 7 });
  const summary = join(directory, 'summary.md');
  vi.stubEnv('GITHUB_STEP_SUMMARY', summary);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const named = {
    tolerances: undefined,
    anyway: false,
    out: undefined,
    json: true,
    baselines: join(directory, 'baselines'),
  };
  await compareCommand.handler({ _: [], $0: '', run, baseline, ...named });
  expect(process.exitCode).toBe(3);
  expect(readFileSync(summary, 'utf8')).toMatch(
    /^## ❌ REGRESSION plain, against .*\n\n- verdict pass → fail/,
  );
});
