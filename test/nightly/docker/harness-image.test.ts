import type Docker from 'dockerode';
import { afterEach, beforeAll, expect } from 'vitest';
import { connectEngine } from '../../../src/docker/engine.js';
import {
  buildHarnessImage,
  documentedRun,
  harnessContainers,
  SOMEBODY,
} from '../../support/image/harness-image.js';
import { caseOf, firstPhaseOf, halvesOf, RunFiles } from '../../support/run-files.js';
import { NO_HURRY, setting, smallRun } from '../../support/small-scenario.js';
import { test } from '../../support/test-with-workspace.js';

let engine: Docker;

beforeAll(async () => {
  engine = await connectEngine();
  await buildHarnessImage(engine);
});

afterEach(async () => {
  for (const container of await harnessContainers(engine)) await container.remove({ force: true });
});

const IN_ONE_CONTAINER = [
  ['on loopback', 'docs/first-steps.md', /--sysctl/, 'loopback'],
  ['on a private network', 'docs/private-network.md', /id -u/, 'private'],
] as const;

test.for(IN_ONE_CONTAINER)(
  'the published scenario in a container gives what it gives outside, %s',
  async ([, page, options, network], { workspace }) => {
    workspace.handOver(SOMEBODY);
    const args = [
      ...['run', '--quick'],
      ...setting({
        'cluster.network': network,
        cases: '[dhcp4, dhcp6-ia-na]',
        // The machine may be busy. The test does not depend on its speed.
        ...NO_HURRY,
        'load.timeoutMs': 20_000,
        'cluster.startTimeoutMs': 600_000,
      }),
    ];
    const harness = workspace.startCommand(documentedRun(page, options, args));
    const ended = await harness.ended;
    const [run] = RunFiles.in(workspace.cwd, 'published-galera');
    if (run === undefined) throw new Error(harness.output);
    const { result } = run;
    const { outcome, exitCode } = halvesOf(result);
    expect(ended, harness.output).toEqual({ code: exitCode, signal: null });
    expect(result).toMatchObject({ verdict: 'pass', outcome });
    for (const name of ['dhcp4', 'dhcp6-ia-na'] as const) {
      const { clients, clientsWithLease, heldConcurrently, phases } = caseOf(result, name);
      const found = { clients, clientsWithLease, heldConcurrently };
      expect(found).toEqual({ clients: 357, clientsWithLease: 357, heldConcurrently: 0 });
      const { duplicatePercent } = firstPhaseOf(result, name);
      expect(duplicatePercent).toBeGreaterThan(25);
      expect(duplicatePercent).toBeLessThan(50);
      expect(phases[1]?.firstAttempt.duplicateLeases).toBe(0);
    }
  },
);

test('the private network of a run needs the documented options, and no more', async ({ workspace }) => {
  workspace.handOver(SOMEBODY);
  const small = smallRun({ 'cluster.network': 'private' });
  const without = workspace.startCommand(documentedRun('docs/first-steps.md', /--sysctl/, small));
  expect(await without.ended, without.output).toEqual({ code: 69, signal: null });
  expect(without.stderr).toContain('--security-opt seccomp=unconfined');

  const harness = workspace.startCommand(documentedRun('docs/private-network.md', /id -u/, small));
  expect(await harness.ended, harness.output).toEqual({ code: 0, signal: null });
  expect(RunFiles.only(workspace.cwd, 'small').result.verdict).toBe('pass');
});

// Those who are not root give the directory to nobody else: root in the container is root here.
test.runIf(process.getuid?.() === 0)(
  'root in a container has a private network with two capabilities, and none with one of them',
  async ({ workspace }) => {
    const small = smallRun({ 'cluster.network': 'private' });
    const command = documentedRun('docs/private-network.md', /--user 0:0/, small);
    const harness = workspace.startCommand(command);
    expect(await harness.ended, harness.output).toEqual({ code: 0, signal: null });
    expect(RunFiles.only(workspace.cwd, 'small').result.verdict).toBe('pass');
    for (const capability of ['SYS_ADMIN', 'NET_ADMIN']) {
      const less = command.map((word) => word.replace(`--cap-add ${capability}`, ''));
      const refused = workspace.startCommand(less);
      expect(await refused.ended, refused.output).toEqual({ code: 69, signal: null });
      expect(refused.stderr).toContain(`--cap-add ${capability}`);
    }
  },
);
