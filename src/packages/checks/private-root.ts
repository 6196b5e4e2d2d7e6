import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { messageOf } from '../../errors.js';
import { requireReachableByOthers } from '../cache.js';
import { readManifest } from '../archive/manifest.js';
import { findPrivateRoot, privateRootPlace } from '../private-root.js';
import type { Programs } from '../programs.js';
import { ownCommand } from '../../tool.js';
import { askVersion, type VersionedProgram } from '../versions.js';
import type { Check, CheckResult } from './check.js';
import { freeBytes, gigabytes, systemProgram } from './machine.js';

const SET_UP = `the first run makes it; to make it now: ${ownCommand('doctor --set-up')}`;
/**
 * Disk space for making a root: packages, lists and their index beside the unpacked files. Most of it is freed again.
 */
const ROOT_BYTES = 0.5e9;

const INSTEAD =
  'install Kea, MariaDB and Galera yourself and name them: --set cluster.mariadbd=… --set kea.dhcp4=…';

/** The private root, its programs, and what is needed to make it. */
export const privateRootChecks: readonly Check[] = [
  systemProgram('flock', 'apt-get install util-linux'),
  systemProgram('apt-get', INSTEAD),
  systemProgram('dpkg-deb', INSTEAD),
  { name: 'cache directory', run: checkCache },
  { name: 'private root', run: checkRoot },
  { name: 'kea-dhcp4', run: () => checkProgram('kea-dhcp4', (programs) => programs.keaDhcp4) },
  { name: 'kea-dhcp6', run: () => checkProgram('kea-dhcp6', (programs) => programs.keaDhcp6) },
  { name: 'perfdhcp', run: () => checkProgram('perfdhcp', (programs) => programs.perfdhcp ?? '') },
  { name: 'mariadbd', run: () => checkProgram('mariadbd', (programs) => programs.mariadbd) },
  { name: 'mariadb', run: () => checkProgram('mariadb', (programs) => programs.mariadb) },
  { name: 'galera', run: checkGalera },
  { name: 'haproxy', run: () => checkProgram('haproxy', (programs) => programs.haproxy ?? '') },
];

function checkCache(): CheckResult {
  const path = privateRootPlace().cache;
  let existing = path;
  while (!existsSync(existing)) existing = dirname(existing);
  const free = freeBytes(existing);
  const version = `${gigabytes(free)} free`;
  const elsewhere = 'set KEA_CONFORMANCE_CACHE to a directory elsewhere';
  try {
    requireReachableByOthers(existing);
  } catch (error) {
    return { ok: false, path, version, mend: `${messageOf(error)}: ${elsewhere}` };
  }
  if (isNoexec(existing)) return { ok: false, path, version, mend: `it is mounted noexec: ${elsewhere}` };
  if (free < ROOT_BYTES && findPrivateRoot() === undefined) {
    return { ok: false, path, version, mend: `free ${gigabytes(ROOT_BYTES)}, or ${elsewhere}` };
  }
  return { ok: true, path, version };
}

function checkRoot(): CheckResult {
  const { directory: path } = privateRootPlace();
  const manifest = findPrivateRoot() === undefined ? undefined : readManifest(path);
  if (manifest === undefined) return { ok: false, path, mend: SET_UP };
  const version = `${manifest.suite}, ${Object.keys(manifest.packages).length} packages, ${Math.round(manifest.bytes / 1e6)} MB`;
  return { ok: true, path, version };
}

async function checkProgram(
  name: VersionedProgram,
  pathIn: (programs: Programs) => string,
): Promise<CheckResult> {
  const programs = findPrivateRoot();
  if (programs === undefined) return { ok: false, mend: SET_UP };
  const path = pathIn(programs);
  try {
    return { ok: true, path, version: await askVersion(name, path, programs) };
  } catch (error) {
    const remake = `rm -r ${programs.root ?? ''}; ${ownCommand('doctor --set-up')}`;
    return { ok: false, path, version: messageOf(error), mend: remake };
  }
}

function checkGalera(): CheckResult {
  const programs = findPrivateRoot();
  if (programs === undefined) return { ok: false, mend: SET_UP };
  return { ok: true, version: programs.versions.galera, path: programs.wsrepProvider };
}

/** Whether the file system of `path` is mounted noexec, so that no program can run from it. */
function isNoexec(path: string): boolean {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').trimEnd().split('\n');
  const holding = mounts
    .map((line) => line.split(' '))
    .map(([, at = '', , options = '']) => ({ at, options: options.split(',') }))
    .filter(({ at }) => at === '/' || path === at || path.startsWith(`${at}/`));
  // Of two mounts on the same place the later one is on top.
  const nearest = holding.reduce((best, mount) => (mount.at.length >= best.at.length ? mount : best), {
    at: '',
    options: [''],
  });
  return nearest.options.includes('noexec');
}
