import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { environmentOf } from './support/processes.js';
import { caseOf, firstPhaseOf, halvesOf, RunFiles } from './support/run-files.js';
import { setting } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import { Workspace } from './support/workspace.js';

/** The bands of the figures that the project promises, in percent. */
const BANDS = {
  dhcp4: { duplicates: [30, 37], appearance: 85 },
  'dhcp6-ia-na': { duplicates: [30, 50], appearance: 80 },
  'dhcp6-ia-pd': { duplicates: [30, 50], appearance: 80 },
} as const;

test('the published Galera results are reproduced, and stored without the password', async ({
  workspace,
}) => {
  // Other programs on the machine may delay starts, but don't change which starts coincide.
  const lenient = setting({ 'limits.maxStartLatenessMs': 5_000, 'limits.minRatePercent': 0 });
  const harness = workspace.start(['run', 'published-galera', '--quick', ...lenient]);
  await harness.loadBegan();
  const live = await workspace.liveDirectoryOf(harness);
  const { password } = live.database('dhcp6-ia-pd-3');
  expect(password.length).toBeGreaterThanOrEqual(16);
  expect(live.processes).toHaveLength(3 + 9);
  for (const { pid, command } of live.processes) {
    expect(command).not.toContain(password);
    expect(environmentOf(pid)).not.toContain(password);
  }
  // The ports of each node for clients and group communication, each server's socket, and the harness's relay socket
  // for it.
  expect(workspace.noteSockets(live).length).toBeGreaterThanOrEqual(3 * 2 + 9 * 2);

  const ended = await harness.ended;
  const run = RunFiles.only(workspace.cwd, 'published-galera');
  const { result } = run;
  const { areKept, outcome, exitCode } = halvesOf(result);
  expect(ended, harness.output).toEqual({ code: exitCode, signal: null });
  expect(result).toMatchObject({ verdict: 'pass', expectedVerdict: 'pass', outcome, exitCode });
  expect(result.cases.map(({ name }) => name)).toEqual(Object.keys(BANDS));
  for (const [name, { duplicates, appearance }] of Object.entries(BANDS)) {
    const figures = caseOf(result, name);
    expect(figures, name).toMatchObject({ clients: 357, heldConcurrently: 0, overlappingLeases: 0 });
    expect((figures.clientsWithLease ?? 0) / figures.clients, name).toBeGreaterThanOrEqual(0.95);
    if (!areKept) continue;
    const { duplicatePercent, appearancePercent } = firstPhaseOf(result, name);
    expect(duplicatePercent, name).toBeGreaterThanOrEqual(duplicates[0]);
    expect(duplicatePercent, name).toBeLessThanOrEqual(duplicates[1]);
    expect(appearancePercent, name).toBeGreaterThanOrEqual(appearance);
  }

  expect(readlinkSync(join(workspace.cwd, 'reports', 'latest'))).toBe(
    run.path.slice(run.path.indexOf('published-galera/')),
  );
  const texts = Workspace.textsBelow(run.path);
  const servers = Object.keys(BANDS).flatMap((name) => [1, 2, 3].map((number) => `kea-${name}-${number}`));
  const nodes = [1, 2, 3].map((number) => `node-${number}`);
  for (const file of [
    ...['result.json', 'journal.bin', 'evidence.json', 'run.log', 'scenario.yaml'],
    ...[...nodes, ...servers].map((name) => `logs/${name}.log`),
    ...servers.map((name) => `logs/${name}.json`),
    ...nodes.map((name) => `logs/${name}.cnf`),
  ]) {
    expect([...texts.keys()]).toContain(join(run.path, file));
  }
  for (const [path, text] of texts) expect(text.includes(password), path).toBe(false);
  expect(harness.output).not.toContain(password);
});
