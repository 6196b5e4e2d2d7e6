import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { suiteSchema } from '../../src/report/suite-result.js';
import { caseOf, RunFiles } from '../support/run-files.js';
import { NO_HURRY, setting } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';

/** No limit that a busy machine could miss: these tests are not about speed. */
const PATIENT = {
  'load.timeoutMs': 20_000,
  ...NO_HURRY,
};

const TWO_RATES = `\
name: two-rates
description: Two rates, case by case
scenario: ./small.yaml
oneCaseAtATime: true
highestRate: {}
runs:
  - { name: '5', set: { 'load.stages': [{ ratePerServer: 5, seconds: 2 }] } }
  - { name: '10', set: { 'load.stages': [{ ratePerServer: 10, seconds: 2 }] } }
show: [verdict, exchanges.achievedPerServer, exchanges.withoutTimelyAnswer, heldConcurrently, conflictsPerNode, cpuPercent]
`;

test('two rates stand side by side, each with the audit of its own run', async ({ workspace }) => {
  writeFileSync(join(workspace.cwd, 'two-rates.yaml'), TWO_RATES);
  const harness = await workspace.run(['run', 'two-rates.yaml', '--out', 'rates', ...setting(PATIENT)]);
  expect(harness.code, harness.output).toBe(0);
  const { tables, runs, limits } = suiteSchema.parse(
    JSON.parse(readFileSync(join(workspace.cwd, 'rates', 'suite.json'), 'utf8')),
  );
  expect(limits).toMatchObject([{ cases: ['dhcp4'], highestPerServer: 10, nextPerServer: null }]);
  expect(harness.stdout).toMatch(/^at least 10 a second on each server {2}two-rates, 2 runs/m);
  expect(tables[0]?.columns).toEqual(['5', '10']);
  const row = (name: string) => tables[0]?.rows.find(({ figure }) => figure === name);
  expect(row('verdict')).toMatchObject({ case: 'dhcp4', values: ['pass', 'pass'] });
  expect(row('heldConcurrently')?.values).toEqual([0, 0]);
  expect(row('conflictsPerNode')?.values).toEqual(['0+0', '0+0']);
  for (const { name, directory } of runs) {
    const { result } = new RunFiles(join(workspace.cwd, 'rates', directory));
    expect([name, caseOf(result, 'dhcp4').audit?.findings]).toEqual([
      `${name.split('-')[0] ?? ''}-dhcp4`,
      [],
    ]);
    expect(result.resources?.machine?.busyPercent).toBeGreaterThan(0);
  }
  workspace.expectNothingLeft();
});
