import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { comparisonsSchema } from '../../src/compare/comparison.js';
import { suiteSchema } from '../../src/report/suite-result.js';
import { RunFiles } from '../support/run-files.js';
import { smallRun } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';

/** A tolerance for latencies: more than a busy machine adds. */
const PATIENT = 'latency: { p50: { ms: 1500 }, p90: { ms: 1500 }, p99: { ms: 1500 } }\n';

test('repetitions have seeds of their own, median and spread, and are one baseline', async ({
  workspace,
}) => {
  writeFileSync(join(workspace.cwd, 'patient.yaml'), PATIENT);
  const few = { 'cluster.flavor': 'standalone', 'load.clientsPerServer': 3 };
  const repeated = await workspace.run(smallRun(few, '--repeat', '2', '--out', 'twice'));
  expect(repeated.code, repeated.output).toBe(0);
  expect(repeated.stdout).toMatch(/^small +median +min–max +1 +2$/m);
  const directory = join(workspace.cwd, 'twice');
  const suite = suiteSchema.parse(JSON.parse(readFileSync(join(directory, 'suite.json'), 'utf8')));
  expect(suite.runs).toMatchObject([
    { name: 'small-1', repetitionOf: 'small' },
    { name: 'small-2', repetitionOf: 'small' },
  ]);
  const results = suite.runs.map((run) => new RunFiles(join(directory, run.directory)).result);
  expect(new Set(results.map(({ scenario }) => scenario.seed)).size).toBe(2);
  const p99 = suite.tables[0]?.rows.find(({ figure, phase }) => figure === 'p99' && phase === 'REQUEST-ACK');
  const values = results.map(({ cases }) => cases[0]?.phases[1]?.latencyMs?.p99 ?? NaN);
  expect(p99).toMatchObject({ values, spread: { min: Math.min(...values), max: Math.max(...values) } });

  expect((await workspace.run(['baseline', 'set', 'twice'])).code).toBe(0);
  const single = await workspace.run(smallRun(few, '--baseline', '--tolerances', 'patient.yaml'));
  expect(single.code, single.output).toBe(0);
  const compared = comparisonsSchema.parse(
    JSON.parse(RunFiles.only(workspace.cwd, 'small').text('comparison.json')),
  );
  expect(compared.comparisons[0]?.baseline).toMatchObject({ kind: 'baseline', runs: 2 });
});
