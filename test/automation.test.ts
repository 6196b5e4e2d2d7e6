import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { parse } from 'yaml';
import { RunFiles } from './support/run-files.js';
import { SMALL_SCENARIO } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import type { Workspace } from './support/workspace.js';

const CHECKOUT = fileURLToPath(new URL('..', import.meta.url));

/** What the action would hand on: its outputs, by their names. */
async function runAction(
  workspace: Workspace,
  inputs: { scenario: string; options?: string; baseline?: string },
) {
  const outputs = join(workspace.cwd, 'outputs');
  // GitHub removes it after the job.
  const runnerTemp = join(workspace.cwd, 'runner-temp');
  mkdirSync(runnerTemp, { recursive: true });
  const { scenario, options = '', baseline = 'false' } = inputs;
  const env = {
    KLC_SCENARIO: scenario,
    KLC_OPTIONS: options,
    KLC_BASELINE: baseline,
    GITHUB_OUTPUT: outputs,
    GITHUB_STEP_SUMMARY: join(workspace.cwd, 'summary.md'),
    RUNNER_TEMP: runnerTemp,
  };
  const command = [process.execPath, join(CHECKOUT, 'setup/action.mjs')];
  const harness = workspace.startCommand(command, { env });
  const { code } = await harness.ended;
  const text = existsSync(outputs) ? readFileSync(outputs, 'utf8') : '';
  const told = Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map((line) => line.split('=', 2)),
  ) as Record<string, string>;
  return { code, told, output: harness.output };
}

test('the GitHub Action runs a scenario, and tells its verdict, its page and its summary', async ({
  workspace,
}) => {
  const { code, told, output } = await runAction(workspace, {
    scenario: 'small.yaml\n',
    // A value with a space is one argument.
    options: '--set description=two words\n--set   load.clientsPerServer=5',
  });
  expect(code, output).toBe(0);
  expect(told).toMatchObject({ verdict: 'pass', outcome: 'pass' });
  expect(readFileSync(told['page'] ?? '', 'utf8')).toContain('<title>PASS small');
  const { result } = new RunFiles(told['directory'] ?? '');
  expect(result.scenario.effective).toMatchObject({
    description: 'two words',
    load: { clientsPerServer: 5 },
  });
  expect(readFileSync(join(workspace.cwd, 'summary.md'), 'utf8')).toContain('small');
});

test('the GitHub Action ends with the exit code of its run, and has no page of a run that was never begun', async ({
  workspace,
}) => {
  expect(await runAction(workspace, { scenario: 'no-such-scenario' })).toMatchObject({ code: 64, told: {} });
});

test('the GitHub Action tells the verdict of the worst of several runs', async ({ workspace }) => {
  const failing = `${SMALL_SCENARIO.replace('name: small', 'name: failing')}checks: [clientsWithLease <= 1]\n`;
  writeFileSync(join(workspace.cwd, 'failing.yaml'), failing);
  const { code, told, output } = await runAction(workspace, { scenario: 'small.yaml\nfailing.yaml' });
  expect(code, output).toBe(1);
  expect(told).toMatchObject({ verdict: 'fail', outcome: 'fail' });
  expect(told['page']).toMatch(/report\.html$/);
});

test('the script of the GitLab job runs a scenario, and leaves the page and the checks where the job says', async ({
  workspace,
}) => {
  const template = parse(
    readFileSync(join(CHECKOUT, 'docs/gitlab/kea-lease-conformance.gitlab-ci.yml'), 'utf8'),
  ) as Record<
    string,
    {
      script: string[];
      variables: Record<string, string>;
      artifacts: { paths: string[]; reports: { junit: string } };
    }
  >;
  const [[name, job] = []] = Object.entries(template);
  expect(name).toBe('kea-lease-conformance');
  const [clone, ...script] = job?.script ?? [];
  expect(clone).toMatch(/^git clone /);
  // Instead of a clone, the checkout of these tests.
  const lines = [`ln -s '${CHECKOUT}' .kea-lease-conformance`, ...script].join(' && ');
  // The cache of these tests, instead of the job's own.
  const own = Object.entries(job?.variables ?? {}).filter(([name]) => name !== 'KEA_CONFORMANCE_CACHE');
  const variables = {
    ...Object.fromEntries(own),
    KLC_SCENARIO: 'small.yaml',
    KLC_OPTIONS: '--set load.clientsPerServer=5',
  };
  const harness = workspace.startCommand(['bash', '-euc', lines], { env: variables });
  expect(await harness.ended, harness.output).toEqual({ code: 0, signal: null });
  const [path = ''] = job?.artifacts.paths ?? [];
  expect(existsSync(join(workspace.cwd, path, 'report.html'))).toBe(true);
  expect(job?.artifacts.reports.junit).toBe(`${path}junit.xml`);
  expect(existsSync(join(workspace.cwd, path, 'junit.xml'))).toBe(true);
});
