import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { caseOf, RunFiles } from './support/run-files.js';
import { ONE_DATABASE, smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';

const CLIENTS = 12;
const hex = (number: number, bytes: number): string => number.toString(16).padStart(2 * bytes, '0');

/** Machines of which every second one boots with two client identifiers, and every fifth one sends none. */
const LIST = [
  'hardwareAddress,clientIdentifier,duid,iaid,circuitId,dhcp4.12',
  ...Array.from({ length: CLIENTS }, (_, client) => {
    const machine = client % 4 === 3 ? client - 1 : client;
    const identifier = client % 5 === 4 ? '' : `01${hex(client, 1 + (client % 3))}`;
    return `02000000${hex(machine, 2)},${identifier},000401${hex(client, 15)},${client},eth ${client},cpe-${client}`;
  }),
].join('\n');

const SETTINGS = {
  ...ONE_DATABASE,
  cases: '[dhcp4, dhcp6-ia-na]',
  'load.clientsPerServer': CLIENTS / 3,
  'load.clientsFrom': 'clients.csv',
};

describe('a load whose clients come from a list', () => {
  test('leases to each client of the list, and finds their rows', async ({ workspace }) => {
    writeFileSync(join(workspace.cwd, 'clients.csv'), LIST);
    const { code, output } = await workspace.run(smallRun(SETTINGS));
    expect(code, output).toBe(0);
    const run = RunFiles.only(workspace.cwd, 'small');
    expect(run.text('clients.csv')).toBe(LIST);
    for (const name of ['dhcp4', 'dhcp6-ia-na'])
      expect(caseOf(run.result, name)).toMatchObject({
        clientsWithLease: CLIENTS,
        heldConcurrently: 0,
        audit: { acknowledged: CLIENTS, findings: [] },
      });
    const rows = run.text('lease-rows/node-1.lease4.jsonl');
    for (let client = 0; client < CLIENTS; client++) expect(rows).toContain(`cpe-${client}`);
    // It is judged again from its directory alone, wherever the list was.
    writeFileSync(join(workspace.cwd, 'clients.csv'), 'duid\n');
    const again = await workspace.run(['analyze', run.path]);
    expect(again.code, again.output).toBe(0);
  });

  test('is refused with file, line and column before anything starts', async ({ workspace }) => {
    writeFileSync(join(workspace.cwd, 'clients.csv'), LIST.replace('eth 3,', '{port},'));
    const { code, output } = await workspace.run(smallRun(SETTINGS));
    expect(code).toBe(64);
    expect(output).toMatch(/clients\.csv:5:\d+: circuitId must have \{client\} as its only placeholder/);
    const few = await workspace.run(smallRun({ ...SETTINGS, 'load.clientsPerServer': 5 }));
    expect(few.code).toBe(64);
    const missing = await workspace.run(smallRun({ ...SETTINGS, 'load.clientsFrom': 'none.csv' }));
    expect(missing.output).toMatch(/none\.csv.*can't be read/);
    expect(missing.code).toBe(64);
    expect(RunFiles.in(workspace.cwd, 'small')).toEqual([]);
  });

  test('of machines that boot with two identities gives each identity a lease of its own', async ({
    workspace,
  }) => {
    const settings = { ...ONE_DATABASE, 'load.clientsPerServer': 8, 'load.identitiesPerMachine': 2 };
    const { code, output } = await workspace.run(smallRun({ ...settings, 'load.arrival': 'aligned' }));
    expect(code, output).toBe(0);
    const { result } = RunFiles.only(workspace.cwd, 'small');
    expect(caseOf(result, 'dhcp4')).toMatchObject({
      clientsWithLease: 24,
      heldConcurrently: 0,
      audit: { acknowledged: 24, findings: [] },
    });
  });
});
