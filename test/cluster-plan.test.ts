import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withSession } from '../src/cluster/session.js';
import { ensurePrivateRoot } from '../src/packages/private-root.js';
import type { Programs } from '../src/packages/programs.js';
import { ManagedProcess } from '../src/processes/managed-process.js';
import { unprivilegedUser } from '../src/processes/unprivileged-user.js';
import { installationForOthers } from './support/installation-for-others.js';
import { unpackMariadbBackup } from './support/mariadb-backup.js';
import { blocksOf, type PrintedBlock } from './support/plan-blocks.js';
import { PlannedMachine } from './support/planned-machine.js';
import { commandLine } from './support/workspace.js';
import { eventually } from './support/wait.js';

const run = promisify(execFile);

/** Loopback addresses that only this test uses. The standard ports are free on each of them. */
const NETWORK = `127.${randomInt(1, 255)}.${randomInt(0, 255)}`;
const ADDRESSES = [2, 3, 4].map((host) => `${NETWORK}.${host}`);
const PASSWORD = 'J7bkQ2mVx9TzR4pWnH3c';

/** Steps that this one machine can't follow: it has no firewall of its own, and somebody must type a password. */
const NOT_HERE = ['Firewall', 'Password'];

let directory: string;
let programs: Programs;
let printed: string;
let blocks: PrintedBlock[];
const machines: PlannedMachine[] = [];

beforeAll(async () => {
  directory = mkdtempSync('/tmp/klp-');
  chmodSync(directory, 0o755);
  programs = await ensurePrivateRoot();
  const [node = '', ...args] = commandLine([
    ...['cluster', 'plan', '--flavor', 'galera', '--nodes', '3', '--addresses', ADDRESSES.join(',')],
    ...['--kea-version', programs.versions.kea],
  ]);
  printed = (await run(node, args)).stdout;
  blocks = blocksOf(printed);
  const backup = await unpackMariadbBackup(directory, programs);
  const runAs = unprivilegedUser(undefined);
  const user = (await run('id', ['-un'], { encoding: 'utf8', ...runAs })).stdout.trim();
  const { node: itsNode, cli } = await installationForOthers(directory);
  for (const name of ['node-1', 'node-2', 'node-3']) {
    mkdirSync(join(directory, name));
    machines.push(
      new PlannedMachine({
        directory: join(directory, name),
        programs,
        backup,
        runAs,
        user,
        harness: [itsNode, cli],
      }),
    );
  }
});

afterAll(async () => {
  await Promise.all(machines.map((machine) => machine.stop()));
  rmSync(directory, { recursive: true, maxRetries: 5 });
});

describe('a Galera cluster set up as `cluster plan` says', () => {
  test.each([0, 1, 2])('node %i comes up by its own section', async (n) => {
    const machine = machineOf(n);
    await machine.install();
    const mine = ofSection(`node-${n + 1}, ${ADDRESSES[n] ?? ''}`);
    await machine.paste(mine.filter(({ step }) => step !== 'Check').map(({ text }) => text));
    const see = mine.filter(({ step }) => step === 'Check').map(({ text }) => text);
    const said = await eventually('a node that says so itself', async () => {
      const table = await machine.paste(see);
      return /Synced/.test(table) && table;
    });
    const lines = said.trim().split('\n');
    const status = Object.fromEntries(lines.map((line) => line.split('\t') as [string, string]));
    expect(status).toMatchObject({
      wsrep_cluster_size: String(n + 1),
      wsrep_cluster_status: 'Primary',
      wsrep_local_state_comment: 'Synced',
      wsrep_ready: 'ON',
    });
    expect(machine.log).not.toMatch(/unknown (variable|option)|\[Warning\].*deprecated/i);
    // A joining node gets its state from a donor, by the account that the plan creates.
    if (n > 0) expect(machine.log).toMatch(/mariabackup|mariadb-backup/);
  });

  test('has database, user and schema once their section is followed, and passes `cluster check`', async () => {
    const said = await machineOf(0).paste(
      ofSection('Database, user and schema').map(({ text }) => text),
      { KEA_DB_PASSWORD: PASSWORD },
    );
    expect(said).toMatch(/PASS {2}3 nodes reached \(galera /);
    expect(said).toMatch(/all \d+ checks hold/);
    expect(said).not.toMatch(/^(note|wrong)/m);
    expect(said).not.toContain(PASSWORD);
  });

  test('serves a Kea that is configured as its section says', async () => {
    for (const [n, machine] of machines.entries()) {
      const mine = ofSection(`Kea ${programs.versions.kea} on ${ADDRESSES[n] ?? ''}`);
      const [settings = ''] = mine.filter(({ language }) => language === 'json').map(({ text }) => text);
      await machine.paste(
        mine.filter(({ step }) => step === 'Lease database').map(({ text }) => text),
        { KEA_DB_PASSWORD: PASSWORD },
      );
      const configuration = join(directory, `kea-${n + 1}.json`);
      writeFileSync(
        configuration,
        `{ "Dhcp4": { "interfaces-config": { "interfaces": [] },
           ${settings.replaceAll('/etc/', `${machine.path('etc')}/`)} } }`,
      );
      const kea = ManagedProcess.start({
        name: `kea-${n + 1}`,
        command: programs.keaDhcp4,
        args: ['-c', configuration, '-p', String(10_067 + n)],
        env: { ...programs.environment, KEA_PIDFILE_DIR: directory, KEA_LOCKFILE_DIR: 'none' },
        cwd: directory,
        logFile: join(directory, `kea-${n + 1}.log`),
      });
      try {
        const log = () => readFileSync(kea.logFile, 'utf8');
        await eventually('Kea on its lease database', () => log().includes('DHCP4_STARTED') || !kea.running);
        expect(log()).toContain(`host=${ADDRESSES[n] ?? ''}`);
        expect(log()).toContain('DHCP4_STARTED');
        expect(log()).toContain('DHCPSRV_MYSQL_DB');
      } finally {
        await kea.stop();
      }
    }
  });

  test('is durable and listens on no other address', async () => {
    const access = { host: ADDRESSES[1] ?? '', port: 3306, user: 'kea', password: PASSWORD, database: 'kea' };
    const rows = await withSession(access, async (session) => {
      const [found] = await session.query<RowDataPacket[]>(
        'SELECT @@innodb_flush_log_at_trx_commit AS flush, @@bind_address AS bind',
      );
      return found;
    });
    expect(rows).toEqual([{ flush: 1, bind: ADDRESSES[1] }]);
    expect(printed).not.toContain(PASSWORD);
  });
});

function machineOf(n: number): PlannedMachine {
  const machine = machines[n];
  if (machine === undefined) throw new Error(`no machine ${n}`);
  return machine;
}

/** The blocks of a section that somebody on a Debian machine would paste. */
function ofSection(title: string): PrintedBlock[] {
  const found = blocks.filter(
    ({ section, step, system }) => section.startsWith(title) && system !== 'rpm' && !NOT_HERE.includes(step),
  );
  expect(found.length, title).toBeGreaterThan(0);
  return found;
}
