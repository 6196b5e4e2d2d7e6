import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { resultSchema, type Result } from '../src/results/result.js';
import { findObstacle } from '../src/network/possible.js';
import { cacheDirectory } from '../src/packages/cache.js';
import { findPrivateRoot } from '../src/packages/private-root.js';
import type { HarnessProcess } from './support/harness-process.js';
import { installationForOthers } from './support/installation-for-others.js';
import { leasesMeanwhile, PATIENT } from './support/patient.js';
import { RunFiles } from './support/run-files.js';
import { setting, smallRun } from './support/small-scenario.js';
import { eventually } from './support/wait.js';
import { test } from './support/test-with-workspace.js';
import { commandLine, type Workspace } from './support/workspace.js';

/** `nobody` and `nogroup`, which every Debian has. */
const NOBODY = { uid: 65534, gid: 65534 };
const isRoot = process.getuid?.() === 0;

/** Short, and with nodes that have enough time to notice the cut and to come together again. */
const SHORT = {
  ...PATIENT,
  cases: '[dhcp4, dhcp6-ia-na]',
  'load.ratePerServer': 5,
  'load.clientsPerServer': 75,
  'load.restartDelayMs': '[200, 600]',
  'faults.0.at': 1,
  'faults.0.undo': 11,
};

/** What somebody sees of the network who is not inside: links, namespaces with a name, routes. */
function visible(): string[] {
  const links = readdirSync('/sys/class/net').sort();
  const routes = readFileSync('/proc/net/route', 'latin1').split('\n').sort();
  let named: string[] = [];
  try {
    named = readdirSync('/run/netns').sort();
  } catch {
    // Nobody has ever named one here.
  }
  return [...links, ...named, ...routes];
}

async function lacksDelays(): Promise<boolean> {
  const programs = findPrivateRoot();
  if (programs === undefined) throw new Error('no private root');
  const obstacle = await findObstacle(programs, { delays: true });
  return obstacle?.what.startsWith('no delays') === true;
}

