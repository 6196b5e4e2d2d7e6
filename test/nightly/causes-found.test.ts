import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { CauseId } from '../../src/scenario/known-causes.js';
import type { Result } from '../../src/results/result.js';
import { RunFiles } from '../support/run-files.js';
import { NO_HURRY, setting } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';
import type { Workspace } from '../support/workspace.js';

/** Real servers that are brought to do what the entries of the catalogue are about. */

const TIME_TO_START = { 'cluster.startTimeoutMs': 600_000, 'kea.startTimeoutMs': 600_000 };

/** A run, and the texts of the causes that its report names, by cause. */
async function causesOf(
  workspace: Workspace,
  scenario: string,
  settings: Record<string, string | number>,
): Promise<{ causes: Map<CauseId, string[]>; result: Result }> {
  const harness = workspace.start([
    'run',
    scenario,
    '--quick',
    ...setting({ ...TIME_TO_START, ...settings }),
  ]);
  await harness.ended;
  expect([0, 1, 2], harness.output).toContain(harness.code);
  const { result } = new RunFiles(join(workspace.cwd, 'reports', 'latest'));
  const causes = new Map<CauseId, string[]>();
  for (const { cause, text } of result.causes ?? [])
    causes.set(cause as CauseId, [...(causes.get(cause as CauseId) ?? []), text]);
  return { causes, result };
}

test('lease caching, the default of Kea 3.0, is named where clients renew early, and its renewals are not counted as written', async ({
  workspace,
}) => {
  const early = { ...NO_HURRY, cases: '[dhcp6-ia-na]', 'load.clientsPerServer': 20, 'load.life.seconds': 8 };
  const byDefault = { ...early, 'kea.version': '3.0', 'kea.cacheThreshold': 'null' };
  const cached = await causesOf(workspace, 'life', byDefault);
  expect(cached.causes.get('lease-caching')).toEqual([expect.stringMatching(/: server-1 \d+, server-2 \d+/)]);
  const { judged = 0, reachedDatabase } = cached.result.cases[0]?.renewals ?? {};
  expect(reachedDatabase).toBeLessThan(judged);

  const written = await causesOf(workspace, 'life', { ...early, 'kea.version': '3.0' });
  expect(written.causes.get('lease-caching')).toBeUndefined();
  const all = written.result.cases[0]?.renewals;
  expect(all?.judged).toBeGreaterThan(0);
  expect(all?.reachedDatabase).toBe(all?.judged);
});

/** The scenario of the page that tells of such servers. */
function tooSlow(): string {
  const page = readFileSync(join(import.meta.dirname, '../../docs/findings/full-queues.md'), 'utf8');
  return /^```yaml\n(.*?)^```/ms.exec(page)?.[1] ?? '';
}

test('servers that are too slow drop messages from their queues, and those of a lost race', async ({
  workspace,
}) => {
  writeFileSync(join(workspace.cwd, 'too-slow.yaml'), tooSlow());
  const { causes, result } = await causesOf(workspace, 'too-slow.yaml', {});
  expect(causes.get('queue-overflow')).not.toBeUndefined();
  expect(causes.get('dropped-race')).not.toBeUndefined();
  // Clients go on without an answer, and the servers give what they had asked for to others.
  for (const { possiblyHeld } of result.cases) expect(possiblyHeld?.leases).toBeGreaterThan(0);
});

test('servers that may not reconnect end with their node, and the report says why', async ({ workspace }) => {
  const { causes } = await causesOf(workspace, 'node-crash', {
    ...NO_HURRY,
    cases: '[dhcp4]',
    'load.clientsPerServer': 150,
    // The clients of the server that ended ask in vain.
    'load.maxAttempts': 3,
    'kea.leaseDatabase': '{}',
  });
  expect(causes.get('gave-up-reconnecting')).toEqual([
    expect.stringMatching(/^dhcp4 server-2 ended, and its log has DHCP4_DB_RECONNECT_DISABLED$/),
  ]);
});
