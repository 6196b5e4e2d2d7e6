import type { RowDataPacket } from 'mysql2/promise';
import { expect } from 'vitest';
import { identityOf } from '../src/load/identities/identities.js';
import type { LiveDirectory } from './support/live.js';
import { RunFiles } from './support/run-files.js';
import { smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';

const SEED = 20_260_101;
const CLIENTS = 60;

test('two runs at once with one seed: each passes, with the same clients, and --keep leaves both clusters up', async ({
  workspace,
}) => {
  const args = smallRun({ 'cluster.nodes': 3, seed: SEED }, '--keep');
  const harnesses = [workspace.start(args), workspace.start(args)];
  for (const harness of harnesses)
    expect(await harness.ended, harness.output).toEqual({ code: 0, signal: null });

  const runs = RunFiles.in(workspace.cwd, 'small');
  expect(runs).toHaveLength(2);
  for (const { result } of runs) {
    expect(result).toMatchObject({ verdict: 'pass', scenario: { seed: SEED } });
    expect(result.scenario.argv).toContain(`seed=${SEED}`);
    expect(result.cases).toMatchObject([
      { clients: CLIENTS, clientsWithLease: CLIENTS, heldConcurrently: 0 },
    ]);
  }

  const lives = await Promise.all(harnesses.map((harness) => workspace.liveDirectoryOf(harness)));
  expect(new Set(lives.map(({ path }) => path)).size).toBe(2);
  expect(new Set(lives.flatMap((live) => [1, 2, 3].map((node) => live.nodePort(node)))).size).toBe(6);
  const expected = Array.from({ length: CLIENTS }, (_, client) =>
    hex(identityOf(SEED, 0, client).clientIdentifier),
  );
  for (const live of lives) {
    expect(live.processes).toHaveLength(3 + 3);
    workspace.noteSockets(live);
    expect(await clientsInLeaseTable(live)).toEqual(expected.sort());
  }

  const cleaned = await workspace.run(['clean']);
  expect(cleaned.code).toBe(0);
  for (const { path } of lives) expect(cleaned.stdout).toContain(`${path}: removed, 6 processes ended`);
});

async function clientsInLeaseTable(live: LiveDirectory): Promise<string[]> {
  const [rows] = await live.withConnection((connection) =>
    connection.query<(RowDataPacket & { client: string })[]>(
      'SELECT LOWER(HEX(client_id)) AS client FROM lease4 WHERE state = 0 ORDER BY client',
    ),
  );
  return rows.map(({ client }) => client);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
