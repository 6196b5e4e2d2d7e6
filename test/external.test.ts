import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parse, stringify } from 'yaml';
import type { RowDataPacket } from 'mysql2/promise';
import { environmentLine } from '../src/report/text/findings.js';
import type { Result } from '../src/results/result.js';
import type { LiveDirectory } from './support/live.js';
import { RunFiles } from './support/run-files.js';
import { ENDLESS, NO_HURRY, setting, smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import type { Workspace } from './support/workspace.js';

/** Settings for which no machine is too slow. The rest of the scenario is what `--keep` wrote. */
const PATIENT = setting({
  'load.timeoutMs': 20_000,
  'load.maxAttempts': 100,
  ...NO_HURRY,
});

test.concurrent(
  "a cluster that someone else runs is driven and audited from outside, and the run's leases are given back",
  async ({ workspace }) => {
    const kept = await keep(workspace);
    await expectRefusals(workspace, kept);
    const before = await liveLeases(kept.live);
    expect(before).toEqual({ lease4: 40, lease6: 40 });

    const run = workspace.start(['run', kept.scenario, ...PATIENT], { env: kept.environment });
    expect(await run.ended, run.output).toEqual({ code: 0, signal: null });
    const { result } = RunFiles.only(workspace.cwd, 'small-kept');
    expect(
      result.cases.map(({ name, clients, clientsWithLease }) => [name, clients, clientsWithLease]),
    ).toEqual([
      ['dhcp4', 60, 60],
      ['dhcp6-ia-na', 60, 60],
    ]);
    // The report shows the same environment as that of the run that started the system.
    expect(environmentLine({ ...result, scenario: kept.result.scenario })).toBe(environmentLine(kept.result));
    expect(result.environment).toEqual(kept.result.environment);
    // The audit ignores the rows of the kept run.
    expect(result.audit?.nodes.map(({ lease4, lease6 }) => [lease4?.rows, lease6?.rows])).toEqual([
      [60, 60],
      [60, 60],
    ]);
    expect(run.stderr).toContain('120 leases released');
    expect(await liveLeases(kept.live)).toEqual(before);

    await endKept(workspace);
  },
);

test.concurrent(
  '`clean --external` releases the leases of a killed run; a seed in use is refused',
  async ({ workspace }) => {
    const kept = await keep(workspace);
    const before = await liveLeases(kept.live);
    const endless = setting({ ...ENDLESS, 'external.leaseBudget': 1_000_000, seed: 7 });
    const killed = workspace.start(['run', kept.scenario, ...PATIENT, ...endless], { env: kept.environment });
    await killed.said(/[1-9]\d*\/200000 leased/);
    killed.signal('SIGKILL');
    await killed.ended;
    expect((await liveLeases(kept.live)).lease4).toBeGreaterThan(before.lease4);

    const again = workspace.start(['run', kept.scenario, '--set', 'seed=7'], { env: kept.environment });
    expect(await again.ended, again.output).toEqual({ code: 69, signal: null });

    const { path } = RunFiles.in(workspace.cwd, 'small-kept').find((one) => one.has('journal.bin')) ?? {};
    const cleaned = workspace.start(['clean', '--external', path ?? ''], { env: kept.environment });
    expect(await cleaned.ended, cleaned.output).toEqual({ code: 0, signal: null });
    expect(await liveLeases(kept.live)).toEqual(before);

    await endKept(workspace);
  },
);

/** Nothing is sent to servers without consent, or where it can't be judged. */
async function expectRefusals(workspace: Workspace, { scenario, environment }: Kept): Promise<void> {
  const refusal = async (settings: Record<string, string | number>, other = environment, path = scenario) => {
    const run = workspace.start(['run', path, ...setting(settings)], { env: other });
    await run.ended;
    return { code: run.code, stderr: run.stderr };
  };
  const elsewhere = changed(scenario, ({ external }) => {
    external.nodes = [{ host: '192.0.2.1', port: 3306 }];
  });
  expect(await refusal({}, environment, elsewhere)).toMatchObject({ code: 64 });
  expect(await refusal({ 'external.leaseBudget': 10 })).toMatchObject({ code: 64 });
  expect(await refusal({}, { KEA_CONFORMANCE_DB_PASSWORD: undefined })).toMatchObject({ code: 69 });
  expect(await refusal({}, { KEA_CONFORMANCE_DB_PASSWORD: 'wrong' })).toMatchObject({ code: 69 });
  expect(await refusal({ 'external.nodes.1.port': 1 })).toMatchObject({ code: 69 });
  expect(await refusal({ 'external.servers.0.dhcp4.control': '/nowhere.sock' })).toMatchObject({ code: 69 });
  const kept = workspace.start(['run', scenario, '--keep'], { env: environment });
  await kept.ended;
  expect(kept.code).toBe(64);
  expect(RunFiles.in(workspace.cwd, 'small-kept')).toEqual([]);
}

interface Kept {
  scenario: string;
  environment: NodeJS.ProcessEnv;
  live: LiveDirectory;
  /** The result of the run that started the system. */
  result: Result;
}

/**
 * Starts two nodes with two servers for each case, and leaves them up. They stand in for servers that someone else
 * runs.
 */
async function keep(workspace: Workspace): Promise<Kept> {
  const run = workspace.start(
    smallRun({ 'cluster.nodes': 2, cases: '[dhcp4,dhcp6-ia-na]' }, '--keep', '--out', 'kept'),
  );
  const live = await workspace.liveDirectoryOf(run);
  expect(await run.ended, run.output).toEqual({ code: 0, signal: null });
  workspace.noteSockets(live);
  // The notice is the last thing on the screen, and its lines work as they stand there.
  const notice = run.stderr.slice(run.stderr.lastIndexOf('Still running: '));
  const lines = notice
    .trimEnd()
    .split('\n')
    .filter((line) => /^ {2}[^#]/.test(line));
  expect(lines.at(-1)).toMatch(/ clean$/);
  const count = lines.find((line) => line.includes('SELECT COUNT(*)')) ?? 'false';
  expect(Number(execFileSync('sh', ['-c', `${count} -N`], { encoding: 'utf8' }))).toBeGreaterThan(0);
  expect(lines[0]).toContain(`KEA_CONFORMANCE_DB_PASSWORD="$(cat ${join(live.path, 'password')})"`);
  const password = readFileSync(join(live.path, 'password'), 'utf8').trim();
  return {
    scenario: join(workspace.cwd, 'kept', 'external.yaml'),
    environment: { KEA_CONFORMANCE_DB_PASSWORD: password },
    live,
    result: new RunFiles(join(workspace.cwd, 'kept')).result,
  };
}

async function endKept(workspace: Workspace): Promise<void> {
  const { code, output } = await workspace.run(['clean']);
  expect(code, output).toBe(0);
}

async function liveLeases(live: LiveDirectory): Promise<{ lease4: number; lease6: number }> {
  return live.withConnection(async (connection) => {
    const count = async (table: string): Promise<number> => {
      const [rows] = await connection.query<RowDataPacket[]>(
        `SELECT COUNT(*) AS live FROM kea.${table} WHERE state = 0 AND expire > NOW()`,
      );
      return Number(rows[0]?.['live']);
    };
    return { lease4: await count('lease4'), lease6: await count('lease6') };
  });
}

interface KeptScenario {
  external: { nodes: { host: string; port: number }[] };
}

/** Writes a changed copy of the scenario beside it. */
function changed(path: string, change: (scenario: KeptScenario) => void): string {
  const scenario = parse(readFileSync(path, 'utf8')) as KeptScenario;
  change(scenario);
  const copy = path.replace('external.yaml', 'changed.yaml');
  writeFileSync(copy, stringify(scenario));
  return copy;
}
