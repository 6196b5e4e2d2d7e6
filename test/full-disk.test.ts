import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { withLimitedSpace } from './support/limited-space.js';
import { caseOf, RunFiles } from './support/run-files.js';
import { ENDLESS, smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import { commandLine } from './support/workspace.js';

const MEGABYTE = 1024 * 1024;

/** A load that soon fills a megabyte with observations. */
const FAST = { ...ENDLESS, 'load.ratePerServer': 2_000, 'load.timeoutMs': 500 };

test.concurrent(
  'a run directory on a file system that fills up under load ends the run with 69',
  async ({ workspace }) => {
    const out = join(workspace.cwd, 'out');
    mkdirSync(out);
    const command = commandLine(smallRun(FAST, '--out', out));
    const limited = withLimitedSpace(out, 1, command);
    const harness = workspace.startCommand(limited ?? command);
    await harness.loadBegan();
    const live = await workspace.liveDirectoryOf(harness);
    workspace.noteSockets(live);
    // If nothing can be mounted, no file of this process may grow from now on.
    if (limited === undefined) limitFiles(harness.pid, 0);

    expect(await harness.ended, harness.output).toEqual({ code: 69, signal: null });
    expect(harness.stderr).toMatch(/^error STORAGE: .*can't be written: (no space left on device|EFBIG)/m);
    expect(harness.stderr).toMatch(/--out/);
    expect(harness.output).not.toMatch(/INTERNAL|^ +at /m);
  },
);

test.concurrent(
  'a journal that can not grow any more ends the run with 69, and its content is judged',
  async ({ workspace }) => {
    const harness = workspace.start(smallRun(FAST));
    await harness.loadBegan();
    workspace.noteSockets(await workspace.liveDirectoryOf(harness));
    limitFiles(harness.pid, MEGABYTE / 2);

    expect(await harness.ended, harness.output).toEqual({ code: 69, signal: null });
    const run = RunFiles.only(workspace.cwd, 'small');
    expect(run.evidence.endedEarly).toMatchObject({ code: 'STORAGE' });
    const { result } = run;
    expect(result, harness.stdout).toMatchObject({ verdict: 'inconclusive', exitCode: 69 });
    expect(result.checks.find(({ name }) => name === 'run.endedEarly')?.actual).toMatch(
      /journal can't be written/,
    );
    expect(harness.stdout).toMatch(/journal can't be\s+written/);
    const sent = run.observations.filter(({ type, phase }) => type === 'sent' && phase === 'DISCOVER-OFFER');
    expect(caseOf(result, 'dhcp4').phases[0]?.allAttempts?.requests).toBe(sent.length);
  },
);

test.concurrent(
  'a compressed capture without room to unpack it ends with 69, and leaves nothing behind',
  async ({ workspace }) => {
    const temporary = join(workspace.cwd, 'temporary');
    mkdirSync(temporary);
    const path = join(workspace.cwd, 'a.pcap.gz');
    const head = Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex');
    writeFileSync(path, gzipSync(Buffer.concat([head, Buffer.alloc(MEGABYTE)])));
    const limits = ['env', `TMPDIR=${temporary}`, 'prlimit', `--fsize=${MEGABYTE / 2}`];
    const harness = workspace.startCommand([...limits, ...commandLine(['analyze', path])]);
    expect(await harness.ended, harness.output).toEqual({ code: 69, signal: null });
    expect(harness.stderr).toMatch(/^error STORAGE: the capture can't be unpacked.*\n.*TMPDIR/m);
    expect(readdirSync(temporary)).toEqual([]);
  },
);

test.concurrent(
  'the other servers are ended even if a server dies when nothing can be written any more',
  async ({ workspace }) => {
    const harness = workspace.start(smallRun(ENDLESS));
    await harness.loadBegan();
    const live = await workspace.liveDirectoryOf(harness);
    workspace.noteSockets(live);
    limitFiles(harness.pid, 0);
    process.kill(live.server('dhcp4-1').pid, 'SIGKILL');
    expect(await harness.ended, harness.output).toEqual({ code: 69, signal: null });
    expect(harness.stderr).toContain('dhcp4 server-1 was killed (SIGKILL)');
    expect(harness.stderr).toMatch(/^error STORAGE: /m);
  },
);

/** With a setting that makes a node's data smaller, the needed room is unknown before the start. */
const SMALLER = { 'cluster.settings.innodb_log_file_size': '30M' };

test.concurrent.for([
  ['to make the data of a node', 8, {}],
  ['to copy it for the others', 160, {}],
  ['to make smaller data', 8, SMALLER],
  ['to copy smaller data', 160, SMALLER],
] as const)(
  'a TMPDIR without room %s ends the run with 69',
  async ([, megabytes, settings], { workspace }) => {
    const command = commandLine(smallRun({ 'cluster.nodes': 3, ...settings }));
    const limited = withLimitedSpace(workspace.tmp, megabytes, command);
    const harness = workspace.startCommand(
      // If nothing can be mounted, no file of any process may be as large as a node needs.
      limited ?? ['prlimit', `--fsize=${8 * MEGABYTE}`, ...command],
    );
    const { code } = await harness.ended;
    expect(code, harness.output).toBe(69);
    expect(harness.output).not.toMatch(/INTERNAL|^ +at /m);
    const [, directory, room] =
      /^error STORAGE: (\S+) has room for (\d+) MB, .* takes \d+ MB/m.exec(harness.stderr) ?? [];
    if (limited === undefined) expect(harness.stderr).toMatch(/^error (CLUSTER|STORAGE): /m);
    else {
      expect(directory, harness.output).toBe(workspace.tmp);
      expect(Number(room)).toBeLessThanOrEqual(megabytes * 1.1);
      expect(harness.stderr).toContain('TMPDIR');
    }
  },
);

/** Larger files of the process are refused with EFBIG. Its servers are not affected. */
function limitFiles(pid: number, bytes: number): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}`]);
}
