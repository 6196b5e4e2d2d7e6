import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { RunFiles } from './support/run-files.js';
import { NO_HURRY, setting, smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';

const EXTRA = `
kea:
  startTimeoutMs: 600000
  cacheThreshold: 0.1
  cacheMaxAge: 60
  matchClientId: false
  packetQueueSize: 200
  threads: 2
  extra:
    hostname-char-set: '[^A-Za-z0-9.-]'
    option-data: [{ name: domain-name-servers, data: 192.0.2.53 }]
    hooks-libraries: [{ library: libdhcp_stat_cmds.so }]
servers:
  - { node: 1 }
  - node: 1
    kea: { threads: 1, dhcp4Extra: { boot-file-name: mine } }
`;

test('extra configuration, and keys that decide allocation: Kea runs with them, one server otherwise than the other', async ({
  workspace,
}) => {
  const small = readFileSync(join(workspace.cwd, 'small.yaml'), 'utf8').replace(/^kea:\n.*\n/m, EXTRA);
  writeFileSync(join(workspace.cwd, 'settings.yaml'), small.replace('name: small', 'name: settings'));
  const { code, output } = await workspace.run([
    'run',
    'settings.yaml',
    ...setting({ 'cluster.flavor': 'standalone', 'load.clientsPerServer': 5 }),
  ]);
  expect(code, output).toBe(0);
  const run = RunFiles.only(workspace.cwd, 'settings');
  const [first, second] = [1, 2].map(
    (number) =>
      (JSON.parse(run.text(`logs/kea-dhcp4-${number}.json`)) as { Dhcp4: Record<string, unknown> }).Dhcp4,
  );
  expect(first).toMatchObject({
    'cache-threshold': 0.1,
    'cache-max-age': 60,
    'match-client-id': false,
    'multi-threading': { 'packet-queue-size': 200, 'thread-pool-size': 2 },
    'hostname-char-set': '[^A-Za-z0-9.-]',
    'hooks-libraries': [{ library: expect.stringMatching(/^\/.*libdhcp_stat_cmds\.so$/) as string }],
  });
  expect(first?.['option-data']).toContainEqual({ name: 'domain-name-servers', data: '192.0.2.53' });
  expect(first).not.toHaveProperty('boot-file-name');
  expect(second).toMatchObject({
    'multi-threading': { 'packet-queue-size': 200, 'thread-pool-size': 1 },
    'boot-file-name': 'mine',
  });
});

test.for([
  ['kea.extra={max-lease-tme: 1}', 'max-lease-tme'],
  ['kea.dhcp4Extra={option-data: [{name: no-such-option, data: x}]}', 'no-such-option'],
  ['servers.0.kea.extra={hooks-libraries: [{library: /no/such.so}]}', '/no/such.so'],
] as const)('what Kea refuses is told before anything starts: %s', async ([set, named], { workspace }) => {
  const { code, output } = await workspace.run(smallRun({}, '--set', set));
  expect(code, output).toBe(64);
  expect(output).toContain(`--set ${set}`);
  expect(output).toMatch(/Kea \d\S* refuses the configuration/);
  expect(output).toContain(named);
  expect(existsSync(join(workspace.cwd, 'reports'))).toBe(false);
});

test('servers of two versions on one lease schema, which is upgraded while the older ones run', async ({
  workspace,
}) => {
  const few = { 'load.clientsPerServer': 10, 'load.drainMs': 500, 'load.timeoutMs': 20_000 };
  const patience = { 'cluster.startTimeoutMs': 600_000, 'kea.startTimeoutMs': 600_000 };
  const { code, output } = await workspace.run([
    'run',
    'rolling-upgrade',
    '--quick',
    ...setting({ ...few, ...NO_HURRY, ...patience }),
  ]);
  expect(code, output).toBe(0);
  const run = RunFiles.only(workspace.cwd, 'rolling-upgrade');
  expect(run.result.environment?.kea.version).toMatch(/^2\.6\.\d+, 3\.0\.\d+$/);
  expect(run.result.cases.map(({ name, clientsWithLease }) => [name, clientsWithLease])).toEqual([
    ['dhcp4', 30],
    ['dhcp6-ia-na', 30],
    ['dhcp6-ia-pd', 30],
  ]);
  expect(run.has('logs/schema-upgrade.log')).toBe(true);
});

test('a database of another version beside the same Kea', async ({ workspace }) => {
  const { code, output } = await workspace.run(
    smallRun({ 'cluster.nodes': 2, 'cluster.version': '11.8', 'load.clientsPerServer': 5 }),
  );
  expect(code, output).toBe(0);
  const { environment } = RunFiles.only(workspace.cwd, 'small').result;
  expect(environment?.database.version).toMatch(/^11\.8\./);
  expect(environment?.kea.version).toMatch(/^2\.2\./);
});
