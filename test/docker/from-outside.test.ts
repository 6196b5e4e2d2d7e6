import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parse } from 'yaml';
import { connectEngine } from '../../src/docker/engine.js';
import { RUN_LABEL } from '../../src/docker/owner.js';
import { RunFiles } from '../support/run-files.js';
import { NO_HURRY, setting, smallRun } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';

test('a cluster in containers is checked and driven from outside like any other', async ({ workspace }) => {
  const settings = { 'cluster.provider': 'docker', 'cluster.nodes': 2, cases: '[dhcp4,dhcp6-ia-na]' };
  const kept = workspace.start(smallRun(settings, '--keep', '--out', 'kept'));
  const live = await workspace.liveDirectoryOf(kept);
  expect(await kept.ended, kept.output).toEqual({ code: 0, signal: null });
  const env = { KEA_CONFORMANCE_DB_PASSWORD: readFileSync(join(live.path, 'password'), 'utf8').trim() };
  const scenario = join(workspace.cwd, 'kept', 'external.yaml');
  const { external } = parse(readFileSync(scenario, 'utf8')) as {
    external: { user: string; nodes: { host: string; port: number }[] };
  };
  expect(external.nodes).toHaveLength(2);

  const nodes = external.nodes.map(({ host, port }) => `${host}:${port}`).join(',');
  const check = workspace.start(['cluster', 'check', '--nodes', nodes, '--user', external.user, '--json'], {
    env,
  });
  expect(await check.ended, check.output).toEqual({ code: 0, signal: null });

  // No limit depends on the speed of the machine.
  const patient = setting({
    'load.timeoutMs': 20_000,
    'load.maxAttempts': 100,
    ...NO_HURRY,
  });
  const run = workspace.start(['run', scenario, ...patient], { env });
  expect(await run.ended, run.output).toEqual({ code: 0, signal: null });
  const { result } = RunFiles.only(workspace.cwd, 'small-kept');
  expect(result.cases.map(({ name, clientsWithLease }) => [name, clientsWithLease])).toEqual([
    ['dhcp4', 60],
    ['dhcp6-ia-na', 60],
  ]);
  expect(run.stderr).toContain('120 leases released');

  const { code, output } = await workspace.run(['clean']);
  expect(code, output).toBe(0);
  const filters = { label: [`${RUN_LABEL}=${live.path.slice(live.path.lastIndexOf('/') + 1)}`] };
  const engine = await connectEngine();
  expect(await engine.listContainers({ all: true, filters })).toEqual([]);
  expect(await engine.listNetworks({ filters })).toEqual([]);
});
