import { describe, expect } from 'vitest';
import { caseOf, RunFiles } from './support/run-files.js';
import { setting, smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';

/** On the schema of each suite: since 19 the addresses of reservations are bytes, before they were text. */
describe.each(['2.2', '2.6'])('clients with host reservations in the database, Kea %s', (version) => {
  test('get their lease, whichever server they ask', async ({ workspace }) => {
    const settings = {
      cases: '[dhcp4, dhcp6-ia-na-pd]',
      'cluster.nodes': 3,
      'kea.version': `"${version}"`,
      'kea.reservedClients': 9,
      'load.clientsPerServer': 5,
      'load.arrival': 'aligned',
      'load.fanout': 'roam',
      'load.timeoutMs': 20_000,
    };
    const { code, output } = await workspace.run(smallRun(settings));
    const { result, observations } = RunFiles.only(workspace.cwd, 'small');
    const checks = result.checks.filter(({ name }) => name === 'conformance.reserved');
    expect(
      checks.map((one) => [one.case, one.verdict]),
      output,
    ).toEqual([
      ['dhcp4', 'pass'],
      ['dhcp6-ia-na-pd', 'pass'],
    ]);
    // A client that roams may be refused its renewal by chance; the code tells of that, and of nothing else.
    expect([0, 1]).toContain(code);
    const granted = observations.flatMap((one) =>
      one.type === 'answer' && one.kind === 'lease' && one.phase === 'REQUEST-ACK' && one.client < 9
        ? [{ client: one.client, server: one.fromServer, lease: Buffer.from(one.lease).toString('hex') }]
        : [],
    );
    expect(new Set(granted.map(({ server }) => server)).size).toBe(3);
    for (const { client, lease } of granted)
      expect(lease).toBe((0x0afe_ffff - client).toString(16).padStart(8, '0'));
    for (const name of ['dhcp4', 'dhcp6-ia-na-pd'])
      expect(caseOf(result, name)).toMatchObject({ clientsWithLease: 15, heldConcurrently: 0 });
  });
});

describe('a reservation that a server does not know', () => {
  test('fails the run', async ({ workspace }) => {
    // Servers that look for no identifier find no reservation.
    const settings = {
      'kea.reservedClients': 4,
      'kea.dhcp4Extra': '{ reservations-in-subnet: false, reservations-global: false }',
    };
    const { code, output } = await workspace.run(['run', 'small.yaml', ...setting(settings)]);
    expect(code, output).toBe(1);
    const { checks } = RunFiles.only(workspace.cwd, 'small').result;
    expect(checks.find(({ name }) => name === 'conformance.reserved')?.actual).toMatch(
      /client 0 got 10\.1\.0\.\d+ from server-1, and has 10\.254\.255\.255 reserved/,
    );
  });
});
