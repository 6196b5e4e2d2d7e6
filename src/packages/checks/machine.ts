import { accessSync, constants, readFileSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

import { runChild } from '../archive/child.js';
import { findOnPath } from '../path.js';
import type { Check, CheckResult } from './check.js';
import { LOOPBACK, loopbackObstacle } from './loopback.js';
import { ownCommand } from '../../tool.js';

/** The memory that a run needs. Three nodes and nine servers take about half of it. */
const MEMORY_BYTES = 1.5e9;
/** Disk space for the live data of a cluster, and for the run directory. */
const TEMPORARY_BYTES = 1e9;
/** Runs use /tmp where the temporary directory's path is longer than this: a socket path holds 107 bytes. */
const TEMPORARY_PATH_BYTES = 60;

/** What the machine itself must have. */
export const machineChecks: readonly Check[] = [
  { name: 'Node', run: checkNode },
  { name: 'IPv4 loopback', run: () => checkLoopback(4) },
  { name: 'IPv6 loopback', run: () => checkLoopback(6) },
  { name: 'memory', run: checkMemory },
  { name: 'temporary directory', run: checkTemporary },
  ...(process.getuid?.() === 0 ? [{ name: 'unprivileged user', run: checkUser }] : []),
];

function checkNode(): CheckResult {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  const result = { ok, version: process.versions.node, path: process.execPath };
  return ok ? result : { ...result, mend: 'install Node 20.19 or later from https://nodejs.org/' };
}

async function checkLoopback(family: keyof typeof LOOPBACK): Promise<CheckResult> {
  const obstacle = await loopbackObstacle(family);
  if (obstacle === undefined) return { ok: true, version: LOOPBACK[family] };
  return { ok: false, version: obstacle.what, mend: obstacle.mend };
}

function checkMemory(): CheckResult {
  const kilobytes = /^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? '0';
  const available = Number(kilobytes) * 1024;
  const version = `${gigabytes(available)} available`;
  if (available >= MEMORY_BYTES) return { ok: true, version };
  return { ok: false, version, mend: `end other programs: a run takes up to ${gigabytes(MEMORY_BYTES)}` };
}

function checkTemporary(): CheckResult {
  const path = tmpdir().length <= TEMPORARY_PATH_BYTES ? tmpdir() : '/tmp';
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch {
    return { ok: false, path, mend: 'set TMPDIR to a directory that you may write to' };
  }
  const free = freeBytes(path);
  const version = `${gigabytes(free)} free`;
  if (free >= TEMPORARY_BYTES) return { ok: true, version, path };
  return { ok: false, version, path, mend: 'free some space, or set TMPDIR to a directory elsewhere' };
}

async function checkUser(): Promise<CheckResult> {
  const { code, stdout } = await runChild('id', ['-u', 'nobody']);
  if (code === 0) return { ok: true, version: `nobody (${stdout.trim()})` };
  return { ok: false, mend: `name one: ${ownCommand('run --set cluster.user=NAME')}` };
}

/** A check for a program of the system, found on PATH. */
export function systemProgram(name: string, mend: string): Check {
  const run = async (): Promise<CheckResult> => {
    const path = findOnPath(name);
    if (path === undefined) return { ok: false, mend };
    const { stdout } = await runChild(path, ['--version']);
    const version = /\d+(\.\d+)+/.exec(stdout)?.[0];
    return { ok: true, path, ...(version === undefined ? {} : { version }) };
  };
  return { name, run };
}

export function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

export function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
