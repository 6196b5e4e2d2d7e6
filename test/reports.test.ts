import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { RunFiles } from './support/run-files.js';
import { setting, smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';

test('a run writes the requested reports, and the summary of its CI job', async ({ workspace }) => {
  const summary = join(workspace.cwd, 'job-summary.md');
  const harness = workspace.start(smallRun({}, '--report', 'junit,csv'), {
    env: { GITHUB_STEP_SUMMARY: summary },
  });
  await harness.ended;
  expect(harness.code, harness.output).toBe(0);
  const run = RunFiles.only(workspace.cwd, 'small');
  expect(['report.html', 'junit.xml', 'summary.md', 'leases.csv'].filter((name) => run.has(name))).toEqual([
    'junit.xml',
    'leases.csv',
  ]);
  expect(readFileSync(summary, 'utf8')).toMatch(/^## ✅ PASS small: every check holds\n/);
  expect(run.text('junit.xml')).toContain(`tests="${run.result.checks.length}" failures="0" errors="0"`);
  const given = run.text('leases.csv').match(/^dhcp4,REQUEST-ACK,true,address,/gm);
  expect(given).toHaveLength(run.result.cases[0]?.committingLeases ?? -1);

  const again = await workspace.run(['report', run.path, '--report', 'html,junit', '--out', 'again']);
  expect(again.code, again.output).toBe(0);
  const printed = again.stdout.trimEnd().split('\n');
  expect(printed.slice(0, 2)).toEqual(['again/report.html', 'again/junit.xml']);
  expect(printed).toContain('PASS  small: every check holds');
  expect(printed.at(-1)).toBe('again/report.html');
  expect(readFileSync(join(workspace.cwd, 'again', 'junit.xml'), 'utf8')).toBe(run.text('junit.xml'));
});

test('a run that lacks a program writes the error to junit.xml in the directory of --out', async ({
  workspace,
}) => {
  const missing = setting({ 'cluster.mariadbd': '/nowhere/mariadbd' });
  const { code, output } = await workspace.run([...smallRun(), ...missing, '--out', 'out']);
  expect(code, output).toBe(69);
  const xml = readFileSync(join(workspace.cwd, 'out', 'junit.xml'), 'utf8');
  expect(xml).toContain('<testsuites name="small" tests="1" failures="0" errors="1" skipped="0"');
  expect(xml).toContain('/nowhere/mariadbd');
});