/** How many clients sent what first, and how many got a lease. A capture has the cases in the order of their first messages. */
function trafficOf({ cases }: Result) {
  return cases
    .map(({ name, clientsWithLease, phases }) => ({
      ...{ name, clientsWithLease },
      first: phases.map(({ firstAttempt }) => firstAttempt.requests),
    }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** The judgement of a run's capture, which tcpdump has written on the switches. */
async function capturedIn(workspace: Workspace, { path }: RunFiles): Promise<Result> {
  const { stdout } = await workspace.run(['analyze', join(path, 'capture.pcap'), '--json']);
  return resultSchema.parse(JSON.parse(stdout));
}

async function start(
  workspace: Workspace,
  args: readonly string[],
  asOther: boolean,
): Promise<HarnessProcess> {
  if (!asOther) return workspace.start(args);
  workspace.handOver(NOBODY);
  const { node, cli } = await installationForOthers(workspace.path);
  const env = { HOME: workspace.cwd, KEA_CONFORMANCE_CACHE: cacheDirectory() };
  return workspace.startCommand([node, cli, ...args], { env, runAs: NOBODY });
}

test.concurrent(
  'an ordinary user: a node that is cut off gives no lease, and nothing of the network is visible outside',
  async ({ workspace }) => {
    const before = visible();
    const harness = await start(workspace, ['run', 'split-brain', '--capture', ...setting(SHORT)], isRoot);
    const seen = new Set<string>();
    const looking = setInterval(() => visible().forEach((one) => seen.add(one)), 20);
    const { code } = await harness.ended.finally(() => clearInterval(looking));
    expect([...seen].filter((one) => !before.includes(one))).toEqual([]);
    const files = RunFiles.only(workspace.cwd, 'split-brain');
    const { result } = files;
    expect(
      result.checks.filter(({ verdict }) => verdict !== 'pass'),
      harness.output,
    ).toEqual([]);
    expect(code, harness.output).toBe(0);
    expect(result.faults?.faults).toMatchObject([
      { fault: 'partition', on: 'node-1, node-2 | node-3', targets: ['node-3'] },
    ]);
    const statesOf = (node: string) =>
      result.faults?.nodes
        .filter((one) => one.node === node)
        .map(({ status, size }) => `${status} ${size ?? ''}`);
    expect(statesOf('node-3')).toContain('non-Primary 1');
    expect(statesOf('node-1')).toContain('Primary 2');
    expect(statesOf('node-3')?.at(-1)).toBe('Primary 3');
    // The nodes wait for five seconds before they give another one up. Nobody is served until then.
    expect(leasesMeanwhile(result, 'dhcp4 server-1')).toBeGreaterThan(0);
    const captured = await capturedIn(workspace, files);
    for (const { cases } of [result, captured])
      expect(cases.map(({ clientsWithLease }) => clientsWithLease)).toEqual([225, 225]);
    workspace.expectNothingLeft();
  },
);

/** As root there is no user namespace, so this is another way. */
test.concurrent(
  'all servers of a link hear the clients, who broadcast, and all clients are served',
  async ({ workspace }) => {
    const settings = {
      ...PATIENT,
      'load.clientsPerServer': 20,
      'load.ratePerServer': 10,
      'load.timeoutMs': 20_000,
    };
    const { code, output } = await workspace.run([
      'run',
      'broadcast-link',
      '--capture',
      ...setting(settings),
    ]);
    expect(code, output).toBe(0);
    const files = RunFiles.only(workspace.cwd, 'broadcast-link');
    for (const { clientsWithLease, phases } of files.result.cases) {
      expect(clientsWithLease).toBe(20);
      // Each of the three servers heard each client and offered it something, again if it was refused and began anew.
      for (const { requests, responses } of phases[0]?.perServer ?? []) {
        expect(requests).toBeGreaterThanOrEqual(20);
        expect(responses).toBe(requests);
      }
      expect(phases[0]?.perServer).toHaveLength(3);
    }
    const captured = await capturedIn(workspace, files);
    expect(captured.verdict).toBe('pass');
    expect(trafficOf(captured)).toEqual(trafficOf(files.result));
  },
);

test.concurrent(
  'all messages of a server are doubled or late by what the relay does, and the audit accounts for it',
  async ({ workspace }) => {
    const faults = [
      { fault: 'duplicate', between: ['clients', 'server-1'], percent: 100, at: 0, undo: 1.9 },
      { fault: 'delay', from: 'clients', to: 'server-1', ms: 50, at: 0, undo: 1.9 },
    ];
    const { code, output } = await workspace.run(smallRun({ faults: JSON.stringify(faults) }));
    expect(code, output).toBe(0);
    const { result } = RunFiles.only(workspace.cwd, 'small');
    const [link] = result.faults?.clientLinks ?? [];
    expect(link).toMatchObject({ server: 'dhcp4 server-1' });
    expect(link?.toServer.doubled).toBe(link?.toServer.messages);
    // The delay may begin a moment later.
    expect(link?.toServer.late).toBeGreaterThan(20);
    expect(link?.toClients).toMatchObject({ late: 0, lost: 0 });
    expect(link?.toClients.doubled).toBeGreaterThan(20);
    expect(result.checks.find(({ name }) => name === 'audit.counters')).toMatchObject({ verdict: 'pass' });
  },
);

test.concurrent('a run that is interrupted keeps its capture', async ({ workspace }) => {
  const settings = { 'cluster.network': 'private', 'load.clientsPerServer': 2_000 };
  const harness = workspace.start(smallRun(settings, '--capture'));
  await eventually('messages are captured', () => {
    const [run] = RunFiles.in(workspace.cwd, 'small');
    return run?.has('capture.pcap') === true && statSync(join(run.path, 'capture.pcap')).size > 10_000;
  });
  harness.signal('SIGINT');
  const { code } = await harness.ended;
  expect(code, harness.output).toBe(130);
  expect(harness.output).not.toMatch(/not complete/);
  const files = RunFiles.only(workspace.cwd, 'small');
  expect(files.evidence.endedEarly).toBeNull();
  const captured = await capturedIn(workspace, files);
  expect(captured.cases[0]?.clientsWithLease).toBe(files.result.cases[0]?.clientsWithLease);
});

describe.runIf(await lacksDelays())('where the kernel delays nothing', () => {
  test.concurrent('a delay between machines is refused before anything starts', async ({ workspace }) => {
    const faults = [{ fault: 'delay', between: ['node-1', 'server-1'], ms: 50, at: 0, undo: 1 }];
    const { code, output } = await workspace.run(
      smallRun({ 'cluster.network': 'private', faults: JSON.stringify(faults) }),
    );
    expect(code, output).toBe(69);
    expect(output).toMatch(/no delays between machines \(netem\).*\n.*modprobe/);
    expect(readdirSync(workspace.cwd)).toEqual(['small.yaml']);
  });
});

describe.runIf(isRoot)('where there can be no private network', () => {
  test.concurrent(
    'a scenario that needs one is refused before anything starts, and others run',
    async ({ workspace }) => {
      const without = ['setpriv', '--bounding-set=-sys_admin', '--inh-caps=-sys_admin', '--'];
      const refused = workspace.startCommand([...without, ...commandLine(['run', 'split-brain'])]);
      expect((await refused.ended).code, refused.output).toBe(69);
      expect(refused.output).toMatch(/cluster\.network: .*no namespaces.*\n.*SYS_ADMIN/);
      expect(readdirSync(workspace.cwd)).toEqual(['small.yaml']);
      const doctor = workspace.startCommand([...without, ...commandLine(['doctor'])]);
      expect((await doctor.ended).code, doctor.output).toBe(0);
      expect(doctor.output).toMatch(/^none +private network/m);
      const ran = workspace.startCommand([...without, ...commandLine(smallRun())]);
      expect((await ran.ended).code, ran.output).toBe(0);
    },
  );
});
