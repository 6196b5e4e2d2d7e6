import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { afterEach, beforeAll, expect } from 'vitest';
import { connectEngine } from '../../src/docker/engine.js';
import { isAtLeast } from '../../src/versions.js';
import {
  buildHarnessImage,
  documentedRun,
  harnessContainers,
  SOMEBODY,
} from '../support/image/harness-image.js';
import { caseOf, RunFiles } from '../support/run-files.js';
import { ENDLESS, smallRun } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';

const PACKAGE = fileURLToPath(new URL('../../package.json', import.meta.url));
const NAME = `klt-${process.pid}`;

const run = promisify(execFile);
let engine: Docker;

beforeAll(async () => {
  engine = await connectEngine();
  await buildHarnessImage(engine);
});

afterEach(async () => {
  for (const container of await harnessContainers(engine)) await container.remove({ force: true });
});

const FIRST_STEPS = 'docs/first-steps.md';

test('a run in a container passes, and its directory belongs to the user who asked for it', async ({
  workspace,
}) => {
  workspace.handOver(SOMEBODY);
  const both = smallRun({ cases: '[dhcp4, dhcp6-ia-na]' });
  const harness = workspace.startCommand(documentedRun(FIRST_STEPS, /--sysctl/, both));
  expect(await harness.ended, harness.output).toEqual({ code: 0, signal: null });
  expect(await harnessContainers(engine)).toEqual([]);

  const { path, result } = RunFiles.only(workspace.cwd, 'small');
  expect(result.verdict).toBe('pass');
  for (const name of ['dhcp4', 'dhcp6-ia-na'] as const) {
    const { clients, clientsWithLease, heldConcurrently } = caseOf(result, name);
    const found = { clients, clientsWithLease, heldConcurrently };
    expect(found).toEqual({ clients: 20, clientsWithLease: 20, heldConcurrently: 0 });
  }
  for (const file of [path, join(path, 'result.json')]) expect(statSync(file)).toMatchObject(SOMEBODY);

  const { engines } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { engines: { node: string } };
  const node = result.environment?.node.replace('v', '') ?? '';
  expect(isAtLeast(node, engines.node.replace('>=', '')), node).toBe(true);
});

test('where a container has no IPv6 loopback, DHCPv6 is refused with the option that mends it', async ({
  workspace,
}) => {
  workspace.handOver(SOMEBODY);
  const dhcp6 = smallRun({ cases: '[dhcp6-ia-na]' });
  const command = documentedRun(FIRST_STEPS, /--sysctl/, dhcp6);
  const harness = workspace.startCommand(command.map((word) => word.replace('ipv6=0', 'ipv6=1')));
  expect(await harness.ended, harness.output).toEqual({ code: 69, signal: null });
  expect(harness.stderr).toContain('docker run --sysctl net.ipv6.conf.lo.disable_ipv6=0');
});

test('`docker stop` ends a run that goes on, and the run leaves nothing', async ({ workspace }) => {
  workspace.handOver(SOMEBODY);
  const named = documentedRun(FIRST_STEPS, /--sysctl/, smallRun(ENDLESS), ['--name', NAME]);
  const harness = workspace.startCommand(named.map((word) => word.replace(' --rm ', ' ')));
  await harness.loadBegan();
  await run('docker', ['stop', NAME]);
  expect(await harness.ended, harness.output).toEqual({ code: 143, signal: null });
  // Such as `A /tmp/klc-1234567890`.
  const { stdout: changes } = await run('docker', ['diff', NAME]);
  expect(changes.split('\n').filter((change) => /^[AC] \/tmp\//.test(change))).toEqual([]);
  expect(RunFiles.only(workspace.cwd, 'small').result.verdict).toBe('inconclusive');
});
