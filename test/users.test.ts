import { chmodSync, statSync } from 'node:fs';
import { expect } from 'vitest';
import { cacheDirectory } from '../src/packages/cache.js';
import type { HarnessProcess } from './support/harness-process.js';
import { installationForOthers } from './support/installation-for-others.js';
import { RunFiles } from './support/run-files.js';
import { smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import type { Workspace } from './support/workspace.js';

/** `nobody` and `nogroup`, which every Debian has. */
const NOBODY = { uid: 65534, gid: 65534 };
const me = process.getuid?.() ?? NaN;
const isRoot = me === 0;

test.concurrent('the servers never run as root', async ({ workspace }) => {
  const uids = await uidsOfServers(workspace, workspace.start(smallRun({ 'cluster.nodes': 3 })));
  expect(uids).toEqual(new Set([isRoot ? NOBODY.uid : me]));
});

test.concurrent('an ordinary user runs the same, everything as himself', async ({ workspace }) => {
  const runAs = isRoot ? NOBODY : undefined;
  if (runAs !== undefined) workspace.handOver(runAs);
  const { node, cli } = await installationForOthers(workspace.path);
  const harness = workspace.startCommand([node, cli, ...smallRun({ 'cluster.nodes': 3 })], {
    env: { HOME: workspace.cwd, KEA_CONFORMANCE_CACHE: cacheDirectory() },
    runAs,
  });
  const user = runAs?.uid ?? me;
  expect(await uidsOfServers(workspace, harness)).toEqual(new Set([user]));
  expect(statSync(RunFiles.only(workspace.cwd, 'small').path).uid).toBe(user);
});

test.concurrent('a TMPDIR that only its owner may enter is no hindrance', async ({ workspace }) => {
  chmodSync(workspace.tmp, 0o700);
  const { code, output } = await workspace.run(smallRun());
  expect(code, output).toBe(0);
});

/** Waits for the end of a run that must pass. Returns the user ids of its nodes and servers. */
async function uidsOfServers(workspace: Workspace, harness: HarnessProcess): Promise<Set<number>> {
  await harness.loadBegan();
  const live = await workspace.liveDirectoryOf(harness);
  const { processes } = live;
  expect(processes).toHaveLength(3 + 3);
  expect(statSync(live.path).mode & 0o007).toBe(0);
  if (isRoot) workspace.noteSockets(live);
  expect(await harness.ended, harness.output).toEqual({ code: 0, signal: null });
  expect(RunFiles.only(workspace.cwd, 'small').result.verdict).toBe('pass');
  return new Set(processes.map(({ uid }) => uid));
}
