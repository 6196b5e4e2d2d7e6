import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { CauseId } from '../../src/scenario/known-causes.js';
import { RunFiles } from '../support/run-files.js';
import { NO_HURRY, setting } from '../support/small-scenario.js';
import { test } from '../support/test-with-workspace.js';
import type { Workspace } from '../support/workspace.js';

/** Real servers that are brought to do what the entries of the catalogue are about. */

const TIME_TO_START = { 'cluster.startTimeoutMs': 600_000, 'kea.startTimeoutMs': 600_000 };

/** The texts of the causes that the report of a run names, by cause. */
async function causesOf(
  workspace: Workspace,
  scenario: string,
  settings: Record<string, string | number>,
): Promise<Map<CauseId, string[]>> {
  const harness = workspace.start([
    'run',
    scenario,
    '--quick',
    ...setting({ ...TIME_TO_START, ...settings }),
  ]);
  await harness.ended;
  expect([0, 1, 2], harness.output).toContain(harness.code);
  const { causes = [] } = new RunFiles(join(workspace.cwd, 'reports', 'latest')).result;
  const named = new Map<CauseId, string[]>();
  for (const { cause, text } of causes)
    named.set(cause as CauseId, [...(named.get(cause as CauseId) ?? []), text]);
  return named;
}

test('lease caching of Kea 3.0 is named where clients renew early, and not with Kea 2.6', async ({
  workspace,
}) => {
  const early = { ...NO_HURRY, cases: '[dhcp6-ia-na]', 'load.clientsPerServer': 20, 'load.life.seconds': 8 };
  const cached = await causesOf(workspace, 'life', { ...early, 'kea.version': '3.0' });
  expect(cached.get('lease-caching')).toEqual([expect.stringMatching(/: server-1 \d+, server-2 \d+/)]);
  const written = await causesOf(workspace, 'life', { ...early, 'kea.version': '2.6' });
  expect(written.get('lease-caching')).toBeUndefined();
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
  const causes = await causesOf(workspace, 'too-slow.yaml', {});
  expect(causes.get('queue-overflow')).not.toBeUndefined();
  expect(causes.get('dropped-race')).not.toBeUndefined();
});

test('servers that may not reconnect end with their node, and the report says why', async ({ workspace }) => {
  const causes = await causesOf(workspace, 'node-crash', {
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
